import Diagnostics

/// Functions in expressions.
extension StageParser {
  /// The call of a function; the position is at its parenthesis.
  mutating func call(_ word: Word) throws(Diagnostic) -> Expression {
    let open = current
    advance()
    let name = word.text.lowercased()
    if name == "searchmatch" { return try searchMatch(word, open) }
    var arguments: [Operand] = []
    if current?.kind != .rightParenthesis {
      repeat { arguments.append(try operand()) } while skip(.comma)
    }
    try close(open)
    return try special(name, word, arguments) ?? known(name, word, arguments)
  }

  private mutating func known(
    _ name: String, _ word: Word, _ arguments: [Operand]
  ) -> Expression {
    let values = arguments.map(\.expression)
    guard let function = EvalFunction(rawValue: name == "ceil" ? "ceiling" : name) else {
      report(word.fails(Self.refusal(ofFunction: name, word)))
      return .call(.coalesce, values)
    }
    let signature = function.signature
    checkArity(signature.arity, word, arguments)
    for (parameter, argument) in zip(signature.parameters, arguments) where parameter == .number {
      refuseText(argument, for: quoted(name))
    }
    checkWrittenArguments(of: function, arguments)
    return .call(function, values)
  }

  private static func refusal(ofFunction name: String, _ word: Word) -> any Problem {
    if name == "random" { return ExpressionProblem.random }
    if FunctionName.unsupported.contains(name) {
      return ArgumentProblem.unsupportedFunction(word.text, functions: [])
    }
    return ArgumentProblem.unknownFunction(word.text, functions: FunctionName.all)
  }

  /// The functions with a case of their own; nil for another name.
  private mutating func special(
    _ name: String, _ word: Word, _ arguments: [Operand]
  ) throws(Diagnostic) -> Expression? {
    let values = arguments.map(\.expression)
    switch name {
    case "true", "false":
      checkArity(0...0, word, arguments)
      return .literal(.truth(name == "true"))
    case "null":
      checkArity(0...0, word, arguments)
      return .literal(.null)
    case "if":
      guard checkArity(3...3, word, arguments) else { return .literal(.null) }
      return .conditional(checked(arguments[0]), then: values[1], else: values[2])
    case "case", "validate":
      let branches = branches(word, arguments)
      return name == "case" ? .cases(branches) : .validate(branches)
    case "like":
      guard checkArity(2...2, word, arguments) else { return .literal(.null) }
      return .like(values[0], values[1])
    case "in":
      guard checkArity(2...FunctionSignature.many, word, arguments) else { return .literal(.null) }
      for argument in arguments.dropFirst() { warnOfStar(argument, isEquality: true) }
      return .within(values[0], Array(values.dropFirst()))
    case "mvmap":
      guard checkArity(2...2, word, arguments) else { return .literal(.null) }
      guard case .field(let field) = values[0] else {
        throw arguments[0].fails(ExpressionProblem.notField(function: name))
      }
      return .multivalueMap(field, values[1])
    case "mvfilter": return try filter(word, arguments)
    default: return nil
    }
  }

  private mutating func filter(
    _ word: Word, _ arguments: [Operand]
  ) throws(Diagnostic) -> Expression {
    guard checkArity(1...1, word, arguments) else { return .literal(.null) }
    let condition = checked(arguments[0])
    guard condition.fields.count == 1, let field = condition.fields.first else {
      throw arguments[0].fails(ExpressionProblem.notField(function: "mvfilter"))
    }
    return .multivalueFilter(field, condition)
  }

  private mutating func branches(_ word: Word, _ arguments: [Operand]) -> [Expression.Branch] {
    guard arguments.count.isMultiple(of: 2), arguments.isEmpty == false else {
      report(word.fails(ExpressionProblem.unpaired(word.text, given: arguments.count)))
      return []
    }
    return stride(from: 0, to: arguments.count, by: 2).map { index in
      Expression.Branch(checked(arguments[index]), arguments[index + 1].expression)
    }
  }

  /// `searchmatch("a=1 b")`: the text is read as conditions of `search`.
  private mutating func searchMatch(
    _ word: Word, _ open: Symbol?
  ) throws(Diagnostic) -> Expression {
    guard let text = current?.wording, text.quotes == .double else {
      throw unexpected("a search in quotes")
    }
    let symbol = current
    advance()
    try close(open)
    do throws(Problems) {
      return .searchMatch(try SearchCompiler.parseFilter(text.literal))
    } catch {
      let first = error.diagnostics[0]
      throw Diagnostic(
        code: first.code, message: first.message, span: symbol?.span,
        notes: ["in the search of 'searchmatch'"] + (symbol?.notes ?? []), help: first.help)
    }
  }

  @discardableResult
  private mutating func checkArity(
    _ arity: ClosedRange<Int>, _ word: Word, _ arguments: [Operand]
  ) -> Bool {
    if arity.contains(arguments.count) { return true }
    report(
      word.fails(ExpressionProblem.arity(word.text, given: arguments.count, taken: arity)))
    return false
  }

  /// Written texts that a function can make nothing of.
  private mutating func checkWrittenArguments(of function: EvalFunction, _ arguments: [Operand]) {
    guard arguments.count > 1, case .literal(.text(let text)) = arguments[1].expression else {
      return
    }
    let argument = arguments[1]
    let formats = ["hex", "commas", "duration"]
    if function == .tostring, formats.contains(text) == false {
      report(
        argument.fails(ArgumentProblem.invalidChoice(text, option: "tostring", choices: formats)))
    }
    if function == .relativeTime, RelativeTime(text) == nil {
      report(argument.fails(TermProblem.invalidTime(text, modifier: "relative_time")))
    }
  }
}
