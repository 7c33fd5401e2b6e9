import Detections
import Diagnostics
package import Events
package import Streaming

/// The stateless half of an ad-hoc run: any number of reader threads may share it.
package struct AdHocReader: Sendable {
  let rules: [Rule]
  let plans: [Plan]
  let isExact: Bool

  init(
    _ rules: [Rule], exact: Bool, asOf: Timestamp?, range: SearchRange = .everything
  ) throws(Problems) {
    self.rules = rules
    isExact = exact
    plans = try rules.map { rule throws(Problems) in
      try Plan(
        rule.search, settings: PlanSettings(rule.sidecar, exact: exact, asOf: asOf, range: range),
        lookups: LookupShelf(rule.tables))
    }
  }

  /// What a record must contain, for each rule.
  package var needles: [Needles] { plans.map(\.needles) }

  /// What the rules have of a record; its identity is asked for only where it is needed.
  package func hits(of event: Event, identity: () -> RecordIdentity) -> AdHocHits {
    var hits = AdHocHits()
    for (rule, plan) in plans.enumerated() {
      var outcomes: [Outcome] = []
      plan.contributions(of: event) { outcomes.append($0) }
      guard !outcomes.isEmpty else { continue }
      if !isExact || plan.needsIdentity, hits.identity == nil { hits.identity = identity() }
      if plan.needsIdentity {
        // Events that are kept are named after their record.
        outcomes = []
        plan.contributions(of: event, record: hits.identity) { outcomes.append($0) }
      }
      hits.byRule.append((rule, outcomes))
    }
    return hits
  }
}

/// What the rules of an ad-hoc run have of one record.
package struct AdHocHits: Sendable {
  var identity: RecordIdentity?
  var byRule: [(rule: Int, outcomes: [Outcome])] = []

  package var isEmpty: Bool { byRule.isEmpty }
}
