import DetectionEngine
import Detections
import Diagnostics
import Events
import Findings
import Testing

@Suite("Rules in the engine")
struct EngineRuleTests {
  private func rule(_ search: String, sidecar: String? = nil, rest: String = "") throws -> Rule {
    try Floor.rule(
      "name: A rule\nid: r-1\ntype: TTP\nsearch: '\(search)'\n\(rest)", sidecar: sidecar)
  }

  @Test func aRowThatNoLongerQualifiesIsWithdrawnWithItsRisk() throws {
    let rule = try rule(
      "`cloudtrail` | stats count by user_name | search count<3",
      rest: """
        rba:
          message: few by $user_name$
          risk_objects: [{field: user_name, type: user, score: 7}]
        """)
    let floor = try Floor([rule])
    var engine = floor.engine()
    func scan(_ id: String) throws -> Changes {
      try engine.apply(
        RowBatch([Scan(eventID: id)], rules: floor.rules), now: Scan.noon + 86400)
      return try #require(try engine.evaluateWindow(now: Scan.noon + 86400))
    }
    _ = try scan("1")
    #expect(try scan("2").withdrawn.isEmpty)
    #expect(floor.rows.count == 1)
    #expect(floor.risk(of: "test") == 7)
    let id = try #require(floor.rows.first).id
    #expect(try scan("3").withdrawn == [id])
    #expect(floor.rows.isEmpty)
    #expect(floor.risk(of: "test") == 0)
    #expect(try scan("4").withdrawn.isEmpty)
    #expect(engine.counters.values.map(\.rows) == [0])
  }

  @Test func aRowTakesItsRiskAlongToAnotherUser() throws {
    let incident = try Floor.rule(
      """
      name: Risky
      id: risky
      type: Correlation
      search: '| from datamodel Risk.All_Risk | stats sum(risk_score) as risk by risk_object'
      """)
    let newest = try rule(
      "`cloudtrail` | stats count latest(user_name) as user by dest",
      rest: "rba: {message: m, risk_objects: [{field: user, type: user, score: 7}]}")
    let floor = try Floor([newest, incident])
    var engine = floor.engine()
    for (id, user, second) in [("1", "a", Int64(0)), ("2", "b", 5), ("3", nil, 9)] {
      let scan = Scan(eventID: id, time: Scan.noon + second, user: user)
      try engine.apply(RowBatch([scan], rules: floor.rules), now: Scan.noon + 10)
      try floor.settle(&engine, now: Scan.noon + 10)
    }
    #expect(floor.risk(of: "a") == 0)
    #expect(floor.risk(of: "b") == 7)
    #expect(floor.rows.filter { $0.rule == "Risky" }.map(\.identity) == [["b"]])
  }

  @Test func aRowThatMayStopQualifyingWaitsForItsWindowToClose() throws {
    let floor = try Floor([
      try rule(
        "`cloudtrail` | stats count by user_name | search count<3",
        rest: "rba: {message: m, risk_objects: [{field: user_name, type: user, score: 7}]}")
    ])
    let end = Window(containing: Scan.noon).end
    let scans = [
      Scan(eventID: "1"), Scan(eventID: "2"), Scan(eventID: "3", user: "other"),
      Scan(eventID: "4", user: "many"), Scan(eventID: "5", user: "many"),
      Scan(eventID: "6", user: "many"),
    ]
    for scan in scans { try floor.apply([[scan]], now: end) }
    #expect(floor.rows.isEmpty)
    var engine = floor.engine()
    #expect(try engine.evaluateWindow(now: end + 600) == nil)
    #expect(try engine.evaluateWindow(now: end + 601)?.rows.count == 2)
    #expect(floor.risk(of: "test") == 7)
    #expect(floor.risk(of: "other") == 7)
    #expect(floor.risk(of: "many") == 0)
    #expect(engine.counters.values.map(\.rows) == [2])
    let commits = floor.ledger.contents.commits
    #expect(try engine.evaluateWindow(now: end + 700) == nil)
    #expect(floor.ledger.contents.commits == commits)
    try engine.apply(RowBatch([Scan(eventID: "7")], rules: floor.rules), now: end + 800)
    try floor.settle(&engine, now: end + 800)
    #expect(floor.risk(of: "test") == 0)
  }

