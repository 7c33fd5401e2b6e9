package import Detections
import Diagnostics
import Events
import SPL
package import Streaming

/// A rule that is to be translated, with the plan it has here.
package struct SparkRule: Sendable {
  package let rule: Rule
  /// Settles the columns, the needles and where the search is cut.
  package let plan: Plan
  /// What the engine keys the rule's state by.
  package let planHash: String

  package init(_ rule: Rule, plan: Plan, planHash: String) {
    self.rule = rule
    self.plan = plan
    self.planHash = planHash
  }

  /// Fields of an event that a row takes along: for roles, risk objects and the risk message.
  var sample: [String] {
    let risk = rule.detection.risk
    let inMessage = (risk?.message ?? "").split(separator: "$", omittingEmptySubsequences: false)
      .enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }
    let wanted =
      rule.sidecar.sampleFields
      .union(inMessage).union((risk?.objects ?? []).map(\.field))
    let columns = Set(plan.columns.map(\.string))
    return wanted.filter { !$0.isEmpty && !columns.contains($0) }.sorted()
  }

  /// Fields of the record itself, before any stage, that null BY values or the sample come from.
  var fieldsOfRecord: [String] {
    let derived = rule.sidecar.derive.values.flatMap(\.self)
    return Set(derived + sample.filter { !$0.contains("[") }).sorted()
  }

  /// Runs of letters of which a record must hold one; nil where every record counts.
  var needles: [String]? {
    plan.needles.groups.first.map { group in
      group.map { String(decoding: $0, as: UTF8.self) }.sorted()
    }
  }

  func problem(_ what: String) -> Diagnostic {
    .refused(what, rule.search.stages.first?.span)
  }
}
