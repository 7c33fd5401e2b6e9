import DetectionEngine
import Detections
import Events
import Findings
import Testing

@Suite("Drilldowns")
struct DrilldownRunTests {
  private let results = "View the detection results for - \"$user$\""
  private let risk = "View risk events for the last 7 days for - \"$user$\""
  private let window = Window(containing: Scan.noon)

  @Test func theDetectionsOwnResultsOfAUser() throws {
    let floor = try Floor()
    let scans = [Scan(), Scan(eventID: "2", user: "other")]
    try floor.apply([scans])
    let result = try run(results, user: "test", on: floor, scans)
    #expect(result.title == "View the detection results for - \"test\"")
    #expect(result.search == "%original_detection_search% | search  user = \"test\"")
    #expect(result.note == nil)
    #expect(result.table.columns.last == "lastTime")
    #expect(result.table.rows.map { $0[2] } == ["test", "test"])
    #expect(result.table.value(0, "finding_name") == "CVE-1")
  }

  @Test func recordsOutsideTheRowsWindowsAreLeftOut() throws {
    let floor = try Floor()
    let scans = [Scan(), Scan(eventID: "2", time: window.end)]
    try floor.apply([scans])
    let result = try run(results, user: "test", on: floor, scans)
    #expect(result.table.rows.count == 2)
    #expect(result.table.value(0, "count") == .number(.whole(1)))
  }

  @Test func theRiskOfSevenDays() throws {
    let floor = try Floor()
    let scans = [0, 1, 6, 7, 8].map { Scan(eventID: "\($0)", time: Scan.noon - $0 * 86400) }
    try floor.apply([scans])
    let result = try run(risk, user: "test", on: floor, scans)
    #expect(result.note == nil)
    #expect(
      result.table.columns == [
        "normalized_risk_object", "count", "firstTime", "lastTime", "Search Name",
        "Risk Message", "Analytic Stories", "Annotations", "ATT&CK Tactics",
      ])
    // Two risk events a day, and the moment seven days ago is still inside.
    #expect(
      result.table.rows == [
        [
          "test", .number(.whole(8)), "2026-03-03T12:00:00", "2026-03-10T12:00:00",
          "ESCU - AWS ECR Container Scanning Findings High - Rule",
          "Vulnerabilities with severity high found in repository payments/api",
          "Dev Sec Ops", .many(["Dev Sec Ops", "T1204.003"]), "Execution",
        ]
      ])
  }

  @Test func aHostileNameNeitherInjectsNorWidens() throws {
    let names = [
      "a\" | search *", "*", "t*", "\"", "$user$", "a\") OR user=(\"*", "test\" OR user=\"*",
      "| `cloudtrail`", "a\\", "%original_detection_search%", "test,other", "TEST\u{301}",
    ]
    let floor = try Floor()
    var scans = [Scan()]
    for (number, name) in names.enumerated() {
      scans.append(Scan(eventID: "n\(number)", user: name))
    }
    try floor.apply([scans])
    #expect(floor.rows.count == 2 * (names.count + 1))
    for name in names {
      for drilldown in [results, risk] {
        let result = try run(drilldown, user: name, on: floor, scans)
        #expect(result.note == nil, "\(name)")
        let isRisk = drilldown == risk
        #expect(result.table.rows.count == (isRisk ? 1 : 2), "\(name)")
        for row in result.table.rows { #expect(row[isRisk ? 0 : 2] == .string(name)) }
      }
    }
    for absent in ["nobody", "*nobody", "tes?", ""] {
      #expect(try run(results, user: absent, on: floor, scans).table.rows.isEmpty)
      #expect(try run(risk, user: absent, on: floor, scans).table.rows.isEmpty)
    }
  }

  @Test func cappedRecordsAreTold() throws {
    let floor = try Floor()
    let scans = (0..<1030).map {
      Scan(eventID: "\($0)", findings: [Scan.Finding(name: "CVE-1")])
    }
    try floor.apply([scans])
    let result = try run(results, user: "test", on: floor, scans)
    #expect(result.note == "showing 20 of 1,030 records")
    #expect(result.table.value(0, "count") == .number(.whole(20)))
  }

  @Test func whatIsCountedTwiceIsSaidAsCounted() throws {
    let floor = try Floor()
    let scans = (0..<30).map { Scan(eventID: "\($0)") }
    try floor.apply([scans])
    let result = try run(results, user: "test", on: floor, scans)
    #expect(result.note == "showing 40 of 60 that rows count, in 20 records that are kept")
  }

  @Test func aDrilldownThatCannotRunSaysWhy() throws {
    let floor = try Floor()
    let missing = try run("no such", user: "test", on: floor, [])
    #expect(missing.note?.contains("has no drilldown 'no such'") == true)
    let drilldown = Drilldown(
      rule: "", name: results, tokens: [:], earliest: window.start, latest: window.end,
      asOf: Scan.noon)
    let run = DrilldownRun(library: floor.ledger) { _ in nil }
    let unfilled = try run.result(of: drilldown, rule: Floor.builtIn())
    #expect(unfilled.note?.contains("user") == true)
    #expect(unfilled.note?.contains("^^^") == true)
    #expect(unfilled.table.rows.isEmpty)
  }

  private func run(
    _ name: String, user: String, on floor: Floor, _ scans: [Scan]
  ) throws -> DrilldownResult {
    let byHash = Dictionary(
      scans.map { ($0.identity.contentHash, $0) }, uniquingKeysWith: { first, _ in first })
    let run = DrilldownRun(library: floor.ledger) { byHash[$0.contentHash]?.event }
    let drilldown = Drilldown(
      rule: "AWS ECR Container Scanning Findings High", name: name, tokens: ["user": user],
      earliest: window.start, latest: window.end, asOf: Scan.noon)
    return try run.result(of: drilldown, rule: Floor.builtIn())
  }
}
