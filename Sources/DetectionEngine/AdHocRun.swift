package import Detections
package import Diagnostics
package import Events
package import Streaming

/// Rules over everything that is there, as one window: what `scan` prints. No risk is raised.
package struct AdHocRun: Sendable {
  /// One rule's rows, and what became of the records beside.
  package struct Result: Sendable {
    package let rule: Rule
    /// The search's own columns; by default a last one, `watchfloor_marks`.
    package let table: Table
    /// Rows dropped because a BY field is null, by field.
    package let dropped: [Text: Int]
    package let duplicates: Int
    package let truncated: Int
  }

  private struct RuleRun: Sendable {
    let rule: Rule
    let plan: Plan
    var run: BatchRun
    var seen: Set<RecordIdentity> = []
    var duplicates = 0
  }

  private let isExact: Bool
  private var runs: [RuleRun]

  /// `exact` gives Splunk's rows: nothing deduped, nothing kept that Splunk drops, no marks.
  package init(_ rules: [Rule], exact: Bool = false, asOf: Timestamp? = nil) throws(Problems) {
    isExact = exact
    runs = []
    for rule in rules {
      let plan = try Plan(
        rule.search, settings: PlanSettings(rule.sidecar, exact: exact, asOf: asOf))
      runs.append(RuleRun(rule: rule, plan: plan, run: BatchRun(plan, showsMarks: !exact)))
    }
  }

  package var needles: [Needles] { runs.map(\.plan.needles) }

  /// Takes a record. Its identity is asked for only where a rule has something of it.
  package mutating func add(_ event: Event, identity: () -> RecordIdentity) {
    var name: RecordIdentity?
    for index in runs.indices {
      let plan = runs[index].plan
      if !plan.hasStats, name == nil { name = identity() }
      guard !isExact else {
        runs[index].run.add(event, record: name)
        continue
      }
      var isWanted = false
      plan.contributions(of: event, record: name) { _ in isWanted = true }
      guard isWanted else { continue }
      let known = name ?? identity()
      name = known
      if runs[index].seen.insert(known).inserted {
        runs[index].run.add(event, record: known)
      } else {
        runs[index].duplicates += 1
      }
    }
  }

  /// The rows of each rule, in the order of the rules.
  package func finish() -> [Result] {
    runs.map {
      Result(
        rule: $0.rule, table: $0.run.finish(), dropped: $0.run.dropped,
        duplicates: $0.duplicates, truncated: $0.run.truncated)
    }
  }
}
