import Events

/// A regular expression of a search: made ready where it is written out, else from what a row has.
enum PatternSource: Sendable {
  case ready(PerlPattern)
  case computed(Formula, LimitCount)

  func pattern(_ row: FormulaRow) -> PerlPattern? {
    switch self {
    case .ready(let pattern): return pattern
    case .computed(let formula, let limits):
      guard let text = formula.text(row) else { return nil }
      do throws(PatternProblem) {
        return try PerlPattern(text.string, limits: limits)
      } catch {
        return nil  // a value that is no pattern matches nothing, as null
      }
    }
  }
}