  @Test func whichRowsLastIsReadFromTheSearch() throws {
    let lasting = [
      "stats count by a", "stats count by a | search count>5",
      "stats dc(x) as n by a | search n>=2",
      "stats count as c by a | rename c as n | search n>2", "search a<5",
      "stats count min(_time) as t by a | convert ctime(t)",
    ]
    let passing = [
      "stats count by a | search count<3", "stats count by a | search NOT count>3",
      "stats count by a | search count=3", "stats max(x) as x by a | search x=1",
      "stats values(x) as x by a | search NOT x=1", "stats count by a | search a=b OR count<3",
      "stats count as c by a | rename c as n | search n<2",
      "stats count by a | convert ctime(count) | search count>5",
    ]
    // These rows stand for good too, which is not looked into: to wait is slower, never wrong.
    let cautious = [
      "stats count by a | search a=b NOT count<3", "stats values(x) as x by a | search x=1",
    ]
    for stages in lasting {
      #expect(try !EngineRule(rule("`cloudtrail` | \(stages)")).waitsForClose, "\(stages)")
    }
    for stages in passing + cautious {
      #expect(try EngineRule(rule("`cloudtrail` | \(stages)")).waitsForClose, "\(stages)")
    }
    #expect(try !EngineRule(Floor.builtIn()).waitsForClose)
  }

  @Test func aRuleWithoutASidecarUsesItsColumnsAndItsKey() throws {
    let floor = try Floor([
      try rule("`cloudtrail` | rename user_name as user | stats count by user dest")
    ])
    try floor.apply([[Scan()]])
    let row = try #require(floor.rows.first)
    #expect(row.roles == [.user: "test"])
    #expect(row.identity == ["test", "ecr.amazonaws.com"])
    #expect(floor.ledger.contents.riskEvents.isEmpty)
  }

  @Test func aRuleWithoutStatsHasARowForEachRecordAndOutputRow() throws {
    let floor = try Floor([
      try rule(
        "`cloudtrail` | spath path=responseElements.imageScanFindings.findings{} output=f "
          + "| mvexpand f")
    ])
    let scans = [Scan(eventID: "1"), Scan(eventID: "2"), Scan(eventID: "2")]
    try floor.apply([scans])
    #expect(floor.rows.count == 4)
    #expect(Set(floor.rows.map(\.id)).count == 4)
  }

  @Test func huntingRaisesNoRisk() throws {
    let text = """
      name: H
      id: h-1
      type: Hunting
      search: '`cloudtrail` | stats count by user_name'
      rba: {message: m, risk_objects: [{field: user_name, type: user, score: 7}]}
      """
    let floor = try Floor([try Floor.rule(text)])
    try floor.apply([[Scan()]])
    #expect(floor.rows.count == 1)
    #expect(floor.ledger.contents.riskEvents.isEmpty)
  }

  @Test func aNullRiskObjectRaisesNoneAndANullInTheMessageIsADash() throws {
    let text = """
      name: R
      id: r-2
      type: Anomaly
      search: '`cloudtrail` | stats count values(user_name) as user by dest'
      rba:
        message: $user$ at $dest$ for $$5 and $nothing$
        risk_objects:
          - {field: user, type: user, score: 7}
          - {field: dest, type: system, score: 3}
        threat_objects: [{field: dest, type: host}]
      """
    let floor = try Floor([try Floor.rule(text)])
    try floor.apply([[Scan(user: nil)]])
    let events = floor.ledger.contents.riskEvents.values
    #expect(events.map(\.object) == ["ecr.amazonaws.com"])
    #expect(events.first?.message == "- at ecr.amazonaws.com for $$5 and -")
    #expect(events.first?.fields["threat_object"] == "ecr.amazonaws.com")
    #expect(events.first?.fields["threat_object_type"] == "host")
    try floor.apply([[Scan(eventID: "2", user: "a"), Scan(eventID: "3", user: "b")]])
    #expect(floor.risk(of: "a") == 7)
    #expect(floor.risk(of: "b") == 7)
    #expect(floor.ledger.contents.riskEvents.count == 3)
  }

