import Foundation
import Glibc
import Testing

/// What is said of a state and of the machine, and analysts' words on their way.
@Suite(.timeLimit(.minutes(10))) struct TheState {
  private static let now = ["--now", "2026-03-04T12:00Z"]

  /// What an analyst said of a finding, as a line of an export.
  private static let line = """
    {"at":1772625600,"by":"ana","comment":"known\\n\\u001b[2J","disposition":"Other",\
    "finding":"CVE-2026-1","finding_id":"00ff","identity":["111122223333","eu","r","CVE-2026-1"],\
    "owner":"ben","repository":"payments/api","status":"Closed","urgency":"low"}
    """

  /// A floor whose state holds two findings.
  private func filled() throws -> Watchfloor {
    let floor = try Watchfloor()
    try floor.append(
      ScanRecord(id: "one", findings: ["CVE-2026-1": "HIGH", "CVE-2026-2": "CRITICAL"]).line,
      to: "trail.json")
    let session = try floor.dashboard(Self.now)
    session.wait(for: "CVE-2026-2")
    session.type("q")
    #expect(session.waitForEnd() == .code(0))
    return floor
  }

  private func fact(_ name: String, _ output: String) -> String? {
    output.split(separator: "\n").first { $0.hasPrefix(#"{"fact":"\#(name)""#) }.map(String.init)
  }

  @Test func showTellsWhatIsKeptAndForWhom() throws {
    let floor = try filled()
    let run = try floor.run(["state", "--state", floor.state.path()])
    #expect(run.status == 0, "\(run.errors)")
    #expect(fact("findings", run.output) == #"{"fact":"findings","value":2}"#)
    #expect(fact("rows", run.output) == #"{"fact":"rows","value":2}"#)
    #expect(fact("written by", run.output)?.contains("nobody now") == true)
    #expect(fact("oldest window", run.output)?.contains("2026-03-04 11:50:00Z") == true)

    let session = try floor.dashboard(Self.now)
    session.wait(for: "CVE-2026-2")
    let other = try floor.run(["state", "--state", floor.state.path()])
    #expect(fact("written by", other.output)?.contains("process \(session.pid)") == true)
    let vacuum = try floor.run(["state", "vacuum", "--state", floor.state.path()])
    #expect(vacuum.status == 1 && vacuum.errors.contains("process \(session.pid) writes the state"))
  }

  @Test func vacuumKeepsEverything() throws {
    let floor = try filled()
    let file = floor.folder.appending(path: "in.ndjson").path()
    try (Self.line + "\n").write(toFile: file, atomically: true, encoding: .utf8)
    let state = ["--state", floor.state.path()]
    #expect(try floor.run(["state", "import-triage", file] + state).status == 0)
    let before = try floor.run(["state"] + state)
    let run = try floor.run(["state", "vacuum"] + state)
    #expect(run.status == 0 && run.output.contains("KiB after"))
    let after = try floor.run(["state"] + state)
    #expect(fact("rows", before.output) == fact("rows", after.output))
    let out = floor.folder.appending(path: "out.ndjson").path()
    #expect(try floor.run(["state", "export-triage", out] + state).status == 0)
    #expect(try object(try String(contentsOfFile: out, encoding: .utf8)) == object(Self.line))
  }

  /// A page that is damaged is met in mid-run: opening does not read it, the first commit does.
  @Test func aFollowerThatMeetsADamagedPageStopsAndNamesWhatMendsIt() throws {
    let floor = try filled()
    let file = floor.folder.appending(path: "in.ndjson").path()
    try (Self.line + "\n").write(toFile: file, atomically: true, encoding: .utf8)
    let imported = try floor.run(
      ["state", "import-triage", file, "--state", floor.state.path()])
    #expect(imported.status == 0, "\(imported.errors)")
    let database = floor.state.appending(path: "state.sqlite")
    var pages = try Data(contentsOf: database)
    var damaged = 0
    for start in stride(from: 4096, to: pages.count, by: 4096)
    where pages[start..<start + 4096].firstRange(of: Data("one".utf8)) != nil
      && pages[start] == 0x0a
    {
      pages[start] = 0xff
      damaged += 1
    }
    #expect(damaged > 0)
    try pages.write(to: database)
    try floor.append(
      ScanRecord(id: "two", findings: ["CVE-2026-3": "HIGH"]).line, to: "trail.json")
    let run = try floor.run(
      ["watch", "--headless", "--state", floor.state.path()] + Self.now + [floor.logs.path()])
    #expect(run.status == 1)
    for word in ["is damaged", "nothing more is written", "state export-triage", "import-triage"] {
      #expect(run.errors.contains(word), "\(run.errors)")
    }
    let saved = try floor.run(["state", "export-triage", "-", "--state", floor.state.path()])
    #expect(saved.output.contains("Closed"), "\(saved.errors)")
  }

  @Test func triageGoesFromOneStateToAnotherThatHasNotSeenTheFindings() throws {
    let line = Self.line
    let floor = try filled()
    let file = floor.folder.appending(path: "in.ndjson").path()
    try (line + "\n").write(toFile: file, atomically: true, encoding: .utf8)
    let state = ["--state", floor.state.path()]
    let first = try floor.run(["state", "import-triage", file] + state)
    #expect(
      first.output
        == "1 findings changed, 0 were so already; 1 have not been seen here yet\n",
      "\(first.errors)")
    let second = try floor.run(["state", "import-triage", file] + state)
    #expect(second.output.hasPrefix("0 findings changed, 1 were so already"))
    let out = floor.folder.appending(path: "out.ndjson").path()
    #expect(try floor.run(["state", "export-triage", out] + state).status == 0)
    let written = try String(contentsOfFile: out, encoding: .utf8)
    #expect(try object(written) == object(line))
    // A file that is there is left as it is.
    let again = try floor.run(["state", "export-triage", out] + state)
    #expect(again.status == 1 && again.errors.contains("cannot be made"))
  }

  private func object(_ text: String) throws -> NSDictionary? {
    try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary
  }

  @Test func aBadLineIsNamedAndNothingIsTaken() throws {
    let floor = try filled()
    let file = floor.folder.appending(path: "in.ndjson").path()
    for (line, problem) in [
      ("{}", "found no triage of a finding"),
      (
        #"{"finding_id":"00","identity":[],"status":"Done","disposition":"Other"}"#,
        "line 1: found 'Done' as a status, expected one of: Unassigned; New;"
      ),
      (
        #"{"finding_id":"zz","identity":[],"status":"New","disposition":"Other"}"#,
        "expected hexadecimal digits"
      ),
    ] {
      try line.write(toFile: file, atomically: true, encoding: .utf8)
      let run = try floor.run(["state", "import-triage", file, "--state", floor.state.path()])
      #expect(run.status == 1 && run.errors.contains(problem), "\(run.errors)")
    }
    let facts = try floor.run(["state", "--state", floor.state.path()])
    #expect(fact("findings triaged", facts.output) == #"{"fact":"findings triaged","value":0}"#)
  }

  @Test func theDoctorSaysWhatMendsWhatIsWrong() throws {
    let floor = try filled()
    let well = try floor.run(["doctor", "--state", floor.state.path(), floor.logs.path()])
    #expect(well.status == 0, "\(well.output)")
    #expect(well.output.contains(#""check":"database","state":"ok","found":"whole, in WAL mode""#))
    for name in ["terminal", "locale", "inotify watches", "file system", "clock", "rules", "space"]
    {
      #expect(well.output.contains(#"{"check":"\#(name)""#), "\(name)")
    }
    let rules = floor.folder.appending(path: "rules")
    try FileManager.default.createDirectory(at: rules, withIntermediateDirectories: true)
    try "name: Broken\nsearch: |-\n  `cloudtrail` | nonsense\n".write(
      to: rules.appending(path: "broken.yml"), atomically: true, encoding: .utf8)
    try floor.overwritePages()
    let ill = try floor.run(
      [
        "doctor", "--format", "table", "--state", floor.state.path(), "--rules", rules.path(),
        floor.logs.path(),
      ])
    #expect(ill.status == 1)
    #expect(ill.output.contains("fail  database"), "\(ill.output)")
    #expect(ill.output.contains("= help: watchfloor state export-triage"))
    #expect(ill.output.contains("fail  rules"))
    #expect(ill.output.contains("= help: watchfloor check '"))
  }
}

extension Watchfloor {
  /// Damages the database: every page but the first few.
  fileprivate func overwritePages() throws {
    let file = try FileHandle(forUpdating: state.appending(path: "state.sqlite"))
    let size = try file.seekToEnd()
    try file.seek(toOffset: 4096 * 8)
    try file.write(contentsOf: Data(repeating: 0xA5, count: Int(size) - 4096 * 8))
    try file.close()
  }
}
