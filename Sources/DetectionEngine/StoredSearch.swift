package import Detections
package import Diagnostics
package import Events
package import Findings
package import Streaming

/// A search over what the store holds: `index=risk`, `index=notable`.
package struct StoredSearch: Sendable {
  private let rule: Rule
  private let settings: PlanSettings
  private let plan: Plan

  /// Nil for a search over records, which the store does not hold all of.
  ///
  /// A search without time modifiers of its own is held to `range`.
  package init?(
    _ rule: Rule, asOf: Timestamp, range: SearchRange = .everything
  ) throws(Problems) {
    self.rule = rule
    settings = PlanSettings(rule.sidecar, asOf: asOf, range: range)
    plan = try Plan(rule.search, settings: settings, lookups: LookupShelf(rule.tables))
    guard plan.source != .records, plan.source != .nothing else { return nil }
  }

  /// The rows, over everything that is kept; rows of `rules` may be notable events.
  ///
  /// A search that does not say which columns it wants has every field that one of its rows has.
  package func table(of library: any Library, rules: [Rule]) throws -> Table {
    let range = Findings.TimeRange(plan.range)
    let events =
      plan.source == .riskEvents
      ? try library.riskEvents(in: range).map(\.event)
      : try NotableEvents(rules).events(in: range, of: library)
    var run = BatchRun(try listing(events) ?? plan)
    for event in events { run.add(event) }
    let table = run.finish(
      lookups: try LookupsAtTime(
        rule.tables, names: plan.tablesRead, before: nil, version: library.lookupTable))
    return plan.hasStats ? table : table.withoutEmptyColumns
  }

  /// The plan with all fields of the events as columns; nil where its rows are no events.
  private func listing(_ events: [Event]) throws(Problems) -> Plan? {
    guard !plan.hasStats else { return nil }
    let names = events.reduce(into: Set<Text>()) { $0.formUnion($1.fields.names) }
    let first = plan.source == .riskEvents ? Self.riskFields : Self.notableFields
    var settings = settings
    settings.alsoListed =
      first.filter(names.contains) + names.subtracting(first).sorted()
    return try Plan(rule.search, settings: settings, lookups: LookupShelf(rule.tables))
  }

  /// What comes first of a notable event, and of a risk event.
  private static let notableFields: [Text] = [
    "rule_title", "urgency", "status", "owner", "disposition", "search_name",
  ]
  private static let riskFields: [Text] = [
    "risk_object", "risk_object_type", "risk_score", "calculated_risk_score", "risk_message",
    "search_name",
  ]
}

extension Table {
  /// The table without columns that no row has a value in.
  fileprivate var withoutEmptyColumns: Table {
    guard !rows.isEmpty else { return self }
    let kept = columns.indices.filter { index in rows.contains { !$0[index].isNull } }
    return Table(columns: kept.map { columns[$0] }, rows: rows.map { row in kept.map { row[$0] } })
  }
}
