package import Detections
package import Diagnostics
import Events
import SPL
import Streaming

/// How a rule is run, in words and SPL: where each of its stages runs, and what is kept.
package struct RuleExplanation: Equatable, Sendable {
  package struct Part: Equatable, Sendable {
    package var name: String
    package var lines: [String]
  }

  /// Those that have something to say.
  package let parts: [Part]

  package init(_ rule: Rule) throws(Problems) {
    let plan = try Plan(
      rule.search, settings: PlanSettings(rule.sidecar), lookups: LookupShelf(rule.tables))
    let detection = rule.detection
    let parts =
      [
        Part(name: "rule", lines: ["\(rule.name) (\(detection.kind.rawValue))"]),
        Part(name: "reads", lines: [plan.source.words]),
        Part(name: "needles", lines: Self.needles(plan)),
      ] + Self.stages(rule.search, plan) + [
        Part(name: "kept", lines: Self.kept(plan)),
        Part(name: "evaluated", lines: Self.evaluation(rule, plan)),
        Part(name: "windows", lines: Self.windows(rule)),
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

  /// Every stage in its order, under the name of where it runs.
  private static func stages(_ search: Search, _ plan: Plan) -> [Part] {
    let commands = search.stages.map(\.command)
    let end = commands.firstIndex { !$0.runsOnEvents } ?? commands.endIndex
    var parts = [
      Part(name: "per event", lines: commands[..<end].map(\.canonicalText))
    ]
    var rest = commands[end...]
    if let first = rest.first, first.isStats, plan.hasStats {
      parts.append(Part(name: "per group", lines: [first.canonicalText]))
      rest = rest.dropFirst()
    }
    let name = plan.tableStagesAreRowLocal ? "per row" : "whole window"
    parts.append(Part(name: name, lines: rest.map(\.canonicalText)))
    return parts
  }

  private static func kept(_ plan: Plan) -> [String] {
    guard plan.hasStats else { return ["an entry for each event, named after its record"] }
    let key = plan.keyFields.map(\.string).joined(separator: " ")
    return ["what stats needs, by rule, window and " + (key.isEmpty ? "nothing else" : key)]
  }

  /// Whether a window's rows are made one by one or all anew, why, and when they are shown.
  private static func evaluation(_ rule: Rule, _ plan: Plan) -> [String] {
    do throws(Problems) {
      let waits = try EngineRule(rule).waitsForClose
      let compared = rule.search.stages.dropFirst()
        .first(where: { $0.command.scope != .row && !$0.command.isStats })?.command.name
      let way =
        plan.needsWholeWindow
        ? "by whole windows: \(compared ?? "a stage") looks at several rows, so a window that "
          + "changes is made anew"
        : "incrementally: a group that changes gives its row, no other row can be another for it"
      return [
        way,
        waits
          ? "shown when the window has closed: until then a row may stop qualifying"
          : "shown as soon as a row qualifies",
      ]
    } catch {
      return ["not live: " + error.diagnostics.map(\.message).joined(separator: "; ")]
    }
  }

  private static func windows(_ rule: Rule) -> [String] {
    guard let lookback = rule.sidecar.lookback else {
      return ["an hour of event time, from ten minutes before the full hour; UTC"]
    }
    return ["at each hour the \(lookback) seconds before its end; UTC"]
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

extension Command {
  fileprivate var isStats: Bool {
    if case .stats = self { true } else { false }
  }

  /// Whether it is done with one event at hand, before anything is summed up.
  fileprivate var runsOnEvents: Bool { scope == .row || isGenerating }
}
