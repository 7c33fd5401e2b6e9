import DetectionEngine
import Detections
import Events
import Findings
import Testing

@Suite("Incident rules")
struct IncidentTests {
  private func incident(_ name: String) throws -> Rule {
    try #require(Floor.library.rule(named: name)?.rule)
  }

  private func findings(_ count: Int) -> [Scan.Finding] {
    (0..<count).map { Scan.Finding(name: "CVE-\($0)") }
  }

  @Test func riskOfMoreThan100In24HoursIsAnIncident() throws {
    let rules = [try Floor.builtIn(), try incident("risk_threshold_24_hours")]
    for (count, risk) in [(2, 100), (3, 150), (5, 250)] {
      let floor = try Floor(rules)
      var engine = floor.engine()
      let scan = Scan(findings: findings(count))
      try engine.apply(RowBatch([scan], rules: floor.rules), now: Scan.noon)
      #expect(floor.risk(of: "test") == risk)
      #expect(try engine.evaluateIncidents(now: Scan.noon))
      let incidents = floor.rows.filter { $0.rule == rules[1].name }
      #expect(incidents.count == (risk > 100 ? 1 : 0), "risk \(risk)")
      #expect(incidents.allSatisfy { $0.roles[.user] == "test" })
      #expect(
        incidents.map { $0.roles[.severity] }
          == (risk > 100 ? [risk >= 250 ? "high" : "medium"] : []))
      #expect(floor.risk(of: "test") == risk, "an incident raises no risk")
      #expect(try !engine.evaluateIncidents(now: Scan.noon))
    }
  }

  @Test func riskAddsUpOver24HoursAndNoLonger() throws {
    let rules = [try Floor.builtIn(), try incident("risk_threshold_24_hours")]
    for (hours, isIncident) in [(1, true), (22, true), (24, false), (30, false)] {
      let floor = try Floor(rules)
      var engine = floor.engine()
      let later = Scan.noon + Int64(hours * 3600)
      let scans = [Scan(eventID: "1"), Scan(eventID: "2", time: later, repository: "other")]
      try engine.apply(RowBatch(scans, rules: floor.rules), now: later)
      try engine.evaluateIncidents(now: later)
      let incidents = floor.rows.filter { $0.rule == rules[1].name }
      #expect(!incidents.isEmpty == isIncident, "\(hours) hours")
    }
  }

  @Test func anIncidentWhoseRiskIsWithdrawnIsWithdrawnToo() throws {
    let passing = try Floor.rule(
      """
      name: Few
      id: few
      type: Anomaly
      search: '`cloudtrail` | stats count by user_name | search count<3'
      rba: {message: m, risk_objects: [{field: user_name, type: user, score: 101}]}
      """)
    let floor = try Floor([passing, try incident("risk_threshold_24_hours")])
    var engine = floor.engine()
    let later = Scan.noon + 86_400
    func incidents() throws -> Int {
      try engine.evaluateIncidents(now: later)
      return floor.rows.filter { $0.rule.hasPrefix("Risk Threshold") }.count
    }
    try engine.apply(RowBatch([Scan(eventID: "1")], rules: floor.rules), now: later)
    while try engine.evaluateWindow(now: later) != nil {}
    #expect(try incidents() > 0)
    let more = [Scan(eventID: "2"), Scan(eventID: "3")]
    try engine.apply(RowBatch(more, rules: floor.rules), now: later)
    while try engine.evaluateWindow(now: later) != nil {}
    #expect(floor.risk(of: "test") == 0)
    #expect(try incidents() == 0)
  }

  @Test func threeTacticsByFourRulesAreAnIncident() throws {
    let techniques = Floor.library.techniques
    let known = ["T1204.003", "T1525", "T1078", "T1110", "T1190", "T1098", "T1537", "T1485"]
      .filter { techniques[$0] != nil }
    try #require(known.count >= 3)
    func rules(_ count: Int) throws -> [Rule] {
      try (0..<count).map { number in
        try Floor.rule(
          """
          name: Rule \(number)
          id: r-\(number)
          type: Anomaly
          search: '`cloudtrail` | stats count by user_name'
          rba: {message: m, risk_objects: [{field: user_name, type: user, score: 1}]}
          tags: {mitre_attack_id: [\(known[number % known.count])]}
          """)
      }
    }
    let incident = try incident("risk_att_ck_tactic_threshold_7_days")
    for (count, isIncident) in [(3, false), (4, true)] {
      let floor = try Floor(rules(count) + [incident])
      var engine = floor.engine()
      try engine.apply(RowBatch([Scan()], rules: floor.rules), now: Scan.noon)
      try engine.evaluateIncidents(now: Scan.noon)
      let found = floor.rows.filter { $0.rule == incident.name }
      #expect(!found.isEmpty == isIncident, "\(count) rules")
    }
  }
}
