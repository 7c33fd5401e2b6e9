package import Detections
package import Diagnostics
import Digest
package import Events
import SPL
package import Streaming

/// A rule that the engine evaluates window by window.
package struct EngineRule: Sendable {
  package let rule: Rule
  package let plan: Plan
  /// Names the rule's state: a hash of its id, its compiled search, and what the sidecar changes
  /// in its rows; an edited rule starts afresh.
  package let planHash: String
  /// Whether a row may stop qualifying when more events come; it is shown, and raises risk, only
  /// when its window has closed.
  package let waitsForClose: Bool
  /// Whether its rows depend on tables that rules write, and so on earlier windows.
  let readsWrittenTables: Bool
  /// What it takes of the threads that run it.
  package internal(set) var clock = RuleClock()

  /// Throws for a search that cannot be followed window by window.
  package init(_ rule: Rule) throws(Problems) {
    var settings = PlanSettings(rule)
    settings.listsRaw = false
    settings.usesWindows = true
    plan = try Plan(rule.search, settings: settings, lookups: LookupShelf(rule.tables))
    self.rule = rule
    readsWrittenTables = !plan.tablesRead.isEmpty
    waitsForClose =
      !plan.rowsStandForGood && !rule.sidecar.raisesAtOnce || readsWrittenTables
      || !plan.tablesWritten.isEmpty
    var problems: [Diagnostic] = []
    // A rule whose rows raise risk must not read risk: it would feed itself.
    let raises = rule.detection.kind.raisesRisk && rule.detection.risk?.objects.isEmpty == false
    if plan.source == .notables || plan.source == .nothing || plan.source == .riskEvents && raises {
      problems.append(.readsResults(rule.search))
    }
    if plan.source == .riskEvents, !plan.tablesWritten.isEmpty {
      problems.append(.writesTable(rule.search))
    }
    guard problems.isEmpty else { throw Problems(problems) }
    planHash = hashedName(
      ["plan", rule.detection.id, rule.search.canonicalText]
        + rule.sidecar.keepNull.sorted()
        + [rule.sidecar.lookback.map { String($0) } ?? ""]
        + (rule.sidecar.raisesAtOnce ? ["at once"] : [])
        + (rule.search.canonicalText.contains("local_") ? rule.tables.zone : []).map {
          "\($0.from) \($0.offset)"
        }
        + rule.sidecar.derive.sorted { $0.key < $1.key }.flatMap { [$0.key] + $0.value })
  }
}

extension PlanSettings {
  /// What a rule's sidecar says of its rows, and the user's tables of clocks; an exact run leaves
  /// out what Splunk would not do.
  package init(
    _ rule: Rule, exact: Bool = false, asOf: Timestamp? = nil,
    range: SearchRange = .everything
  ) {
    let sidecar = rule.sidecar
    self.init(
      keepNull: Set(sidecar.keepNull.map { Text($0) }),
      derive: Dictionary(
        uniqueKeysWithValues: sidecar.derive.map { (Text($0.key), $0.value.map { Text($0) }) }),
      sampleFields: sidecar.sampleFields.sorted().map { Text($0) }, exact: exact, asOf: asOf,
      range: range)
    clock = LocalClock(rule.tables.zone.map { ($0.from, $0.offset) })
  }
}

extension Diagnostic {
  /// The generating stage of a rule that reads risk or notable events.
  fileprivate static func readsResults(_ search: Search) -> Diagnostic {
    Diagnostic(
      code: "not-over-records",
      message: "found a search over risk or notable events in a rule that raises risk itself",
      span: search.stages.first?.span, help: "type: Correlation")
  }

  /// An incident rule is evaluated again and again over the same risk.
  fileprivate static func writesTable(_ search: Search) -> Diagnostic {
    Diagnostic(
      code: "risk-to-table",
      message: "found outputlookup in a search over risk events, expected one over records",
      span: search.stages.last { $0.command.tableWritten != nil }?.span)
  }
}
