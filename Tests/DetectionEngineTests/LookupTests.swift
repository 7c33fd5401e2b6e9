import DetectionEngine
import Detections
import Diagnostics
import Events
import Findings
import Testing

@Suite("Lookup tables of rules")
struct LookupTests {
  private static let teams = TextFile(path: "x/teams.csv", text: "user,team\ntest,blue\nroot,red\n")
  private let later = Scan.noon + 30 * 86_400

  private func column(_ name: Text, of row: ResultRow) -> String? {
    row.columns.firstIndex(of: name).flatMap { row.values[$0].text?.string }
  }

  @Test func aRuleReadsTheUsersTableWithAndWithoutItsEnding() throws {
    for name in ["teams", "teams.csv"] {
      let floor = try Floor(
        Floor.rules(
          ["`cloudtrail` | lookup \(name) user as user_name OUTPUT team | stats count by team"],
          lookups: [Self.teams]))
      try floor.apply([[Scan()]])
      #expect(floor.rows.map { column("team", of: $0) } == ["blue"], "\(name)")
    }
  }

  @Test func aLookupAfterStatsIsReadAtOnceWhereItsColumnsAreNamed() throws {
    let rules = try Floor.rules(
      [
        "`cloudtrail` | stats count by user_name | lookup teams user as user_name OUTPUT team",
        "`cloudtrail` | stats count by user_name | lookup teams user as user_name",
      ], lookups: [Self.teams])
    let floor = try Floor(rules)
    try floor.apply([[Scan(user: "root")]])
    #expect(floor.rows.map { column("team", of: $0) } == ["red"])
  }

  @Test func aTableThatIsNotThereIsAskedForByFolderAndHeader() throws {
    let rule = try #require(
      try Floor.rules(["a=b | lookup teams.csv user as user_name OUTPUT team"]).first)
    do {
      _ = try EngineRule(rule)
      Issue.record("accepted")
    } catch {
      #expect(error.diagnostics.map(\.code) == ["unknown-lookup"])
      #expect(
        error.diagnostics.first?.help
          == "put a file teams.csv into lookups/ whose first line is: user,team")
    }
  }

  @Test func aColumnThatTheTableLacksIsNamed() throws {
    let rule = try #require(
      try Floor.rules(["a=b | lookup teams user OUTPUT teams"], lookups: [Self.teams]).first)
    do {
      _ = try EngineRule(rule)
      Issue.record("accepted")
    } catch {
      #expect(error.diagnostics.map(\.code) == ["unknown-lookup-column"])
      #expect(error.diagnostics.first?.help == "did you mean 'team'?")
    }
  }

  /// First seen: what a window finds is written, and is no news in the windows after it.
  private static let firstSeen =
    "`cloudtrail` | stats min(_time) as first by user_name | inputlookup known append=t "
    + "| stats min(first) as first by user_name | outputlookup known.csv | addinfo "
    + "| where first >= info_min_time"

  @Test func whatAWindowWritesIsReadByTheNext() throws {
    let floor = try Floor(Floor.rules([Self.firstSeen]))
    var engine = floor.engine()
    let scans = [("1", "a", 0), ("2", "a", 3600), ("3", "b", 3600), ("4", "b", 7200)].map {
      Scan(eventID: $0.0, time: Scan.noon + Int64($0.2), user: $0.1)
    }
    try engine.apply(RowBatch(scans, rules: floor.rules), now: Scan.noon)
    try floor.settle(&engine, now: Scan.noon)
    #expect(floor.rows.isEmpty, "no window has closed")
    try floor.settle(&engine, now: later)
    let found = floor.rows.map { (column("user_name", of: $0), $0.window.start - Scan.noon) }
    #expect(Set(found.map { "\($0.0 ?? "") \($0.1)" }) == ["a -600", "b 3000"])
    // The third window has nothing new to write.
    #expect(floor.ledger.contents.lookups["known"]?.count == 2)
  }

  @Test func aLateRecordChangesWhatLaterWindowsFind() throws {
    let floor = try Floor(Floor.rules([Self.firstSeen]))
    var engine = floor.engine()
    try engine.apply(
      RowBatch([Scan(eventID: "2", time: Scan.noon + 7200, user: "a")], rules: floor.rules),
      now: later)
    try floor.settle(&engine, now: later)
    #expect(floor.rows.map(\.window.start) == [Scan.noon + 6600])
    try engine.apply(RowBatch([Scan(eventID: "1", user: "a")], rules: floor.rules), now: later)
    try floor.settle(&engine, now: later)
    #expect(floor.rows.map(\.window.start) == [Scan.noon - 600])
    #expect(floor.risk(of: "a") == 10)
  }

  @Test func anotherRuleReadsWhatOneHasWrittenInTheWindowsBefore() throws {
    let floor = try Floor(
      Floor.rules([
        "`cloudtrail` user_agent=bad | stats count by user_name | outputlookup append=t marked",
        "`cloudtrail` user_agent=good | lookup marked user_name OUTPUT count as before "
          + "| where isnotnull(before) | stats count by user_name",
      ]))
    var engine = floor.engine()
    var mark = Scan(eventID: "1", user: "a")
    mark.userAgent = "bad"
    let uses = (0..<3).map { hour in
      var use = Scan(eventID: "u\(hour)", time: Scan.noon + Int64(hour * 3600), user: "a")
      use.userAgent = "good"
      return use
    }
    try engine.apply(RowBatch(uses, rules: floor.rules), now: later)
    try floor.settle(&engine, now: later)
    #expect(floor.rows.isEmpty)
    try engine.apply(RowBatch([mark], rules: floor.rules), now: later)
    try floor.settle(&engine, now: later)
    let found = floor.rows.filter { $0.rule == "r1" }
    #expect(Set(found.map { $0.window.start - Scan.noon }) == [3000, 6600])
  }

  @Test func theUsersFileIsWhatARuleBeginsWith() throws {
    let known = TextFile(path: "known.csv", text: "user_name,first\na,1\n")
    let floor = try Floor(Floor.rules([Self.firstSeen], lookups: [known]))
    var engine = floor.engine()
    let scans = [Scan(eventID: "1", user: "a"), Scan(eventID: "2", user: "b")]
    try engine.apply(RowBatch(scans, rules: floor.rules), now: later)
    try floor.settle(&engine, now: later)
    #expect(floor.rows.map { column("user_name", of: $0) } == ["b"])
  }

  @Test func namesOfADatamodelAreShortenedAsSplunkDoes() throws {
    let rule = try Floor.rule(
      """
      name: Short
      id: short
      type: Correlation
      search: '| tstats `security_content_summariesonly` sum(All_Risk.risk_score) as risk
        from datamodel=Risk.All_Risk by All_Risk.risk_object | `drop_dm_object_name("All_Risk")`'
      """)
    #expect(try RuleExplanation(rule).parts.contains { $0.lines == ["risk_object risk"] })
  }
}
