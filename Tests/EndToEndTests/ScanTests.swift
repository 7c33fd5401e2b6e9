import Foundation
import Testing

@Suite(.timeLimit(.minutes(10))) struct TheScan {
  private let rule = ["--rule", "aws_ecr_container_scanning_findings_high"]

  /// The same record in every form that it comes in.
  private func envelopes() throws -> [String: Data] {
    let line = try Watchfloor.scanLine()
    let text = String(decoding: try JSONEncoder().encode(line), as: UTF8.self)
    let other = #"{"eventSource":"s3.amazonaws.com","eventName":"ListBuckets"}"#
    let texts = [
      "pretty.json": try Watchfloor.fixture("scan-of-104-findings.json"),
      "lines.ndjson": "\(other)\n\(line)\n\(other)\n",
      "records.json": " {\"count\": 2, \"Records\" : [\n\(other) ,\n \(line) ] }\n",
      "eventbridge.json":
        #"{"version":"0","detail-type":"AWS API Call via CloudTrail","detail":\#(line)}"#,
      "cloudwatch.json": #"{"logEvents":[{"id":"1","timestamp":1,"message":\#(text)}]}"#,
      "lookup.json": #"{"Events":[{"EventId":"1","CloudTrailEvent":\#(text)}]}"#,
      "export.json": #"{"preview":false,"result":{"_raw":\#(text)}}"#,
      "sns.json": #"{"Type":"Notification","Message":\#(text)}"#,
    ]
    return texts.mapValues { Data($0.utf8) }
  }

  @Test func everyEnvelopeGivesTheSameTwoRows() throws {
    let floor = try Watchfloor()
    let expected = try Watchfloor.fixture("scan-of-104-findings.rows.ndjson")
    for (name, data) in try envelopes() {
      let file = floor.logs.appending(path: name)
      try data.write(to: file)
      let printed = try floor.run(
        ["scan"] + rule + ["--exact", "--format", "ndjson", file.path()])
      #expect(printed.output == expected, "\(name)")
      #expect(printed.status == 0)
      #expect(printed.errors == "")
    }
    // All together are one record, told eight times.
    let printed = try floor.run(["scan"] + rule + ["--format", "ndjson", floor.logs.path()])
    #expect(printed.output == expected)
  }

  /// Threads that make rows wait for who reads them, and go on.
  @Test func aReaderThatIsSlowGetsEveryRowInOrder() throws {
    let floor = try Watchfloor()
    for number in 0..<6 {
      let names = (0..<1_000).map { "CVE-\(number)-\(1_000 + $0)" }
      let record = ScanRecord(
        id: "r\(number)", findings: Dictionary(uniqueKeysWithValues: names.map { ($0, "HIGH") }))
      try floor.append(try record.line, to: "a.ndjson")
    }
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    let program = try TerminalSession.built("watchfloor")
    process.arguments =
      [
        "-c", "\"$0\" scan \"$@\" | (sleep 1; cat) > \"$HOME/rows\"", program,
      ] + rule + ["--format", "ndjson", floor.logs.path()]
    process.environment = ["HOME": floor.folder.path(), "PATH": "/usr/bin:/bin"]
    try process.run()
    process.waitUntilExit()
    let rows = try String(contentsOf: floor.folder.appending(path: "rows"), encoding: .utf8)
      .split(separator: "\n")
    #expect(rows.count == 6_000)
    let names = rows.compactMap { $0.firstMatch(of: /CVE-\d-\d{4}/).map { String($0.output) } }
    #expect(names == names.sorted() && Set(names).count == 6_000)
  }

  @Test func whatIsUnusualIsMarkedUnlessTheRowsAreToBeExact() throws {
    let floor = try Watchfloor()
    var lines: [String] = []
    for (id, finding, change) in [
      ("a", "CVE-1", { $0.replacing("\"readOnly\"", with: "\"eventType\":\"x\",\"readOnly\"") }),
      ("b", "CVE-2", { $0.replacing("\"awsRegion\"", with: "\"addendum\":{},\"awsRegion\"") }),
      ("c", "CVE-3", { $0.replacing("2026-03-04", with: "2026-03-05") }),
      ("d", "CVE-4", { $0 }), ("d", "CVE-5", { $0 }), ("e", "CVE-6", { $0 + $0 }),
    ] as [(String, String, (String) -> String)] {
      lines.append(change(try ScanRecord(id: id, findings: [finding: "HIGH"]).line))
    }
    try floor.append(lines.joined(), to: "a.ndjson")
    let arguments =
      ["scan"] + rule + ["--now", "2026-03-04T12:00Z", "--format", "ndjson", floor.logs.path()]
    let marked = try floor.run(arguments).output.split(separator: "\n")
    let expected = [
      ("CVE-1", "dup-key"), ("CVE-2", "addendum to another record"), ("CVE-3", "from the future"),
      ("CVE-4", "another record bears the same eventID"),
      ("CVE-5", "another record bears the same eventID"),
    ]
    for (finding, mark) in expected {
      let row = marked.first { $0.contains("\"\(finding)\"") }
      #expect(row?.contains("\"watchfloor_marks\":\"\(mark)\"") == true, "\(finding)")
    }
    let copied = marked.first { $0.contains("\"CVE-6\"") }
    #expect(copied?.contains("watchfloor_marks") == false)
    #expect(copied?.contains("\"count\":1,") == true)
    let exact = try floor.run(arguments + ["--exact"]).output
    #expect(exact.contains("CVE-6") && !exact.contains("watchfloor_marks"))
  }

  @Test func gzipIsReadAsItIs() throws {
    let floor = try Watchfloor()
    let file = floor.logs.appending(path: "records.json")
    try Data(#"{"Records":[\#(try Watchfloor.scanLine())]}"#.utf8).write(to: file)
    let gzip = try Process.run(URL(filePath: "/usr/bin/gzip"), arguments: [file.path()])
    gzip.waitUntilExit()
    let printed = try floor.run(
      ["scan"] + rule + ["--exact", "--format", "ndjson", floor.logs.path()])
    #expect(printed.output == (try Watchfloor.fixture("scan-of-104-findings.rows.ndjson")))
  }

  @Test func badRecordsAreCountedAndCostOnlyThemselves() throws {
    let floor = try Watchfloor()
    let line = try Watchfloor.scanLine()
    try floor.append("\(line.prefix(300))\n-- MARK --\n\(line)\n", to: "a.ndjson")
    let printed = try floor.run(["scan"] + rule + ["--format", "csv", floor.logs.path()])
    #expect(printed.output.contains("CVE-2031-10013"))
    #expect(printed.errors.contains("2 records could not be read"))
    #expect(printed.status == 0)
  }

  @Test func whatIsMissingIsSaidAndFails() throws {
    let floor = try Watchfloor()
    let nowhere = try floor.run(["scan", "/nowhere/at/all"])
    #expect(nowhere.status == 1)
    #expect(nowhere.errors.contains("/nowhere/at/all"))
    let rule = try floor.run(
      ["scan", "--rule", "aws_ecr_container_scaning_findings_high", floor.logs.path()])
    #expect(rule.status == 1)
    #expect(rule.errors.contains("did you mean"))
  }

  @Test func wrongUseIsTwoAndShowsTheWay() throws {
    let floor = try Watchfloor()
    for arguments in [["scan"], ["scan", "--format", "xml", "."], ["--no-such-option"]] {
      #expect(try floor.run(arguments).status == 2, "\(arguments)")
    }
    let swapped = try floor.run(["--exact", "scan", "logs"])
    #expect(swapped.status == 2)
    #expect(swapped.errors.contains("watchfloor scan --exact logs"))
    #expect(try floor.run(["scan", "--help"]).output.contains("watchfloor scan AWSLogs/"))
  }
}
