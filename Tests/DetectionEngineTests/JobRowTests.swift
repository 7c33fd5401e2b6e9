import Detections
import Events
import Findings
import Streaming
import Testing

@testable import DetectionEngine

/// Rows that a job wrote: one row for each key, that of the highest version.
@Suite("Rows of a job")
struct JobRowTests {
  private static let window = Window(containing: Scan.noon)

  private let floor: Floor
  private let rule: EngineRule

  init() throws {
    floor = try Floor()
    rule = try #require(floor.rules.rules.first)
  }

  private func apply(
    _ rows: [JobRow], to floor: Floor? = nil, now: Timestamp = Scan.noon
  ) throws {
    var engine = (floor ?? self.floor).engine()
    var batch = RowBatch()
    batch.jobRows = rows
    try engine.apply(batch, now: now)
  }

  private func row(_ version: Int64, count: Int = 1, user: String = "test") throws -> JobRow {
    let local = try Floor()
    try local.apply([[Scan(user: user, findings: [Scan.Finding(name: "CVE-1")])]])
    var job = try JobRow(#require(local.rows.first), plan: rule.planHash, version: version)
    job.content?.count = count
    return job
  }

  @Test func itIsTheRowThatRecordsHereWouldMake() throws {
    let local = try Floor()
    try local.apply([[Scan(), Scan(eventID: "2", user: "other")]])
    try apply(try local.rows.map { try JobRow($0, plan: rule.planHash, version: 1) })
    var expected = local.ledger.contents.rows
    for id in expected.keys { expected[id]?.records = [] }
    #expect(floor.ledger.contents.rows == expected)
    #expect(floor.ledger.contents.riskEvents == local.ledger.contents.riskEvents)
  }

  @Test func theHighestVersionIsTheRowAndAnEqualOneChangesNothing() throws {
    try apply([try row(3, count: 3)])
    for version in [Int64(1), 2, 3] { try apply([try row(version, count: 9)]) }
    #expect(floor.rows.map(\.count) == [3])
    try apply([try row(4, count: 4), try row(5, count: 5), try row(4, count: 4)])
    #expect(floor.rows.map(\.count) == [5])
    #expect(floor.risk(of: "test") == 50)
  }

  @Test func whereRecordsAreReadHereTooTheJobsRowStandsAndNothingAddsUp() throws {
    let here = Scan(findings: [Scan.Finding(name: "CVE-1")])
    for isJobFirst in [true, false] {
      let floor = try Floor()
      if !isJobFirst { try floor.apply([[here]]) }
      try apply([try row(1, count: 7)], to: floor)
      if isJobFirst { try floor.apply([[here]]) }
      #expect(floor.rows.map(\.count) == [7])
      #expect(floor.risk(of: "test") == 50)
      var gone = try row(2)
      gone.content = nil
      try apply([gone], to: floor)
      #expect(floor.rows.map(\.count) == [1], "what was read here shows again")
      #expect(floor.rows.map(\.records) == [[here.identity.contentHash]])
      #expect(floor.risk(of: "test") == 50)
    }
  }

  @Test func recordsThatTheJobKeptAreStoredOnceUpToTheCap() throws {
    func record(_ number: UInt8) -> StoredRecord {
      StoredRecord(
        contentHash: [number], time: Scan.noon, source: "/rows-1.jsonl",
        sourcetype: "aws:cloudtrail", raw: [number])
    }
    var one = try row(1)
    one.records = (0..<30).map(record)
    var other = try row(1, user: "other")
    other.records = [record(0)]
    try apply([one, other])
    #expect(floor.rows.map(\.records.count).sorted() == [1, 20])
    #expect(floor.ledger.contents.records.count == 20)
  }

  @Test func aWithdrawnRowGoesWithItsRiskInOneCommit() throws {
    try apply([try row(1)])
    let commits = floor.ledger.contents.commits
    var gone = try row(2)
    gone.content = nil
    try apply([gone])
    #expect(floor.rows.isEmpty && floor.risk(of: "test") == 0)
    #expect(floor.ledger.contents.commits == commits + 1)
    try apply([try row(1)])
    #expect(floor.rows.isEmpty, "an earlier version comes too late")
    try apply([try row(3)])
    #expect(floor.risk(of: "test") == 50)
  }

  @Test func aRowOfAnotherVersionOfTheRuleIsTakenAndMarked() throws {
    var other = try row(1)
    other.plan = "00"
    try apply([other])
    #expect(floor.rows.map(\.marks) == [["made by another version of the rule"]])
    try apply([try row(2)], now: Scan.noon - 86_400)
    #expect(floor.rows.map(\.marks) == [["from the future"]])
  }

  @Test func onlyRulesThatRunAndReadRecordsTakeRows() throws {
    let rules = [
      try Floor.builtIn(), try #require(Floor.library.rule(named: "risk_threshold_24_hours")?.rule),
    ]
    let both = try Floor(rules)
    #expect(both.rules.takesRows(ofRule: rules[0].detection.id))
    #expect(!both.rules.takesRows(ofRule: rules[1].detection.id))
    #expect(!both.rules.takesRows(ofRule: "none"))
    var stranger = try row(1)
    stranger.ruleID = rules[1].detection.id
    try apply([stranger], to: both)
    #expect(both.rows.isEmpty && both.ledger.contents.rowVersions.isEmpty)
  }

  @Test func whatIsNotTakenIsCountedUntilABackfillHasTakenIt() throws {
    var engine = floor.engine()
    var batch = RowBatch()
    let id = rule.rule.detection.id
    for _ in 0..<2 {
      batch.notTaken = [RowsNotTaken(ruleID: id, rule: "X", rows: 2)]
      try engine.apply(batch, now: Scan.noon)
    }
    #expect(floor.ledger.contents.notTaken == [id: 4])
    try engine.noteBackfill(of: rule.planHash, now: Scan.noon)
    #expect(floor.ledger.contents.notTaken.isEmpty)
  }

  @Test func incidentRulesCountTheirRisk() throws {
    let incident = try #require(Floor.library.rule(named: "risk_threshold_24_hours")?.rule)
    let both = try Floor([try Floor.builtIn(), incident])
    let local = try Floor()
    try local.apply([[Scan(findings: (0..<3).map { Scan.Finding(name: "CVE-\($0)") })]])
    let rows = try local.rows.map { try JobRow($0, plan: rule.planHash, version: 1) }
    try apply(rows, to: both)
    var engine = both.engine()
    try both.settle(&engine, now: Scan.noon)
    #expect(both.rows.filter { $0.rule == incident.name }.map { $0.roles[.user] } == ["test"])
    var withdrawn = rows
    for index in withdrawn.indices {
      withdrawn[index].version = 2
      withdrawn[index].content = nil
    }
    try apply(withdrawn, to: both)
    engine = both.engine()
    try both.settle(&engine, now: Scan.noon)
    #expect(both.rows.isEmpty)
  }

  @Test func aRowWithoutRecordsIsItsOwnDrilldown() throws {
    try apply([try row(1, count: 7), try row(1, count: 2, user: "other")])
    let run = DrilldownRun(library: floor.ledger) { _ in nil }
    let result = try run.result(
      of: Drilldown(
        rule: rule.rule.name, name: "View the detection results for - \"$user$\"",
        tokens: ["user": "test"], earliest: Self.window.start, latest: Self.window.end,
        asOf: Scan.noon), rule: rule.rule)
    #expect(result.table.rows.count == 1)
    #expect(result.table.columns.prefix(3) == ["signature", "dest", "user"])
    #expect(result.table.value(0, "count") == .number(.whole(1)))
    #expect(result.table.value(0, "uri") == "https://example.com/CVE-1")
    #expect(result.note?.contains("as a job wrote them") == true)
  }
}

extension JobRow {
  /// A row as a job would write it that records here have made.
  init(_ row: ResultRow, plan: String, version: Int64, stands: Bool = true) throws {
    var content = RowContent(count: row.count, first: row.firstSeen, last: row.lastSeen)
    content.columns = row.columns
    content.values = row.values
    content.sample = row.sample
    content.marks = row.marks
    self.init(
      ruleID: row.ruleID, rule: row.rule, plan: plan, window: row.window,
      key: try GroupKey(decoding: row.key).values, version: version,
      content: stands ? content : nil)
  }
}
