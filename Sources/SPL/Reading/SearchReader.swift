import Diagnostics

/// Reads all stages of a search; a stage with a problem does not keep the next from being read.
struct SearchReader {
  private(set) var stages: [Stage] = []
  private(set) var problems: [Diagnostic]
  private let originalSearch: Search?

  init(problems: [Diagnostic], originalSearch: Search?) {
    self.problems = problems
    self.originalSearch = originalSearch
  }

  mutating func read(_ symbols: [Symbol]) {
    var segments = Self.segments(of: symbols)
    let beginsWithPipe = segments[0].symbols.isEmpty && segments.count > 1
    if beginsWithPipe { segments.removeFirst() }
    if segments.count == 1, segments[0].symbols.isEmpty, segments[0].pipe == nil {
      problems.append(StageProblem.emptySearch.diagnostic(at: SourceSpan(0..<0)))
      return
    }
    for (index, segment) in segments.enumerated() {
      do throws(Diagnostic) {
        try read(segment, isFirst: index == 0, isImplied: index == 0 && beginsWithPipe == false)
      } catch {
        problems.append(error)
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
  private static func segments(of symbols: [Symbol]) -> [Segment] {
    var segments: [Segment] = []
    var start = 0
    var depth = 0
    var pipe: Symbol?
    for (index, symbol) in symbols.enumerated() {
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

  /// Without a pipe before the first segment, the conditions of a `search` are implied.
  private mutating func read(
    _ segment: Segment, isFirst: Bool, isImplied: Bool
  ) throws(Diagnostic) {
    guard let first = segment.symbols.first, let last = segment.symbols.last else {
      guard let pipe = segment.pipe else { return }
      throw pipe.fails(StageProblem.emptyStage)
    }
    if segment.symbols.contains(where: { $0.kind == .broken }) { return }
    try Self.refuseBrackets(in: segment.symbols)
    let marker = segment.symbols.first { $0.wording?.bareText == MacroProblem.originalSearch }
    if let marker {
      try readOriginalSearch(marker, isAlone: isImplied && segment.symbols.count == 1)
      return
    }
    var parser = StageParser(segment.symbols)
    let isSearch = isImplied && first.wording?.isKeyword("search") != true
    let command = try isSearch ? parser.search() : parser.command(isFirst: isFirst)
    // A macro with pipes gives several stages the place of its one use.
    let span = SourceSpan(first.span.lowerBound..<last.span.upperBound)
    stages.append(Stage(command, span: span))
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
  }

  static func refuseBrackets(in symbols: ArraySlice<Symbol>) throws(Diagnostic) {
    guard let open = symbols.firstIndex(where: { $0.kind == .leftBracket }) else { return }
    var depth = 0
    let close = symbols[open...].firstIndex { symbol in
      if symbol.kind == .leftBracket { depth += 1 }
      if symbol.kind == .rightBracket { depth -= 1 }
      return depth == 0
    }
    let (first, last) = (symbols[open], symbols[close ?? symbols.endIndex - 1])
    let span = SourceSpan(first.span.lowerBound..<last.span.upperBound)
    throw TextProblem.subsearch.diagnostic(at: span, notes: first.notes)
  }
}
