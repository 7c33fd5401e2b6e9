package import Events

/// What became of the records that a rule had something of, since this engine was started.
package struct RuleCounters: Equatable, Sendable {
  /// Rows that came to qualify, less those withdrawn.
  package var rows = 0
  /// Records counted.
  package var records = 0
  /// Second copies of records, not counted.
  package var duplicates = 0
  /// Records of an eventID that was seen with other content; both are counted and marked.
  package var contested = 0
  /// Records that came after their window was closed; they are counted in it all the same.
  package var late = 0
  /// Rows that were dropped as in Splunk, by the BY field that was null.
  package var dropped: [Text: Int] = [:]
  /// Events whose BY fields had more combinations of values than are followed.
  package var truncated = 0

  package init() {}

  mutating func add(_ other: RuleCounters) {
    rows += other.rows
    records += other.records
    duplicates += other.duplicates
    contested += other.contested
    late += other.late
    dropped.merge(other.dropped, uniquingKeysWith: +)
    truncated += other.truncated
  }
}
