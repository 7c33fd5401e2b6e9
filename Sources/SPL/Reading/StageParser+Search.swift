import Diagnostics

extension StageParser {
  mutating func search() throws(Diagnostic) -> Command {
    let predicate = try conditions()
    return .search(predicate, times.modifiers)
  }

  /// All that is left of the stage as conditions; nothing at all is `*`.
  mutating func conditions() throws(Diagnostic) -> Predicate {
    guard current != nil else { return .everything }
    let predicate = try conjunction()
    guard current == nil else { throw unexpected("a condition") }
    return predicate
  }

  /// Conditions side by side or with AND between: it binds weaker than OR.
  mutating func conjunction() throws(Diagnostic) -> Predicate {
    var parts = [try disjunction()]
    while let symbol = current, symbol.kind != .rightParenthesis, endsConditions(symbol) == false {
      if symbol.wording?.bareText == "AND" {
        advance()
        try expectCondition(after: "AND")
      }
      parts.append(try disjunction())
    }
    return .conjunction(parts)
  }

  private func endsConditions(_ symbol: Symbol) -> Bool {
    symbol.wording?.bareText.map { conditionEnds.contains($0.lowercased()) } ?? false
  }

  private mutating func disjunction() throws(Diagnostic) -> Predicate {
    let timesBefore = times.count
    var parts = [try negation()]
    while current?.wording?.bareText == "OR" {
      advance()
      try expectCondition(after: "OR")
      parts.append(try negation())
    }
    if parts.count > 1 { try refuseTimes(since: timesBefore) }
    return .disjunction(parts)
  }

  private mutating func negation() throws(Diagnostic) -> Predicate {
    guard current?.wording?.bareText == "NOT" else { return try primary() }
    let timesBefore = times.count
    try descend()
    advance()
    try expectCondition(after: "NOT")
    let negated = try negation()
    depth -= 1
    try refuseTimes(since: timesBefore)
    return .not(negated)
  }

  private mutating func primary() throws(Diagnostic) -> Predicate {
    guard let symbol = current else { throw unexpected("a condition") }
    switch symbol.kind {
    case .leftParenthesis: return try parenthesized(symbol)
    case .leftBracket: return .subsearch(try subsearch())
    case .comparison(let sign): throw fails(TermProblem.missingField(sign))
    case .text(let wording):
      if let keyword = wording.bareText, ["AND", "OR", "IN"].contains(keyword) {
        throw unexpected("a condition")
      }
      return try term()
    default: throw unexpected("a condition")
    }
  }

  private mutating func parenthesized(_ open: Symbol) throws(Diagnostic) -> Predicate {
    try descend()
    advance()
    let inside = try conjunction()
    guard skip(.rightParenthesis) else { throw open.fails(TextProblem.unclosedParenthesis) }
    depth -= 1
    return inside
  }

  private mutating func term() throws(Diagnostic) -> Predicate {
    let word = try text("a condition")
    if case .comparison(let sign) = current?.kind { return try comparison(of: word, sign) }
    if word.wording.isBound == false, let next = current?.wording?.bareText {
      if next == "IN" { return try membership(of: word) }
      if next == "in", symbol(ahead: 1)?.kind == .leftParenthesis {
        throw fails(TermProblem.lowercaseKeyword(next))
      }
    }
    if let directive = try directive(word) {
      return directive.isCase ? .termCase(directive.pattern) : .wholeTerm(directive.pattern)
    }
    try refuseJoinedText(after: word)
    return word.wording.pattern.matchesAnything ? .everything : .term(word.wording.pattern)
  }

  private mutating func comparison(
    of word: Word, _ sign: String
  ) throws(Diagnostic) -> Predicate {
    guard let comparison = Comparison(rawValue: sign) else {
      throw fails(TermProblem.doubleEquals)
    }
    advance()
    guard current?.wording != nil else {
      let problem = TermProblem.missingValue(field: word.text, comparison: sign)
      if current == nil || current?.kind == .rightParenthesis { throw fails(problem) }
      throw unexpected("a value")
    }
    let value = try text("a value")
    if let directive = try directive(value) {
      return try comparisonWithCase(of: word, comparison, directive, value)
    }
    try refuseJoinedText(after: value)
    if try times.read(word, comparison, value) { return .everything }
    let field = try name(of: word)
    let isOrder = comparison != .equal && comparison != .notEqual
    if isOrder, value.wording.pattern.hasWildcard {
      throw value.fails(TermProblem.wildcardOrder(comparison))
    }
    return .compare(field, comparison, value.wording.pattern)
  }

  /// `TERM(text)` or `CASE(text)`, at whose parenthesis the position is.
  private mutating func directive(
    _ word: Word
  ) throws(Diagnostic) -> (isCase: Bool, pattern: Pattern)? {
    guard let name = word.wording.bareText, ["TERM", "CASE"].contains(name),
      let open = current, open.kind == .leftParenthesis, open.isJoined
    else { return nil }
    advance()
    let value = try text("a term")
    try refuseJoinedText(after: value)
    try close(open)
    return (name == "CASE", value.wording.pattern)
  }

  private mutating func comparisonWithCase(
    of word: Word, _ comparison: Comparison, _ directive: (isCase: Bool, pattern: Pattern),
    _ value: Word
  ) throws(Diagnostic) -> Predicate {
    guard directive.isCase, comparison == .equal || comparison == .notEqual else {
      throw value.fails(TermProblem.misplacedDirective(value.text))
    }
    return .compareCase(try name(of: word), comparison, directive.pattern)
  }

  private mutating func membership(of word: Word) throws(Diagnostic) -> Predicate {
    let field = try name(of: word)
    advance()
    guard let open = current, skip(.leftParenthesis) else { throw unexpected("'(' after 'IN'") }
    var values: [Pattern] = []
    skipCommas()
    while current?.kind != .rightParenthesis {
      guard current != nil else { throw open.fails(TextProblem.unclosedParenthesis) }
      let value = try text("a value")
      try refuseJoinedText(after: value)
      values.append(value.wording.pattern)
      skipCommas()
    }
    if values.isEmpty { throw fails(TermProblem.emptyList(field: field)) }
    advance()
    return .within(field, values)
  }

  // MARK: Refusals

  private func expectCondition(after keyword: String) throws(Diagnostic) {
    if current == nil || current?.kind == .rightParenthesis {
      throw fails(TermProblem.missingTerm(after: keyword))
    }
  }

  private func refuseJoinedText(after word: Word) throws(Diagnostic) {
    guard let next = current, next.isJoined, let wording = next.wording else { return }
    throw fails(TextProblem.joined(word.text, wording.text))
  }

  private func refuseTimes(since count: Int) throws(Diagnostic) {
    if times.count > count { throw times.misplaced(since: count) }
  }
}
