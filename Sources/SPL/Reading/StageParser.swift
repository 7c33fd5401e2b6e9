import Diagnostics

/// Reads the symbols of one stage; the extensions hold a command each.
struct StageParser {
  private let symbols: ArraySlice<Symbol>
  private var position: Int
  /// How deep the condition being read is nested.
  var depth = 0
  /// Time modifiers are collected apart from the conditions among which they stand.
  var times = TimeReader()
  /// Words in small letters that conditions end at, as those of `tstats` do.
  var conditionEnds: Set<String> = []

  /// The symbols are not empty, and without pipes outside of brackets.
  init(_ symbols: ArraySlice<Symbol>, nesting: Int = 0, columns: Columns = .open) {
    self.symbols = symbols
    self.nesting = nesting
    self.columns = columns
    position = symbols.startIndex
  }

  // MARK: What is found beside the tree

  /// Problems that did not keep the rest of the stage from being read.
  private(set) var problems: [Diagnostic] = []
  private(set) var warnings: [Diagnostic] = []
  var dottedNames: [DottedName] = []
  /// How deep the stage lies in brackets.
  let nesting: Int
  /// What is known of the rows that reach the stage, which `appendpipe` needs.
  let columns: Columns

  mutating func report(_ problem: Diagnostic) { problems.append(problem) }

  mutating func report(_ found: [Diagnostic], warnings: [Diagnostic]) {
    problems += found
    self.warnings += warnings
  }

  mutating func warn(_ problem: Diagnostic) {
    var warning = problem
    warning.severity = .warning
    warnings.append(warning)
  }

  // MARK: Reading symbols

  var current: Symbol? { position < symbols.endIndex ? symbols[position] : nil }

  var previous: Symbol? { position > symbols.startIndex ? symbols[position - 1] : nil }

  /// Negative distances look back.
  func symbol(ahead distance: Int) -> Symbol? {
    symbols.indices.contains(position + distance) ? symbols[position + distance] : nil
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

  /// The symbols within the brackets that begin here, without them; the position is then after.
  mutating func bracketed() throws(Diagnostic) -> ArraySlice<Symbol> {
    let start = position
    var depth = 0
    while let symbol = current {
      position += 1
      if symbol.kind == .leftBracket { depth += 1 }
      if symbol.kind == .rightBracket { depth -= 1 }
      if depth == 0 { return symbols[start + 1..<position - 1] }
    }
    throw symbols[start].fails(TextProblem.unclosedBracket)
  }

  mutating func close(_ open: Symbol?) throws(Diagnostic) {
    if skip(.rightParenthesis) { return }
    guard current == nil, let open else { throw unexpected("')'") }
    throw open.fails(TextProblem.unclosedParenthesis)
  }

  /// Refuses what is left of the stage.
  func expectEnd(_ expected: String = "the end of the command") throws(Diagnostic) {
    guard current == nil else { throw unexpected(expected) }
  }

  /// How many operators the stage has that take what is left of them: each makes its tree deeper.
  private var links = 0

  mutating func link() throws(Diagnostic) {
    links += 1
    if links > Self.longest { throw fails(TextProblem.tooDeep(limit: Self.longest)) }
  }

  /// Reads an item of a list; a problem in it is reported, and the list goes on at the next comma.
  mutating func recovering(
    _ item: (inout StageParser) throws(Diagnostic) -> Void
  ) {
    let start = position
    let depthBefore = depth
    do throws(Diagnostic) {
      try item(&self)
    } catch {
      report(error)
      depth = depthBefore
      position = start
      skipItem()
    }
  }

  /// Up to the next comma outside of parentheses, or the end.
  private mutating func skipItem() {
    var depth = 0
    while let symbol = current {
      switch symbol.kind {
      case .comma where depth <= 0: return
      case .leftParenthesis: depth += 1
      case .rightParenthesis: depth -= 1
      default: break
      }
      position += 1
    }
  }

  private static let deepest = 100
  private static let longest = 1_000

  mutating func descend() throws(Diagnostic) {
    depth += 1
    if depth > Self.deepest { throw fails(TextProblem.tooDeep(limit: Self.deepest)) }
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
    try name(of: fieldText(expected))
  }

  /// A name that parentheses may belong to: `sum(bytes)` is what `stats` calls a column.
  mutating func fieldText(_ expected: String = "a field") throws(Diagnostic) -> Word {
    var word = try text(expected)
    guard word.wording.bareText != nil, let open = current, open.isJoined,
      open.kind == .leftParenthesis
    else { return word }
    let inside = symbol(ahead: 1)?.wording
    guard let close = symbol(ahead: inside == nil ? 1 : 2), close.kind == .rightParenthesis else {
      return word
    }
    position += inside == nil ? 2 : 3
    word.wording.append(Pattern(literal: "("))
    if let inside { word.wording.append(inside.pattern) }
    word.wording.append(Pattern(literal: ")"))
    return word
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
    case .comparison(let sign), .operation(let sign): quoted(sign)
    case .text(let wording): quoted(wording.text)
    case .broken: "something unreadable"
    }
  }
}
