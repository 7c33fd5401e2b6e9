import Events
import Findings
import Testing

@testable import Alerts

@Suite struct AlertJudging {
  private static let noon = Timestamp(seconds: 1_773_662_400)

  private func row(
    _ severity: String?, rule: String = "AWS ECR Container Scanning Findings High"
  ) -> ResultRow {
    var roles: [PaneRole: String] = [
      .finding: "CVE-2026-21001", .repository: "payments/api", .user: "test",
    ]
    roles[.severity] = severity
    return ResultRow(
      id: RowID(digits: "01"), rule: rule, ruleID: "r", window: Window(containing: Self.noon),
      key: [], columns: [], values: [], count: 1, firstSeen: Self.noon, lastSeen: Self.noon,
      sample: [:], roles: roles, finding: FindingID(digits: "ab"), identity: [], marks: [],
      records: [])
  }

  private func user(_ name: String, _ risk: Int) -> UserLine {
    UserLine(
      user: name, risk24h: risk, risk7d: risk, riskInRange: risk, rows: 1, lastSeen: Self.noon)
  }

  private func judge(lagMinutes: Int? = nil) -> AlertJudge {
    AlertJudge(threshold: 100, lagMinutes: lagMinutes)
  }

  @Test func newCriticalAndHighFindingsAreToldWhateverTheirCase() {
    let severities = ["CRITICAL", "High", "MEDIUM", nil]
    let alerts = judge().findings(severities.map { row($0) }, isLive: true)
    #expect(
      alerts.map(\.sentence) == [
        "CRITICAL CVE-2026-21001 in payments/api, read by test",
        "High CVE-2026-21001 in payments/api, read by test",
      ])
    #expect(alerts.allSatisfy { $0.kind == .finding })
  }

  @Test func whatACatchUpReadsIsNotTold() {
    var judge = judge()
    #expect(judge.findings([row("HIGH")], isLive: false) == [])
    #expect(judge.users([], isLive: true) == [])
    #expect(judge.users([user("ana", 900)], isLive: false) == [])
    #expect(judge.users([user("ana", 950)], isLive: true) == [])
  }

  @Test func aFileThatCannotBeTrustedIsToldWithoutASeverity() {
    let alerts = judge().findings([row(nil, rule: KnownRule.integrity)], isLive: true)
    #expect(alerts.map(\.kind) == [.integrity])
  }

  @Test func aUserIsToldOnceForEachTimeTheyCrossTheThreshold() {
    var judge = judge()
    #expect(judge.users([user("old", 500)], isLive: true) == [])
    #expect(judge.users([user("old", 500), user("ana", 100)], isLive: true) == [])
    let first = judge.users([user("old", 500), user("ana", 150)], isLive: true)
    #expect(first.map(\.sentence) == ["ana has a risk score of 150 in 24 hours, over 100"])
    #expect(judge.users([user("old", 500), user("ana", 200)], isLive: true) == [])
    #expect(judge.users([user("ana", 50)], isLive: true) == [])
    #expect(judge.users([user("ana", 101)], isLive: true).count == 1)
  }

  @Test func lagIsToldOnceUntilAllIsRead() {
    var judge = judge(lagMinutes: 5)
    #expect(judge.lag(bytesBehind: 10, at: Self.noon) == [])
    #expect(judge.lag(bytesBehind: 10, at: Self.noon + 299) == [])
    let alerts = judge.lag(bytesBehind: 20, at: Self.noon + 300)
    #expect(alerts.map(\.sentence) == ["20 bytes of logs have been unread for 5 minutes"])
    #expect(judge.lag(bytesBehind: 20, at: Self.noon + 900) == [])
    #expect(judge.lag(bytesBehind: 0, at: Self.noon + 901) == [])
    #expect(judge.lag(bytesBehind: 1, at: Self.noon + 902) == [])
    #expect(judge.lag(bytesBehind: 1, at: Self.noon + 1202).count == 1)
  }

  @Test func withoutALimitLagIsNeverTold() {
    var judge = judge(lagMinutes: 0)
    _ = judge.lag(bytesBehind: 10, at: Self.noon)
    #expect(judge.lag(bytesBehind: 10, at: Self.noon + 1_000_000) == [])
  }

  @Test func theTableTellsWhatAProgramNeeds() throws {
    let table = try #require(judge().findings([row("HIGH")], isLive: true).first).table
    #expect(
      table.columns.map(\.string) == [
        "alert", "sentence", "rule", "finding_id", "time", "severity", "finding", "package",
        "version", "repository", "image", "user", "src", "account", "region",
      ])
    #expect(table.rows[0][4] == "2026-03-16T12:00:00Z")
    #expect(table.rows[0][7] == .null)
  }
}
