import Foundation
import Glibc
import Testing

/// Following rows that a job wrote.
@Suite(.timeLimit(.minutes(10))) struct RowsOfAJob {
  /// A floor that has read records, each a finding of its own in an hour of its own.
  private func floorOfRecords(_ count: Int) throws -> Watchfloor {
    let floor = try Watchfloor()
    for number in 0..<count {
      let hour = String(number % 24 < 10 ? "0\(number % 24)" : "\(number % 24)")
      try floor.append(
        ScanRecord(
          id: "\(number)", time: "2026-03-04T\(hour):05:00Z", user: "user\(number % 3)",
          repository: "team/\(number % 5)", findings: ["CVE-2026-\(number)": "HIGH"]
        ).line, to: "trail.json")
    }
    let session = try headless(floor)
    _ = try floor.search("index=notable | stats count") { $0.contains("\"count\":\(count)}") }
    session.signal(SIGTERM)
    #expect(session.waitForEnd() == .code(0))
    return floor
  }

  private func headless(_ floor: Watchfloor) throws -> TerminalSession {
    let session = try TerminalSession(
      TerminalSession.built("watchfloor"),
      ["watch", "--headless", "--state", floor.state.path(), floor.logs.path()], on: floor)
    session.wait(for: "watchfloor: following")
    return session
  }

  private func contents(_ floor: Watchfloor) throws -> [String] {
    try ["index=notable", "index=risk"].map {
      try floor.search($0).split(separator: "\n").sorted().joined(separator: "\n")
    }
  }

  @Test func theyShowWhatReadingTheRecordsHereShows() throws {
    let records = try floorOfRecords(4)
    let rows = try Watchfloor()
    let job = try JobOutput(of: records)
    try rows.deliver(try job.lines(version: 1), as: "rows-1-a.jsonl")
    // What the job keeps for itself is not read, and what it keeps aside counts nowhere.
    try rows.deliver(["v1", "{"], as: "_spark_metadata/0")
    try rows.deliver([try ScanRecord(id: "late").line], as: "late/part-0.jsonl")
    try rows.deliver(
      [
        #"{"watchfloor_progress":1,"batch":1,"at":1772625600,"files":2,"records":4,"dead":1,"late":3,"newest":1772600700}"#
      ], as: "progress-1.json")
    let session = try rows.dashboard(["--now", "2026-03-04T12:00Z"])
    session.wait(for: "HIGH 4")
    #expect(try contents(rows) == contents(records))
    session.type("F")
    session.wait(for: "records 4")
    session.wait(for: "late 3")
    session.wait(for: "bad 1")
    session.wait(for: " progress ")
    session.wait(for: " rows ")
    session.type("\u{1B}")
    session.wait(for: "HIGH 4")
    try rows.deliver(try job.lines(version: 2, isWithdrawn: true), as: "deep/rows-2-b.jsonl")
    session.wait(for: "HIGH 0")
    session.type("q")
    #expect(session.waitForEnd() == .code(0))
    #expect(try rows.search("index=risk | stats count").contains("\"count\":0"))
  }

  @Test func recordsThatAJobKeptAreReadAsOurs() throws {
    let records = try floorOfRecords(1)
    let text = try ScanRecord(
      id: "0", time: "2026-03-04T00:05:00Z", user: "user0", repository: "team/0",
      findings: ["CVE-2026-0": "HIGH"]
    ).line
    let rows = try Watchfloor()
    let job = try JobOutput(of: records)
    try rows.deliverCompressed(
      try job.lines(version: 1, records: [text, "{}"]), as: "rows-1.jsonl")
    let session = try rows.dashboard(["--now", "2026-03-04T12:00Z"])
    session.wait(for: "HIGH 1")
    session.wait(for: "CVE-2026-0")
    for key in ["\t", "\t", "\r"] { try session.press(key) }
    session.wait(for: "window    2026-03-03 23:50")
    session.type("J")
    session.wait(for: "\"awsRegion\"")
    session.type("q")
    #expect(session.waitForEnd() == .code(0))
    let letters = try rows.run(["state", "--state", rows.state.path()])
    #expect(letters.output.contains(#"{"fact":"dead letters","value":1}"#), "\(letters.output)")
  }

  @Test func killsAmongTheFilesDoNotShow() throws {
    let records = try floorOfRecords(24)
    let job = try JobOutput(of: records)
    func deliver(_ order: [Int], to floor: Watchfloor, meanwhile: (Int) throws -> Void) throws {
      for (turn, version) in order.enumerated() {
        let lines = try job.lines(version: version, isWithdrawn: version == 5, count: version)
        try floor.deliver(lines, as: "rows-\(version)-\(turn).jsonl")
        try meanwhile(turn)
      }
    }
    let versions = Array(1...12)
    let calm = try Watchfloor()
    try deliver(versions, to: calm) { _ in }
    let disturbed = try Watchfloor()
    var session = try headless(disturbed)
    let order = versions.reversed() + [3, 12, 5]
    try deliver(order, to: disturbed) { turn in
      guard turn % 2 == 1 else { return }
      session.signal(SIGKILL)
      #expect(session.waitForEnd() == .signal(SIGKILL))
      session = try headless(disturbed)
    }
    let undisturbed = try headless(calm)
    let wanted = "\"sum(count)\":\(24 * 12)"
    for floor in [calm, disturbed] {
      let sum = try floor.search("index=notable | stats sum(count)") { $0.contains(wanted) }
      #expect(sum.contains(wanted))
    }
    #expect(try contents(disturbed) == contents(calm))
    for session in [session, undisturbed] {
      session.signal(SIGTERM)
      #expect(session.waitForEnd() == .code(0))
    }
  }

  @Test func aLineThatIsNoRowIsADeadLetterAndAStrangersRowIsNamed() throws {
    let records = try floorOfRecords(1)
    let job = try JobOutput(of: records)
    let rows = try Watchfloor()
    let stranger = try job.lines(version: 1)[0].replacing(JobOutput.ruleID, with: "no-such-rule")
    let wrong = try job.lines(version: 1)[0].replacing(#""version":1"#, with: #""version":"1""#)
    try rows.deliver(
      try job.lines(version: 1) + [stranger, wrong, #"{"a":"X"}"#], as: "rows-1.jsonl")
    let session = try rows.dashboard(["--now", "2026-03-04T12:00Z"])
    session.wait(for: "HIGH 1")
    session.type("F")
    session.wait(for: "2 dead letters")
    session.wait(for: "1 row not taken: no rule 'AWS ECR Container Scanning Findings High'")
    session.wait(for: "'version' of the row is not what it should be")
    session.type("q")
    #expect(session.waitForEnd() == .code(0))
    let scan = try rows.run(["scan", rows.logs.path()])
    #expect(scan.status == 0 && scan.output.isEmpty)
    #expect(scan.errors.contains("holds rows that a job wrote and no records"))
    let doctor = try rows.run(["doctor", "--format", "ndjson", rows.logs.path()])
    #expect(doctor.output.contains("rows of a job"), "\(doctor.output)")
  }
}
