import Diagnostics

/// The grammar of expressions: NOT before AND before OR and XOR; comparisons bind stronger, then
/// `+ - .`, then `* / %`, then signs.
extension StageParser {
  /// An expression, and its place.
  struct Operand {
    var expression: Expression
    var start: Symbol
    var end: Symbol

    func fails(_ problem: some Problem) -> Diagnostic {
      let span = SourceSpan(start.span.lowerBound..<end.span.upperBound)
      return problem.diagnostic(at: span, notes: start.notes)
    }
  }

  /// From a symbol to where the position is.
  private func operand(_ expression: Expression, from start: Symbol) -> Operand {
    Operand(expression: expression, start: start, end: previous ?? start)
  }

  mutating func expression() throws(Diagnostic) -> Expression { try operand().expression }

  /// An expression that has to hold or not.
  mutating func condition() throws(Diagnostic) -> Expression { checked(try operand()) }

  mutating func operand() throws(Diagnostic) -> Operand {
    try descend()
    var left = try conjunctionOperand()
    while let keyword = keyword(["or", "xor"]) {
      try link()
      advance()
      let right = checked(try conjunctionOperand())
      left = operand(
        keyword == "or"
          ? .disjunction([checked(left), right]) : .exclusiveOr(checked(left), right),
        from: left.start)
    }
    depth -= 1
    return left
  }

  private mutating func conjunctionOperand() throws(Diagnostic) -> Operand {
    var left = try negationOperand()
    while keyword(["and"]) != nil {
      advance()
      let right = checked(try negationOperand())
      left = operand(.conjunction([checked(left), right]), from: left.start)
    }
    return left
  }

  private mutating func negationOperand() throws(Diagnostic) -> Operand {
    guard let start = current, keyword(["not"]) != nil else { return try comparisonOperand() }
    try descend()
    advance()
    let negated = checked(try negationOperand())
    depth -= 1
    return operand(.not(negated), from: start)
  }

  private mutating func comparisonOperand() throws(Diagnostic) -> Operand {
    var left = try sumOperand()
    if case .comparison(let sign) = current?.kind {
      guard let comparison = Comparison(rawValue: sign == "==" ? "=" : sign) else {
        throw unexpected("an operator")
      }
      advance()
      let right = try sumOperand()
      warnOfStar(right, isEquality: comparison == .equal || comparison == .notEqual)
      left = operand(
        .compare(left.expression, comparison, right.expression), from: left.start)
    } else if keyword(["like"]) != nil {
      advance()
      left = operand(.like(left.expression, try sumOperand().expression), from: left.start)
    } else if keyword(["in"]) != nil {
      advance()
      left = operand(.within(left.expression, try list()), from: left.start)
    } else if keyword(["not"]) != nil, symbol(ahead: 1)?.wording?.isKeyword("in") == true {
      throw fails(TextProblem.unexpected(found: "'NOT IN'", expected: "an operator"))
    }
    return left
  }

  /// `(a, "b")` after `IN`.
  private mutating func list() throws(Diagnostic) -> [Expression] {
    guard let open = current, skip(.leftParenthesis) else { throw unexpected("'(' after 'IN'") }
    var values: [Expression] = []
    repeat {
      let value = try operand()
      warnOfStar(value, isEquality: true)
      values.append(value.expression)
    } while skip(.comma)
    try close(open)
    return values
  }

  private mutating func sumOperand() throws(Diagnostic) -> Operand {
    var left = try productOperand()
    while case .operation(let sign) = current?.kind, ["+", "-", "."].contains(sign) {
      try link()
      advance()
      let right = try productOperand()
      left = operand(combined(left, sign, right), from: left.start)
    }
    return left
  }

  private mutating func productOperand() throws(Diagnostic) -> Operand {
    var left = try signedOperand()
    while case .operation(let sign) = current?.kind, ["*", "/", "%"].contains(sign) {
      try link()
      advance()
      let right = try signedOperand()
      left = operand(combined(left, sign, right), from: left.start)
    }
    return left
  }

