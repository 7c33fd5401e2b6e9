import Diagnostics

/// Reads all stages of a search; a stage with a problem does not keep the next from being read.
struct SearchReader {
  /// What the symbols are.
  enum Form {
    /// A whole search: without a pipe at its start it begins with conditions.
    case whole
    /// What brackets hold: it begins with a command that brings rows, with or without a pipe.
    case subsearch
    /// What the brackets of `appendpipe` hold: commands on rows that are there.
    case stages
  }

  private(set) var stages: [Stage] = []
  private(set) var problems: [Diagnostic]
  private(set) var warnings: [Diagnostic] = []
  private let originalSearch: Search?
  private let nesting: Int
  private var columns: ColumnCheck

  /// `columns` is what is known of the rows before the first stage.
  init(
    problems: [Diagnostic], originalSearch: Search?, nesting: Int = 0, columns: Columns = .open
  ) {
    self.problems = problems
    self.originalSearch = originalSearch
    self.nesting = nesting
    self.columns = ColumnCheck(columns)
  }

  mutating func read(_ symbols: ArraySlice<Symbol>, form: Form = .whole) {
    var segments = Self.segments(of: symbols)
    let beginsWithPipe = segments[0].symbols.isEmpty && segments.count > 1
    if beginsWithPipe { segments.removeFirst() }
    if segments.count == 1, segments[0].symbols.isEmpty, segments[0].pipe == nil {
      problems.append(StageProblem.emptySearch.diagnostic(at: SourceSpan(0..<0)))
      return
    }
    for (index, segment) in segments.enumerated() {
      let isFirst = index == 0 && form != .stages
      do throws(Diagnostic) {
        let isImplied = isFirst && form == .whole && !beginsWithPipe
        let isEnd = form == .subsearch && index > 0 && index == segments.count - 1
        if !isImplied, try readSeveral(segment, isFirst: isFirst, isEnd: isEnd) { continue }
        try read(segment, isFirst: isFirst, isImplied: isImplied)
      } catch {
        problems.append(error)
        // The stage that was not understood may have made any field.
        columns.forget()
      }
    }
  }

  /// What stands between two pipes.
  private struct Segment {
    /// The pipe before it.
    var pipe: Symbol?
    var symbols: ArraySlice<Symbol>
  }

  /// The stages' symbols, at least one segment; pipes within brackets belong to the subsearch there.
  private static func segments(of symbols: ArraySlice<Symbol>) -> [Segment] {
    var segments: [Segment] = []
    var start = symbols.startIndex
    var depth = 0
    var pipe: Symbol?
    for (index, symbol) in zip(symbols.indices, symbols) {
      switch symbol.kind {
      case .leftBracket: depth += 1
      case .rightBracket: depth = max(0, depth - 1)
      case .pipe where depth == 0:
        segments.append(Segment(pipe: pipe, symbols: symbols[start..<index]))
        (pipe, start) = (symbol, index + 1)
      default: break
      }
    }
    segments.append(Segment(pipe: pipe, symbols: symbols[start...]))
    return segments
  }

  /// Reads a command that stands for several or none; false where the segment is none of those.
  private mutating func readSeveral(
    _ segment: Segment, isFirst: Bool, isEnd: Bool
  ) throws(Diagnostic) -> Bool {
    guard let first = segment.symbols.first, let last = segment.symbols.last,
      segment.symbols.contains(where: { $0.kind == .broken }) == false,
      let name = first.wording?.bareText?.lowercased()
    else { return false }
    var parser = StageParser(segment.symbols, nesting: nesting, columns: columns.known)
    defer {
      problems += parser.problems
      warnings += parser.warnings
    }
    let span = SourceSpan(first.span.lowerBound..<last.span.upperBound)
    let read: [Stage]
    switch name {
    case "format" where isEnd && segment.symbols.count == 1: read = []
    case "return" where isEnd: read = try parser.returned().map { Stage($0, span: span) }
    case "union": read = try parser.several(name, isFirst: isFirst)
    case "multisearch" where isFirst: read = try parser.several(name, isFirst: true)
    default: return false
    }
    stages += read
    columns.pass(read)
    return true
  }

  /// Without a pipe before the first segment, the conditions of a `search` are implied.
  private mutating func read(
    _ segment: Segment, isFirst: Bool, isImplied: Bool
  ) throws(Diagnostic) {
    guard let first = segment.symbols.first, let last = segment.symbols.last else {
      guard let pipe = segment.pipe else { return }
      throw pipe.fails(StageProblem.emptyStage)
    }
    if segment.symbols.contains(where: { $0.kind == .broken }) {
      columns.forget()
      return
    }
    let marker = segment.symbols.first { $0.wording?.bareText == MacroProblem.originalSearch }
    if let marker {
      try readOriginalSearch(marker, isAlone: isImplied && segment.symbols.count == 1)
      return
    }
    var parser = StageParser(segment.symbols, nesting: nesting, columns: columns.known)
    defer {
      problems += parser.problems
      warnings += parser.warnings
    }
    let isSearch = isImplied && first.wording?.isKeyword("search") != true
    let command = try isSearch ? parser.search() : parser.command(isFirst: isFirst)
    // A macro with pipes gives several stages the place of its one use.
    let span = SourceSpan(first.span.lowerBound..<last.span.upperBound)
    stages.append(Stage(command, span: span))
    warnings += columns.warnings(of: command, segment.symbols, dottedNames: parser.dottedNames)
  }

  private mutating func readOriginalSearch(
    _ marker: Symbol, isAlone: Bool
  ) throws(Diagnostic) {
    guard isAlone else {
      throw marker.fails(MacroProblem.misplacedOriginalSearch)
    }
    guard let originalSearch else {
      throw marker.fails(MacroProblem.noOriginalSearch)
    }
    stages += originalSearch.stages
    columns.pass(originalSearch.stages)
  }
}
