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
  private mutating func conjunction() throws(Diagnostic) -> Predicate {
    var parts = [try disjunction()]
    while let symbol = current, symbol.kind != .rightParenthesis {
      if symbol.wording?.bareText == "AND" {
        advance()
        try expectCondition(after: "AND")
      }
      parts.append(try disjunction())
    }
    return .conjunction(parts)
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
    if let name = word.wording.bareText, ["TERM", "CASE"].contains(name),
      current?.kind == .leftParenthesis, current?.isJoined == true
    {
      throw word.fails(TermProblem.unsupportedDirective(name))
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
    try refuseJoinedText(after: value)
    if try times.read(word, comparison, value) { return .everything }
    let field = try name(of: word)
    let isOrder = comparison != .equal && comparison != .notEqual
    if isOrder, value.wording.pattern.hasWildcard {
      throw value.fails(TermProblem.wildcardOrder(comparison))
    }
    return .compare(field, comparison, value.wording.pattern)
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

  private static let deepest = 100

  private mutating func descend() throws(Diagnostic) {
    depth += 1
    if depth > Self.deepest { throw fails(TextProblem.tooDeep(limit: Self.deepest)) }
  }

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
