import Detections
import Diagnostics
package import Events
package import Streaming

/// The stateless half of an ad-hoc run: any number of reader threads may share it.
package struct AdHocReader: Sendable {
  let rules: [Rule]
  let plans: [Plan]
  let isExact: Bool
  /// What counts as now; nil where nothing does.
  private let asOf: Timestamp?
  private let dispatch: CallDispatch

  init(
    _ rules: [Rule], exact: Bool, asOf: Timestamp?, range: SearchRange = .everything
  ) throws(Problems) {
    self.rules = rules
    isExact = exact
    self.asOf = asOf
    plans = try rules.map { rule throws(Problems) in
      var settings = PlanSettings(rule, exact: exact, asOf: asOf, range: range)
      settings.keepsSamples = false
      return try Plan(rule.search, settings: settings, lookups: LookupShelf(rule.tables))
    }
    dispatch = CallDispatch(plans.map(\.needles))
  }

  /// What a record must contain, for each rule.
  package var needles: [Needles] { plans.map(\.needles) }

  /// What the rules have of a record; its identity, and what its reader noticed of it, are asked for
  /// only where they are needed.
  package func hits(
    of event: Event, marks: () -> [Text] = { [] }, identity: () -> RecordIdentity
  ) -> AdHocHits {
    var hits = AdHocHits()
    for rule in dispatch.rules(for: event) {
      let plan = plans[rule]
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
    if !isExact, !hits.isEmpty { hits.mark(with: marks() + timeMarks(of: event)) }
    return hits
  }

  private func timeMarks(of event: Event) -> [Text] {
    guard let time = event.time else { return [TimelessEvents.mark] }
    guard let asOf, FutureEvents.include(time, now: asOf) else { return [] }
    return [FutureEvents.mark]
  }
}

/// What the rules of an ad-hoc run have of one record.
package struct AdHocHits: Sendable {
  var identity: RecordIdentity?
  var byRule: [(rule: Int, outcomes: [Outcome])] = []

  package var isEmpty: Bool { byRule.isEmpty }

  fileprivate mutating func mark(with marks: [Text]) {
    guard !marks.isEmpty else { return }
    for rule in byRule.indices {
      byRule[rule].outcomes = byRule[rule].outcomes.map { outcome in
        guard case .contribution(var contribution) = outcome else { return outcome }
        contribution.marks += marks
        return .contribution(contribution)
      }
    }
  }
}
