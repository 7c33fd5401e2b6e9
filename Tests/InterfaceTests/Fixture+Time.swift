import Events
import Findings

extension Fixture {
  /// Some findings in every third hour of a range, a week of it at most.
  static func timeline(_ range: TimeRange) -> Timeline {
    let from = range.from ?? range.to - 7 * 86_400
    let start = Timestamp(seconds: from.seconds - from.seconds % 3600)
    let count = Int((range.to - start) / 3600) + 1
    return Timeline(
      start: start, step: 3600, counts: (0..<count).map { $0 % 3 == 0 ? $0 % 13 : 0 })
  }

  static let suppressions = [
    SuppressionLine(
      suppression: Suppression(
        number: 2, rule: rule.name, term: "finding=CVE-2025-4802 repository=web/storefront",
        filter: .matches(.finding, pattern: "CVE-2025-4802"), reason: "the vendor says no",
        author: "alice", at: ago(90_000), expires: clock + 29 * 86_400), hidden: 31,
      isActive: true),
    SuppressionLine(
      suppression: Suppression(
        number: 1, rule: nil, term: "repository=sandbox/*",
        filter: .matches(.repository, pattern: "sandbox/*"), reason: "not in production",
        author: "bob", at: ago(900_000), expires: nil), hidden: 4, isActive: true),
  ]

  static let techniques = [
    AttackLine(
      tacticID: "TA0002", tactic: "Execution", techniqueID: "T1204.003",
      technique: "Malicious Image", events: 412, objects: 5, risk: 18_450),
    AttackLine(
      tacticID: "TA0005", tactic: "Stealth", techniqueID: "T1562.008",
      technique: "Disable or Modify Cloud Logs", events: 2, objects: 1, risk: 120),
  ]
}
