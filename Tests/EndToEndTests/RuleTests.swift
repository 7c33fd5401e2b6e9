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
}
