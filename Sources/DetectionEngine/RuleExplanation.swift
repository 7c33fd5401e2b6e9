package import Detections
package import Diagnostics
import Events
import SPL
import Streaming

/// How a rule is run, in words and SPL: the parts of its plan.
package struct RuleExplanation: Equatable, Sendable {
  package struct Part: Equatable, Sendable {
    package var name: String
    package var lines: [String]
  }

  /// Those that have something to say.
  package let parts: [Part]

  package init(_ rule: Rule) throws(Problems) {
    let plan = try Plan(
      rule.search, settings: PlanSettings(rule), lookups: LookupShelf(rule.tables))
    let outline = plan.outline
    let detection = rule.detection
    let parts = [
      Part(name: "rule", lines: ["\(rule.name) (\(detection.kind.rawValue))"]),
      Part(name: "reads", lines: [plan.source.words]),
      Part(name: "needles", lines: Self.needles(plan)),
      Part(name: "per event", lines: outline.eventStages.map(\.command.canonicalText)),
      Part(name: "state", lines: Self.state(plan)),
      Part(name: "rows", lines: outline.rowStages.map(\.command.canonicalText)),
      Part(name: "evaluated", lines: [Self.evaluation(plan)]),
      Part(name: "shown", lines: [Self.shown(rule, plan)]),
      Part(name: "windows", lines: [Self.windows(rule)]),
      Part(name: "columns", lines: [plan.columns.map(\.string).joined(separator: " ")]),
      Part(name: "sidecar", lines: Self.sidecar(rule.sidecar)),
      Part(name: "risk", lines: Self.risk(detection)),
    ]
    self.parts = parts.filter { !$0.lines.isEmpty }
  }

  private static func needles(_ plan: Plan) -> [String] {
    guard plan.source == .records else { return [] }
    let groups = plan.needles.groups.map { group in
      group.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " or ")
    }
    return groups.isEmpty ? ["none: every record is parsed"] : groups
  }

  private static func state(_ plan: Plan) -> [String] {
    guard let stats = plan.outline.reducing else {
      return [
        plan.outline.rowStages.isEmpty
          ? "a row for each event, named after its record"
          : "each event, kept by rule and hourly window"
      ]
    }
    let key = plan.keyFields.map(\.string).joined(separator: " ")
    return [
      Command.stats(stats).canonicalText,
      "kept by rule, hourly window and " + (key.isEmpty ? "nothing else" : key),
    ]
  }

  /// Whether a change makes one row anew or all of its window, and why.
  private static func evaluation(_ plan: Plan) -> String {
    guard plan.needsWholeWindow else {
      return "row by row: no row depends on another, so a group that changes gives its row anew"
    }
    let comparing = plan.outline.rowStages.first { $0.command.scope != .row }?.command.name
    return "by whole windows: \(comparing ?? "a stage") looks at several rows, so a window that "
      + "changes is made anew"
  }

  private static func windows(_ rule: Rule) -> String {
    guard let lookback = rule.sidecar.lookback else {
      return "an hour of event time, from ten minutes before a full hour on, in UTC"
    }
    return "every hour, over the \(lookback / 3600) hours before its end, in UTC"
  }

  private static func shown(_ rule: Rule, _ plan: Plan) -> String {
    do throws(Problems) {
      let rule = try EngineRule(rule)
      return rule.waitsForClose
        ? "when the window has closed: until then a row may stop qualifying"
        : rule.isMadeByWindow
          ? "as soon as it qualifies; the window's rows are made together"
          : "as soon as it qualifies"
    } catch {
      return "not live: " + error.diagnostics.map(\.message).joined(separator: "; ")
    }
  }

  private static func sidecar(_ sidecar: Sidecar) -> [String] {
    var lines: [String] = []
    if !sidecar.keepNull.isEmpty {
      lines.append("keeps rows where null: " + sidecar.keepNull.sorted().joined(separator: " "))
    }
    for (column, sources) in sidecar.derive.sorted(by: { $0.key < $1.key }) {
      lines.append("\(column), where null, from " + sources.joined(separator: ", else "))
    }
    if let identity = sidecar.identity {
      lines.append("a finding is named by " + identity.joined(separator: " "))
    }
    return lines
  }

  private static func risk(_ detection: Detection) -> [String] {
    guard detection.kind.raisesRisk, let risk = detection.risk else { return ["none"] }
    return risk.objects.map { "\($0.score) on the \($0.type) in \($0.field)" }
  }
}

extension Plan.Source {
  fileprivate var words: String {
    switch self {
    case .records: "records"
    case .riskEvents: "risk events"
    case .notables: "notable events"
    case .nothing: "nothing: the search brings rows of its own"
    }
  }
}
