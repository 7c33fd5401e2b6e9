package import Detections
package import Diagnostics
package import Events
package import Findings
import Streaming

/// A search over what the store holds: `index=risk`, `index=notable`, tables that rules write; or
/// over nothing, `makeresults` and `inputlookup`.
package struct StoredSearch: Sendable {
  private let rule: Rule
  private let plan: Plan

  /// Nil for a search over records, which the store does not hold all of.
  package init?(_ rule: Rule, asOf: Timestamp) throws(Problems) {
    self.rule = rule
    plan = try Plan(
      rule.search, settings: PlanSettings(rule, asOf: asOf),
      lookups: LookupShelf(rule.tables))
    if plan.source == .records { return nil }
  }

  /// Whether there has to be a store: a search over the user's own tables needs none.
  package var readsStore: Bool { plan.source != .nothing || !plan.tablesRead.isEmpty }

  /// The rows of a search that needs no store.
  package var table: Table {
    precondition(!readsStore, "a search over nothing that is kept")
    return BatchRun(plan).finish()
  }

  /// The rows, over everything that is kept; rows of `rules` may be notable events.
  package func table(of library: any Library, rules: [Rule]) throws -> Table {
    var run = BatchRun(plan)
    let everything = Findings.TimeRange(from: nil, to: Findings.TimeRange.end)
    switch plan.source {
    case .riskEvents:
      for risk in try library.riskEvents(in: everything) { run.add(risk.event) }
    case .notables:
      for event in try NotableEvents(rules).events(in: everything, of: library) {
        run.add(event)
      }
    case .records, .nothing: break
    }
    return run.finish(
      lookups: try LookupsAtTime(
        rule.tables, names: plan.tablesRead, before: nil, version: library.lookupTable))
  }
}
