import Diagnostics

/// Reads the symbols of one stage; the extensions hold a command each.
struct StageParser {
  private let symbols: ArraySlice<Symbol>
  private var position: Int
  /// How deep the condition being read is nested.
  var depth = 0
  /// Time modifiers are collected apart from the conditions among which they stand.
  var times = TimeReader()

  /// - Parameter symbols: Not empty, without pipes.
  init(_ symbols: ArraySlice<Symbol>) {
    self.symbols = symbols
    position = symbols.startIndex
  }

  mutating func command(isFirst: Bool) throws(Diagnostic) -> Command {
    let start = try text("the name of a command")
    let name = start.wording.bareText?.lowercased()
    switch name {
    case "search": return try search()
    case "from":
      guard isFirst else { throw start.fails(StageProblem.misplacedGenerating("from")) }
      return try from()
    case "spath" where isFirst == false: return .spath(try spath())
    case "mvexpand" where isFirst == false: return try multivalueExpand()
    case "rename" where isFirst == false: return .rename(try renamings())
    case "stats" where isFirst == false: return .stats(try stats())
    case "convert" where isFirst == false: return .convert(try convert())
    default: throw start.fails(Self.refusal(of: start.wording))
    }
  }

  private static func refusal(of wording: Wording) -> StageProblem {
    guard let name = wording.bareText?.lowercased() else {
      return .unknownCommand(wording.text, suggestion: nil)
    }
    if CommandName.supported.contains(name) { return .notGenerating(name) }
    if CommandName.unsupported.contains(name) { return .unsupportedCommand(name) }
    let known = CommandName.supported + CommandName.unsupported.sorted()
    return .unknownCommand(wording.text, suggestion: nearest(to: name, in: known))
  }

  // MARK: Reading symbols

  var current: Symbol? { position < symbols.endIndex ? symbols[position] : nil }

  var previous: Symbol? { position > symbols.startIndex ? symbols[position - 1] : nil }

  func symbol(ahead distance: Int) -> Symbol? {
    position + distance < symbols.endIndex ? symbols[position + distance] : nil
  }

  @discardableResult
  mutating func advance() -> Symbol? {
    guard let symbol = current else { return nil }
    position += 1
    return symbol
  }

  mutating func skip(_ kind: Symbol.Kind) -> Bool {
    guard current?.kind == kind else { return false }
    position += 1
    return true
  }

  /// Commas between the items of a list, where Splunk minds neither their number nor their absence.
  mutating func skipCommas() { while skip(.comma) {} }

  mutating func skipKeyword(_ keyword: String) -> Bool {
    guard current?.wording?.isKeyword(keyword) == true else { return false }
    position += 1
    return true
  }

  mutating func expect(_ kind: Symbol.Kind, _ what: String) throws(Diagnostic) {
    guard skip(kind) else { throw unexpected(what) }
  }

  /// A word or quoted string.
  struct Word {
    var wording: Wording
    var symbol: Symbol

    var text: String { wording.text }

    func fails(_ problem: some Problem) -> Diagnostic { symbol.fails(problem) }
  }

  mutating func text(_ expected: String) throws(Diagnostic) -> Word {
    guard let symbol = current, let wording = symbol.wording else { throw unexpected(expected) }
    position += 1
    return Word(wording: wording, symbol: symbol)
  }

  /// The name of one field.
  mutating func field(_ expected: String = "a field") throws(Diagnostic) -> FieldName {
    try name(of: text(expected))
  }

  func name(of word: Word) throws(Diagnostic) -> FieldName {
    guard word.text.isEmpty == false else { throw word.fails(ArgumentProblem.emptyField) }
    guard word.wording.pattern.hasWildcard == false else {
      throw word.fails(ArgumentProblem.wildcardField(word.text))
    }
    return word.text
  }

  /// The name before a `=`, if an option begins here; the parser then stands at its value.
  mutating func option() -> Word? {
    guard let symbol = current, let wording = symbol.wording, wording.bareText != nil,
      self.symbol(ahead: 1)?.kind == .comparison("=")
    else { return nil }
    position += 2
    return Word(wording: wording, symbol: symbol)
  }

  // MARK: Failing

  /// At the current symbol, or after the last one where the stage ends.
  func fails(_ problem: some Problem) -> Diagnostic {
    if let current { return current.fails(problem) }
    let end = symbols[symbols.endIndex - 1]
    let place = end.notes.isEmpty ? SourceSpan(end.span.upperBound..<end.span.upperBound) : end.span
    return problem.diagnostic(at: place, notes: end.notes)
  }

  func unexpected(_ expected: String) -> Diagnostic {
    let found = current.map(Self.shown) ?? "the end of the command"
    return fails(TextProblem.unexpected(found: found, expected: expected))
  }

  private static func shown(_ symbol: Symbol) -> String {
    switch symbol.kind {
    case .pipe: "'|'"
    case .comma: "','"
    case .leftParenthesis: "'('"
    case .rightParenthesis: "')'"
    case .leftBracket: "'['"
    case .rightBracket: "']'"
    case .comparison(let sign): quoted(sign)
    case .text(let wording): quoted(wording.text)
    case .broken: "something unreadable"
    }
  }
}
