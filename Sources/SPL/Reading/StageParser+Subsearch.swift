import Diagnostics

/// What stands in brackets.
extension StageParser {
  private static let deepestNesting = 10

  /// `[search ... | fields a]`, `[| inputlookup users]`: a search of its own.
  mutating func subsearch() throws(Diagnostic) -> Search {
    Search(stages: try bracketedStages(isSearch: true))
  }

  /// `[stats count | eval a=1]`: stages without rows of their own.
  mutating func bracketedStages() throws(Diagnostic) -> [Stage] {
    try bracketedStages(isSearch: false)
  }

  private mutating func bracketedStages(
    isSearch: Bool
  ) throws(Diagnostic) -> [Stage] {
    guard let open = current, open.kind == .leftBracket else { throw unexpected("'['") }
    guard nesting < Self.deepestNesting else {
      throw open.fails(TextProblem.tooDeep(limit: Self.deepestNesting))
    }
    let inside = try bracketed()
    guard inside.isEmpty == false else { throw open.fails(StageProblem.emptySearch) }
    var reader = SearchReader(
      problems: [], originalSearch: nil, nesting: nesting + 1, columns: isSearch ? .open : columns)
    reader.read(inside, form: isSearch ? .subsearch : .stages)
    report(reader.problems, warnings: reader.warnings)
    return reader.stages
  }
}
