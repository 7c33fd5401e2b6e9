package import Detections
package import Diagnostics
package import Events
package import Findings
package import Streaming

/// A search over what the store holds: `index=risk`, `index=notable`, tables that rules write; or
/// over nothing, `makeresults` and `inputlookup`.
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
    settings = PlanSettings(rule, asOf: asOf, range: range)
    plan = try Plan(rule.search, settings: settings, lookups: LookupShelf(rule.tables))
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
  ///
  /// A search that does not say which columns it wants has every field that one of its rows has.
  package func table(of library: any Library, rules: [Rule]) throws -> Table {
    let events = try events(of: library, rules: rules)
    var run = BatchRun(try listing(events) ?? plan)
    for event in events { run.add(event) }
    let table = run.finish(
      lookups: try LookupsAtTime(
        rule.tables, names: plan.tablesRead, before: nil, version: library.lookupTable))
    return plan.hasStats ? table : table.withoutEmptyColumns
  }

  private func events(of library: any Library, rules: [Rule]) throws -> [Event] {
    let range = Findings.TimeRange(plan.range)
    return switch plan.source {
    case .riskEvents: try library.riskEvents(in: range).map(\.event)
    case .notables: try NotableEvents(rules).events(in: range, of: library)
    case .records, .nothing: []
    }
  }

  /// The plan with all fields of the events as columns; nil where its rows are no events.
  private func listing(_ events: [Event]) throws(Problems) -> Plan? {
    guard !plan.hasStats, !events.isEmpty else { return nil }
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
  var withoutEmptyColumns: Table {
    guard !rows.isEmpty else { return self }
    let kept = columns.indices.filter { index in rows.contains { !$0[index].isNull } }
    return Table(columns: kept.map { columns[$0] }, rows: rows.map { row in kept.map { row[$0] } })
  }
}
