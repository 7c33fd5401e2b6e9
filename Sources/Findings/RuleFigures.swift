package import Events

/// What a rule has come to on a state: since when it runs, and what became of the records that it
/// had something of.
package struct RuleFigures: Equatable, Sendable {
  /// From when on records were read with the rule; nil where that is all that were ever read.
  package var since: Timestamp?
  /// Result rows that are kept.
  package var rows = 0
  /// Sum of the scores that those rows raised.
  package var risk = 0
  /// Records counted, and second copies of records, which were not.
  package var records = 0
  package var duplicates = 0
  /// Records that came after their window had closed; they are counted all the same.
  package var late = 0
  /// Rows that were dropped as in Splunk, by the BY field that was null.
  package var dropped: [Tally] = []
  /// Share of the time that all rules took of reader and engine threads, 0 to 1; nil where nobody
  /// has measured.
  package var timeShare: Double?

  package init(since: Timestamp? = nil) { self.since = since }

  /// Rows dropped in all.
  package var droppedRows: Int { dropped.reduce(0) { $0 + $1.count } }
}