  @Test func marksOfTheReaderAreMarksOfTheRow() throws {
    let floor = try Floor()
    var engine = floor.engine()
    let batch = RowBatch([Scan()], rules: floor.rules, marks: ["dup-key"])
    try engine.apply(batch, now: Scan.noon)
    #expect(floor.rows.map(\.marks) == [["dup-key"], ["dup-key"]])
  }

  @Test func whatCannotBeFollowedLiveIsRefused() throws {
    let raising = "rba: {message: m, risk_objects: [{field: user, type: user, score: 7}]}"
    let cases = [
      (
        "index=risk | stats count by risk_object | outputlookup seen", "", "risk-to-table"
      ),
      ("index=notable | stats count by user", "", "not-over-records"),
      ("| makeresults | stats count by user", "", "not-over-records"),
      ("index=risk | stats count by user", raising, "not-over-records"),
      ("| from datamodel Risk.All_Risk | stats count by user", raising, "not-over-records"),
    ]
    for (search, rest, code) in cases {
      let rule = try rule(search, rest: rest)
      do {
        _ = try EngineRule(rule)
        Issue.record("accepted: \(search)")
      } catch {
        #expect(error.diagnostics.map(\.code).joined(separator: " ") == code, "\(search)")
      }
    }
  }

  @Test func whatNothingDocumentsOrNobodyHasDataForIsRefusedWithTheReason() throws {
    let cases = [
      ("stats count by user_name | anomalydetection count", "probability of a row"),
      ("transaction user_name startswith=\"a\"", "which transaction an event belongs to"),
      ("iplocation src", "iplocation"),
      ("stats count by src | append [search `cloudtrail` | iplocation src]", "iplocation"),
    ]
    for (stages, reason) in cases {
      let rule = try rule("`cloudtrail` | \(stages)")
      do {
        _ = try EngineRule(rule)
        Issue.record("accepted: \(stages)")
      } catch {
        #expect(error.diagnostics.count == 1, "\(stages)")
        #expect(error.diagnostics.first?.message.contains(reason) == true, "\(error)")
      }
    }
  }

  @Test func aRuleThatReadsRiskAndRaisesNoneIsAnIncidentRule() throws {
    for search in [
      "index=risk | stats count by risk_object",
      "| from datamodel Risk.All_Risk | stats count by risk_object",
    ] {
      let incident = try EngineRule(rule(search))
      #expect(incident.isIncident)
      #expect(RuleSet([incident]).needles.isEmpty, "no record is read for it: \(search)")
    }
    #expect(try !EngineRule(Floor.builtIn()).isIncident)
  }

  @Test func stateIsNamedByWhatTheRuleDoes() throws {
    let one = try EngineRule(rule("`cloudtrail` | stats count by dest"))
    let respelled = try EngineRule(rule("`cloudtrail`   |  stats count BY dest"))
    let edited = try EngineRule(rule("`cloudtrail` | stats count by user_name"))
    let keeping = try EngineRule(
      rule("`cloudtrail` | stats count by dest", sidecar: "keep_null: [dest]\n"))
    #expect(one.planHash == respelled.planHash)
    #expect(Set([one, edited, keeping].map(\.planHash)).count == 3)
  }

  @Test func hitsOfARuleThatIsOffArePassedOver() throws {
    let floor = try Floor()
    let other = try Floor([try rule("`cloudtrail` | stats count by dest")])
    var engine = floor.engine()
    let changes = try engine.apply(RowBatch([Scan()], rules: other.rules), now: Scan.noon)
    #expect(changes.rows.isEmpty && changes.seen.isEmpty)
    engine.use(other.rules)
    #expect(
      try engine.apply(RowBatch([Scan()], rules: other.rules), now: Scan.noon).rows.count == 1)
  }

  @Test func damagedStateNamesTheRule() throws {
    let floor = try Floor()
    try floor.apply([[Scan()]])
    floor.ledger.cutGroups()
    var engine = floor.engine()
    #expect(throws: EngineProblem.self) {
      try engine.apply(RowBatch([Scan(eventID: "2")], rules: floor.rules), now: Scan.noon)
    }
  }

  @Test func paneRolesAreThoseThatSidecarsKnow() {
    #expect(Set(Sidecar.paneRoles) == Set(PaneRole.allCases.map(\.rawValue)))
  }
}
