package import Detections
package import Diagnostics
package import Events
package import Findings
import Streaming

/// A search over what the store holds: `index=risk`, `index=notable`.
package struct StoredSearch: Sendable {
  private let rule: Rule
  private let plan: Plan

  /// Nil for a search over records, which the store does not hold all of.
  package init?(_ rule: Rule, asOf: Timestamp) throws(Problems) {
    self.rule = rule
    plan = try Plan(
      rule.search, settings: PlanSettings(rule, asOf: asOf),
      lookups: LookupShelf(rule.tables))
    guard plan.source != .records, plan.source != .nothing else { return nil }
  }

  /// The rows, over everything that is kept; rows of `rules` may be notable events.
  package func table(of library: any Library, rules: [Rule]) throws -> Table {
    var run = BatchRun(plan)
    let everything = Findings.TimeRange(from: nil, to: Findings.TimeRange.end)
    if plan.source == .riskEvents {
      for risk in try library.riskEvents(in: everything) { run.add(risk.event) }
    } else {
      for event in try NotableEvents(rules).events(in: everything, of: library) {
        run.add(event)
      }
    }
    return run.finish(
      lookups: try LookupsAtTime(
        rule.tables, names: plan.tablesRead, before: nil, version: library.lookupTable))
  }
}
