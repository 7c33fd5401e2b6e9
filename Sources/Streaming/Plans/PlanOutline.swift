package import Diagnostics
package import SPL

/// Where a search is cut, for people: what is done with each event, what adds up, and what is done
/// with rows.
package struct PlanOutline: Sendable {
  package let eventStages: [Stage]
  /// The `stats` whose groups are kept; nil where the events themselves are.
  package let reducing: Stats?
  /// Where that `stats` is written.
  package let reducingSpan: SourceSpan
  package let rowStages: [Stage]

  init(_ parts: SearchParts) {
    eventStages = parts.before
    reducing = parts.reducing
    reducingSpan = parts.reducingSpan
    rowStages = parts.tail
  }
}
