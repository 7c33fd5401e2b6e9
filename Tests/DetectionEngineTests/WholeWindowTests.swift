import DetectionEngine
import Detections
import Events
import Findings
import Testing

/// Rules whose stages look at several rows.
@Suite("Rules over whole windows")
struct WholeWindowTests {
  private let end = Window(containing: Scan.noon).end

  private func floor(_ search: String) throws -> Floor { try Floor(Floor.rules([search])) }

  private func texts(_ floor: Floor, _ column: Text) -> [String] {
    floor.rows.map { row in
      row.columns.firstIndex(of: column).flatMap { row.values[$0].text?.string } ?? "-"
    }.sorted()
  }

  @Test func aRowThatStandsOutIsRaisedWhenItsWindowHasClosed() throws {
    let floor = try floor(
      "`cloudtrail` | stats count by user_name | eventstats avg(count) as usual "
        + "| where count > 2 * usual")
    var engine = floor.engine()
    let many = (0..<9).map { Scan(eventID: "m\($0)", user: "many") }
    for scan in many + ["a", "b", "c"].map({ Scan(eventID: $0, user: $0) }) {
      try engine.apply(RowBatch([scan], rules: floor.rules), now: end)
    }
    try floor.settle(&engine, now: end + 600)
    #expect(floor.rows.isEmpty)
    try floor.settle(&engine, now: end + 601)
    #expect(texts(floor, "user_name") == ["many"])
    #expect(texts(floor, "usual") == ["3"])
    #expect(floor.risk(of: "many") == 10)
    #expect(floor.rows.map(\.count) == [9])
    #expect(engine.counters.values.map(\.rows) == [1])
    let commits = floor.ledger.contents.commits
    try floor.settle(&engine, now: end + 700)
    #expect(floor.ledger.contents.commits == commits)
  }

  @Test func aLateRecordTakesARowBackWithItsRisk() throws {
    let floor = try floor("`cloudtrail` | stats count by user_name | sort - count | head 1")
    var engine = floor.engine()
    try engine.apply(
      RowBatch([Scan(eventID: "1", user: "a"), Scan(eventID: "2", user: "a")], rules: floor.rules),
      now: end)
    try floor.settle(&engine, now: end + 601)
    #expect(floor.risk(of: "a") == 10)
    let late = (0..<3).map { Scan(eventID: "late\($0)", user: "b") }
    try engine.apply(RowBatch(late, rules: floor.rules), now: end + 700)
    let changes = try #require(try engine.evaluateWindow(now: end + 700))
    #expect(changes.withdrawn.count == 1 && changes.rows.count == 1)
    #expect(floor.risk(of: "a") == 0)
    #expect(floor.risk(of: "b") == 10)
    #expect(engine.counters.values.map(\.rows) == [1])
  }

  @Test func rowsThatStayAreRaisedAtOnce() throws {
    for stages in ["sort - count", "eventstats sum(count) as all", "sort 0 user_name"] {
      let floor = try floor("`cloudtrail` | stats count by user_name | \(stages)")
      var engine = floor.engine()
      try engine.apply(RowBatch([Scan()], rules: floor.rules), now: Scan.noon)
      try floor.settle(&engine, now: Scan.noon)
      #expect(floor.rows.count == 1, "\(stages)")
    }
  }

  @Test func aWindowThatWaitsSurvivesARestart() throws {
    let floor = try floor("`cloudtrail` | stats count by user_name | dedup count")
    var engine = floor.engine()
    try engine.apply(
      RowBatch([Scan(eventID: "1", user: "a"), Scan(eventID: "2", user: "b")], rules: floor.rules),
      now: end)
    engine = floor.engine()
    try floor.settle(&engine, now: end + 601)
    #expect(texts(floor, "user_name") == ["a"])
  }

  @Test func aJoinedSubsearchSeesTheSameWindow() throws {
    let floor = try floor(
      "`cloudtrail` user_agent=first | table user_name "
        + "| join user_name [search `cloudtrail` user_agent=second | stats count by user_name]")
    var engine = floor.engine()
    var first = Scan(eventID: "1", user: "a")
    first.userAgent = "first"
    var second = Scan(eventID: "2", user: "a")
    second.userAgent = "second"
    var elsewhere = Scan(eventID: "3", time: Scan.noon + 7200, user: "a")
    elsewhere.userAgent = "first"
    try engine.apply(RowBatch([elsewhere, second, first], rules: floor.rules), now: end)
    try floor.settle(&engine, now: end + 3 * 7200)
    #expect(floor.rows.map(\.window) == [Window(containing: Scan.noon)])
    #expect(floor.rows[0].records.count == 2)
    #expect(floor.rows[0].count == 2)
  }

  @Test func aWindowsEndsAreKnownAfterStats() throws {
    let window = Window(containing: Scan.noon)
    for stages in ["addinfo", "sort 0 user_name | addinfo"] {
      let floor = try floor("`cloudtrail` | stats count by user_name | \(stages)")
      var engine = floor.engine()
      try engine.apply(RowBatch([Scan()], rules: floor.rules), now: Scan.noon)
      try floor.settle(&engine, now: Scan.noon)
      #expect(texts(floor, "info_min_time") == ["\(window.start.seconds)"], "\(stages)")
      #expect(texts(floor, "info_max_time") == ["\(window.end.seconds)"], "\(stages)")
    }
  }

  @Test func riskIsComparedByIncidentRulesToo() throws {
    let rules = try Floor.rules(["`cloudtrail` | stats count by user_name"])
    let incident = try Floor.rule(
      """
      name: Top
      id: top
      type: Correlation
      search: '| from datamodel Risk.All_Risk | stats sum(risk_score) as risk by risk_object
        | sort - risk | head 1'
      """)
    let floor = try Floor(rules + [incident])
    var engine = floor.engine()
    try engine.apply(
      RowBatch([Scan(eventID: "1", user: "a"), Scan(eventID: "2", user: "b")], rules: floor.rules),
      now: Scan.noon)
    try floor.settle(&engine, now: Scan.noon)
    #expect(floor.rows.filter { $0.rule == "Top" }.map(\.window) == [Window(containing: Scan.noon)])
  }
}
