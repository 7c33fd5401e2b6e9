import Diagnostics

/// The commands that are little but an expression.
extension StageParser {
  mutating func whereCondition() throws(Diagnostic) -> Expression {
    guard current != nil else {
      throw missing("condition", of: "where", example: "where count > 5")
    }
    let condition = try condition()
    try expectEnd("an operator")
    return condition
  }

  /// `a = 1, 'b.c' = a . "x"`.
  mutating func assignments() throws(Diagnostic) -> [Assignment] {
    guard current != nil else {
      throw missing("assignment", of: "eval", example: "eval name=lower(user)")
    }
    var assignments: [Assignment] = []
    repeat {
      recovering { (parser: inout StageParser) throws(Diagnostic) in
        assignments.append(try parser.assignment())
      }
      skipCommas()
    } while current != nil
    return assignments
  }

  private mutating func assignment() throws(Diagnostic) -> Assignment {
    let (field, start) = try assignedField()
    guard skip(.comparison("=")) else { throw unexpected("'=' after \(quoted(field))") }
    let value = try expression()
    if value.kind == .truth { report(start.fails(ExpressionProblem.truthValue(field: field))) }
    guard current == nil || current?.kind == .comma else {
      throw unexpected("an operator or ','")
    }
    return Assignment(field, value)
  }

  /// The field before `=`: a name with or without quotes, where dots and dashes are part of it.
  private mutating func assignedField() throws(Diagnostic) -> (FieldName, Symbol) {
    let word = try text("a field")
    guard word.text.isEmpty == false else { throw word.fails(ArgumentProblem.emptyField) }
    var name = word.wording.literal
    guard word.wording.isQuoted == false else { return (name, word.symbol) }
    while let next = current, next.isJoined {
      switch next.kind {
      case .operation(let sign) where sign == "." || sign == "-": name += sign
      case .text(let wording) where wording.isQuoted == false: name += wording.literal
      default: return (name, word.symbol)
      }
      advance()
    }
    return (name, word.symbol)
  }

  /// `10`, `limit=10`, `(count > 5) keeplast=true null=true`.
  mutating func head() throws(Diagnostic) -> Head {
    var limit: Int??
    var condition: Expression?
    var keepsLast: Bool?
    var nullHolds: Bool?
    let names = OptionNames(command: "head", known: ["limit", "keeplast", "null"])
    while let symbol = current {
      if let option = headOption(names) {
        switch option.text.lowercased() {
        case "limit": try set(&limit, option, self.limit("limit"))
        case "keeplast": try set(&keepsLast, option, flag(option))
        default: try set(&nullHolds, option, flag(option))
        }
      } else if let wording = symbol.wording, Int(wording.text) != nil,
        self.symbol(ahead: 1).map({ $0.wording != nil }) ?? true
      {
        try set(&limit, nil, self.limit("head"), as: "limit")
      } else {
        try set(&condition, nil, self.condition(), as: "condition")
      }
    }
    return Head(
      limit: limit ?? (condition == nil ? Head.defaultLimit : nil), while: condition,
      keepsLast: keepsLast ?? false, nullHolds: nullHolds ?? false)
  }

  /// Of `head`: what else has a `=` is a condition.
  private mutating func headOption(_ names: OptionNames) -> Word? {
    guard let name = current?.wording?.bareText?.lowercased(), names.known.contains(name) else {
      return nil
    }
    return option()
  }

  /// `tail 5`.
  mutating func tail() throws(Diagnostic) -> Int {
    current == nil ? Head.defaultLimit : try whole("tail")
  }
}