  private mutating func combined(
    _ left: Operand, _ sign: String, _ right: Operand
  ) -> Expression {
    guard let arithmetic = Arithmetic(rawValue: sign) else {
      return .concatenation(left.expression, right.expression)
    }
    if arithmetic != .add {
      for operand in [left, right] { refuseText(operand, for: quoted(sign)) }
    }
    return .arithmetic(left.expression, arithmetic, right.expression)
  }

  private mutating func signedOperand() throws(Diagnostic) -> Operand {
    guard let start = current, case .operation(let sign) = start.kind, sign == "-" || sign == "+"
    else { return try primaryOperand() }
    try descend()
    advance()
    let operand = try signedOperand()
    depth -= 1
    let expression = sign == "-" ? .negative(operand.expression) : operand.expression
    return self.operand(expression, from: start)
  }

  private mutating func primaryOperand() throws(Diagnostic) -> Operand {
    guard let start = current else { throw unexpected("a value") }
    if skip(.leftParenthesis) {
      let inside = try operand()
      try close(start)
      return operand(inside.expression, from: start)
    }
    if let fraction = fraction() { return operand(fraction, from: start) }
    guard let wording = start.wording else { throw unexpected("a value") }
    let isKeyword = wording.bareText.map { Self.keywords.contains($0.lowercased()) } ?? false
    let isCall = wording.bareText != nil && symbol(ahead: 1)?.kind == .leftParenthesis
    if isKeyword, isCall == false || FunctionName.all.contains(wording.text.lowercased()) == false {
      throw unexpected("a value")
    }
    advance()
    let word = Word(wording: wording, symbol: start)
    let expression = isCall ? try call(word) : try value(of: word)
    return operand(expression, from: start)
  }

  /// `.5`, whose point is no operator as nothing stands before it.
  private mutating func fraction() -> Expression? {
    guard current?.kind == .operation("."), let digits = symbol(ahead: 1), digits.isJoined,
      let text = digits.wording?.bareText, let number = Double("0." + text)
    else { return nil }
    advance()
    advance()
    return .literal(.number(number))
  }

  private mutating func value(of word: Word) throws(Diagnostic) -> Expression {
    switch word.wording.quotes {
    case .double: return .literal(.text(word.wording.literal))
    case .single: return .field(try quotedName(of: word))
    case .none:
      // A token's value is a text, whatever it holds.
      if word.wording.isBound { return .literal(.text(word.text)) }
      if word.text.utf8.first.map({ (0x30...0x39).contains($0) }) == true,
        let number = Double(word.text)
      {
        guard number.isFinite else {
          throw word.fails(ArgumentProblem.invalidNumber(word.text, option: "eval"))
        }
        return .literal(.number(number))
      }
      noteDottedName(from: word)
      return .field(word.text)
    }
  }

  /// What single quotes hold: a star there is one of the field's name.
  func quotedName(of word: Word) throws(Diagnostic) -> FieldName {
    guard word.text.isEmpty == false else { throw word.fails(ArgumentProblem.emptyField) }
    return word.wording.literal
  }

  private static let keywords: Set<String> = ["and", "or", "xor", "not", "like", "in"]

  /// The keyword at the position, in small letters, if it is one of these.
  private func keyword(_ words: [String]) -> String? {
    guard let word = current?.wording?.bareText?.lowercased() else { return nil }
    return words.contains(word) ? word : nil
  }
}

extension Expression {
  /// All of them hold, flat.
  static func conjunction(_ parts: [Expression]) -> Expression {
    .and(parts.flatMap { if case .and(let inner) = $0 { inner } else { [$0] } })
  }

  /// One of them holds, flat.
  static func disjunction(_ parts: [Expression]) -> Expression {
    .or(parts.flatMap { if case .or(let inner) = $0 { inner } else { [$0] } })
  }
}
