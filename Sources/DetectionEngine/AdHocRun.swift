package import Detections
package import Diagnostics
package import Events
package import Findings
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
    /// All rows at once.
    package func table() throws(ScratchProblem) -> Table { try rows.table() }
    /// Rows dropped because a BY field is null, by field.
    package let dropped: [Text: Int]
    package let duplicates: Int
    package let truncated: Int
    /// How often a regular expression was given up at its limits.
    package let patternLimitHits: Int
  }

  /// What becomes of groups that do not fit into memory.
  package struct Overflow: Sendable {
    /// Bytes of groups, of all rules, that may be in memory while records come.
    package var limit: Int
    /// Bytes of groups that may be in memory at a time when those outside are read back.
    package var readBackLimit: Int
    /// Makes the room outside of memory, when it is first needed.
    package var open: @Sendable () throws(ScratchProblem) -> any Scratch

    package init(
      beyond limit: Int, readBackLimit: Int? = nil,
      open: @escaping @Sendable () throws(ScratchProblem) -> any Scratch
    ) {
      self.limit = limit
      self.readBackLimit = readBackLimit ?? limit
      self.open = open
    }
  }

  package let reader: AdHocReader
  /// Why rows would be missing: nothing is taken any more.
  package private(set) var failure: ScratchProblem?
  private var rows: [AdHocRows]
  private let overflow: Overflow?
  private var scratch: (any Scratch)?
  /// Bytes of the groups in memory.
  private var weight = 0

  /// `exact` gives Splunk's rows: nothing deduped, nothing kept that Splunk drops, no marks.
  ///
  /// Searches without time modifiers of their own are held to `range`.
  package init(
    _ rules: [Rule], exact: Bool = false, asOf: Timestamp? = nil,
    range: SearchRange = .everything, overflow: Overflow? = nil
  ) throws(Problems) {
    self.overflow = overflow
    reader = try AdHocReader(rules, exact: exact, asOf: asOf, range: range)
    rows = reader.plans.map(AdHocRows.init)
  }

  /// Takes what the rules have of a record.
  package mutating func add(_ hits: AdHocHits) {
    guard failure == nil else { return }
    do throws(ScratchProblem) {
      for (rule, outcomes) in hits.byRule {
        let before = rows[rule].weight
        try rows[rule].add(outcomes, of: reader.isExact ? nil : hits.identity)
        weight += rows[rule].weight - before
      }
      if let overflow, weight > overflow.limit { try relieve(overflow) }
    } catch {
      failure = error
    }
  }

  /// Moves the groups of the rule that has most out of memory.
  private mutating func relieve(_ overflow: Overflow) throws(ScratchProblem) {
    guard let heaviest = rows.indices.max(by: { rows[$0].weight < rows[$1].weight }),
      rows[heaviest].weight > 0
    else { return }
    if scratch == nil { scratch = try overflow.open() }
    guard let scratch else { return }
    weight -= rows[heaviest].weight
    try rows[heaviest].spill(to: scratch)
  }

  /// Reads and takes a record on one thread.
  package mutating func add(_ event: Event, identity: () -> RecordIdentity) {
    add(reader.hits(of: event, identity: identity))
  }

  /// The rows of each rule, in the order of the rules.
  package mutating func finish() throws(ScratchProblem) -> [Result] {
    if let failure { throw failure }
    var results: [Result] = []
    for index in rows.indices {
      let outcomes = try rows[index].finish(
        withMarks: !reader.isExact, scratch: scratch, limit: overflow?.readBackLimit ?? .max)
      results.append(
        Result(
          rule: reader.rules[index], rows: outcomes.table, dropped: outcomes.dropped,
          duplicates: outcomes.duplicates, truncated: outcomes.truncated,
          patternLimitHits: reader.plans[index].patternLimitHits))
    }
    return results
  }
}
