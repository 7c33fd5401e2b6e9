package import Detections
package import Diagnostics
package import Events
package import Streaming

/// Rules over everything that is there, as one window: what `scan` prints.
///
/// No risk is raised. Reader threads ask `reader` what the rules have of a record; one thread adds
/// that up here, in any order.
package struct AdHocRun: Sendable {
  /// One rule's rows, and what became of the records beside.
  package struct Result: Sendable {
    package let rule: Rule
    /// The search's own columns; by default a last one, `watchfloor_marks`.
    package let rows: AdHocTable
    package var table: Table { rows.table }
    /// Rows dropped because a BY field is null, by field.
    package let dropped: [Text: Int]
    package let duplicates: Int
    package let truncated: Int
    /// How often a regular expression was given up at its limits.
    package let patternLimitHits: Int
  }

  package let reader: AdHocReader
  private var rows: [AdHocRows]

  /// `exact` gives Splunk's rows: nothing deduped, nothing kept that Splunk drops, no marks.
  ///
  /// Searches without time modifiers of their own are held to `range`.
  package init(
    _ rules: [Rule], exact: Bool = false, asOf: Timestamp? = nil,
    range: SearchRange = .everything
  ) throws(Problems) {
    reader = try AdHocReader(rules, exact: exact, asOf: asOf, range: range)
    rows = reader.plans.map(AdHocRows.init)
  }

  /// Takes what the rules have of a record.
  package mutating func add(_ hits: AdHocHits) {
    for (rule, outcomes) in hits.byRule {
      rows[rule].add(outcomes, of: reader.isExact ? nil : hits.identity)
    }
  }

  /// Reads and takes a record on one thread.
  package mutating func add(_ event: Event, identity: () -> RecordIdentity) {
    add(reader.hits(of: event, identity: identity))
  }

  /// The rows of each rule, in the order of the rules.
  package func finish() -> [Result] {
    zip(zip(reader.rules, reader.plans), rows).map { one, rows in
      Result(
        rule: one.0, rows: rows.table(withMarks: !reader.isExact), dropped: rows.dropped,
        duplicates: rows.duplicates,
        truncated: rows.truncated, patternLimitHits: one.1.patternLimitHits)
    }
  }
}
