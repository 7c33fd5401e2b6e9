import Foundation
import Testing

/// What becomes of rules that are switched, written and edited around a running program.
@Suite(.timeLimit(.minutes(10))) struct RulesOfTheUser {
  private static let medium = "aws_ecr_container_scanning_findings_medium"

  /// A floor that has read the scan with 104 findings, and runs no more.
  private func floor() throws -> Watchfloor {
    let floor = try Watchfloor()
    try floor.append(try Watchfloor.scanLine() + "\n", to: "scan.json")
    let session = try floor.dashboard()
    session.wait(for: "HIGH 2")
    session.type("q")
    #expect(session.waitForEnd() == .code(0))
    return floor
  }

  private func line(
    _ rule: String, _ arguments: [String] = [], on floor: Watchfloor
  ) throws -> [String: Any] {
    let printed = try floor.run(
      ["rules", "--state", floor.state.path(), "--format", "ndjson"] + arguments)
    #expect(printed.status == 0, "\(printed.errors)")
    let lines = try printed.output.split(separator: "\n").compactMap {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }
    return try #require(
      lines.first { ($0["file"] as? String)?.hasSuffix(rule + ".yml") == true })
  }

  @Test func aRuleThatIsTurnedOnReadsOldLogsOnceHoweverOftenItIsAsked() throws {
    let floor = try floor()
    #expect(try line(Self.medium, on: floor)["state"] as? String == "off")
    #expect(try line(Self.medium, ["--on", Self.medium], on: floor)["state"] as? String == "on")
    for _ in 1...2 {
      let printed = try floor.run(["backfill", "--state", floor.state.path(), Self.medium])
      #expect(printed.status == 0, "\(printed.errors)")
    }
    let found = try line(Self.medium, on: floor)
    #expect(found["rows"] as? Int == 14)
    #expect(found["records"] as? Int == 1)
    #expect(found["since"] == nil)
    #expect(try line(Self.medium, ["--off", Self.medium], on: floor)["state"] as? String == "off")
  }

  @Test func anEditThatCannotRunLeavesTheRuleRunning() throws {
    let floor = try Watchfloor()
    let rules = floor.folder.appending(path: "rules")
    try FileManager.default.createDirectory(at: rules, withIntermediateDirectories: true)
    let file = rules.appending(path: "mine.yml")
    func write(_ stages: String) throws {
      let text = """
        name: Mine
        id: mine-1
        type: Hunting
        search: '`cloudtrail` | \(stages) by user_name'

        """
      try Data(text.utf8).write(to: file, options: .atomic)
    }
    try write("stats count")
    let session = try floor.dashboard(["--rules", rules.path()])
    session.wait(for: "repositories 0")
    try write("stats cuont")
    session.wait(for: "'mine.yml' cannot run as it is now")
    try floor.append(try Watchfloor.scanLine() + "\n", to: "scan.json")
    session.wait(for: "CVE-2031-10013")
    session.type("q")
    #expect(session.waitForEnd() == .code(0))
    try write("stats count")
    let found = try line("mine", ["--rules", rules.path()], on: floor)
    #expect(found["state"] as? String == "on")
    #expect(found["rows"] as? Int == 1)
  }

  /// Tables beside rules, a table that a rule writes, and a restart between two hours.
  @Test func rulesReadAndWriteTables() throws {
    let floor = try Watchfloor()
    let rules = floor.folder.appending(path: "rules")
    let lookups = rules.appending(path: "lookups")
    try FileManager.default.createDirectory(at: lookups, withIntermediateDirectories: true)
    let text = """
      name: First read
      id: first-1
      type: Anomaly
      search: |-
        `cloudtrail` eventName=DescribeImageScanFindings
        | stats min(_time) as first by user_name
        | lookup teams.csv user as user_name OUTPUT team
        | inputlookup append=t readers
        | stats min(first) as first values(team) as team by user_name
        | outputlookup readers
        | addinfo | where first >= info_min_time
      rba: {message: m, risk_objects: [{field: user_name, type: user, score: 10}]}
      """
    try Data(text.utf8).write(to: rules.appending(path: "first.yml"))
    let check = ["check", rules.appending(path: "first.yml").path()]
    let without = try floor.run(check)
    #expect(without.status == 1)
    #expect(without.output.contains("whose first line is: user,team"), "\(without.output)")
    try Data("user,team\nana,blue\n".utf8).write(to: lookups.appending(path: "teams.csv"))
    for (number, hour) in ["09", "11"].enumerated() {
      var record = ScanRecord(id: "e\(number)", time: "2026-03-04T\(hour):00:00Z")
      record.user = "ana"
      try floor.append(try record.line, to: "scan.ndjson")
      let session = try floor.dashboard(["--rules", rules.path()])
      session.wait(for: "CVE-2026-21001")
      session.type("q")
      #expect(session.waitForEnd() == .code(0))
      let found = try line("first", ["--rules", rules.path()], on: floor)
      #expect(found["records"] as? Int == number + 1)
      #expect(found["rows"] as? Int == 1, "the second reading is not the first")
    }
    let table = try floor.run([
      "search", "--state", floor.state.path(), "--rules", rules.path(), "--format", "csv",
      "| inputlookup readers | table user_name team",
    ])
    #expect(table.output == "user_name,team\r\nana,blue\r\n", "\(table.errors)")
  }
}
