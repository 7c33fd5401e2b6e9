import Foundation
import Testing

/// A scan of more rows than it may hold in memory.
@Suite(.timeLimit(.minutes(10))) struct TheScanOfManyRows {
  private let rule = ["--rule", "aws_ecr_container_scanning_findings_high"]

  private func floor(of records: Int = 40) throws -> Watchfloor {
    let floor = try Watchfloor()
    for number in 0..<records {
      let names = (0..<100).map { "CVE-\(number * 3 / 4)-\(1_000 + $0)" }
      let record = ScanRecord(
        id: "r\(number)", findings: Dictionary(uniqueKeysWithValues: names.map { ($0, "HIGH") }))
      // Each twice, as logs that were delivered again.
      try floor.append(try record.line, to: "a.ndjson")
      try floor.append(try record.line, to: "b.ndjson")
    }
    return floor
  }

  @Test func printsTheSameRowsAndLeavesNothingBehind() throws {
    let floor = try floor()
    for format in ["ndjson", "csv"] {
      for exact in [[], ["--exact"]] {
        let arguments = ["scan", "--format", format, floor.logs.path()] + rule + exact
        let whole = try floor.run(arguments + ["--memory", "1000"])
        let spilled = try floor.run(arguments + ["--memory", "0"])
        #expect(spilled.status == 0)
        #expect(spilled.output == whole.output)
        #expect(spilled.errors == whole.errors)
        #expect(whole.output.utf8.count { $0 == 0x0A } >= 3_000)
      }
    }
  }

  @Test func saysWhatMendsADiskThatIsFull() throws {
    let floor = try floor(of: 300)
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments =
      [
        "-c",
        "trap '' XFSZ; ulimit -f 64; \"$0\" scan --memory 0 --format ndjson \"$@\" >/dev/null",
        try TerminalSession.built("watchfloor"), floor.logs.path(),
      ] + rule
    let room = floor.folder.appending(path: "room")
    try FileManager.default.createDirectory(at: room, withIntermediateDirectories: true)
    process.environment = [
      "HOME": floor.folder.path(), "PATH": "/usr/bin:/bin", "TMPDIR": room.path(),
    ]
    let errors = Foundation.Pipe()
    process.standardError = errors
    try process.run()
    let data = try errors.fileHandleForReading.readToEnd() ?? Data()
    let told = String(decoding: data, as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 1)
    #expect(told.contains(room.path()) && told.contains("TMPDIR") && told.contains("--memory"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: room.path()).isEmpty)
  }
}
