import Foundation
import Testing

/// Suppressions from the dashboard to the commands that know them, and presence by scans, by the
/// real program.
@Suite(.timeLimit(.minutes(10))) struct WhatIsHiddenAndWhatIsGone {
  private let rule = "aws_ecr_container_scanning_findings_high"

  @Test func aSuppressionIsATermOfTheMacroUntilItIsLifted() throws {
    let floor = try Watchfloor()
    try floor.append(ScanRecord(id: "1").line, to: "a.json")
    let macros = floor.folder.appending(path: ".config/watchfloor/macros.yml")
    try FileManager.default.createDirectory(
      at: macros.deletingLastPathComponent(), withIntermediateDirectories: true)
    try "# mine\n- name: my_macro\n  definition: a=b\n".write(
      to: macros, atomically: true, encoding: .utf8)
    let session = try floor.dashboard(environment: ["HOME": floor.folder.path()])
    session.wait(for: "as of")
    session.type("\u{1B}[Z")
    session.wait(for: "CVE-2026-21001")
    session.type("z")
    session.wait(for: "Suppress")
    session.type("not reachable\r")
    session.wait(for: "in the rule's macro")
    let text = try String(contentsOf: macros, encoding: .utf8)
    #expect(text.hasPrefix("# mine\n- name: my_macro\n"))
    #expect(text.contains("reason: \"not reachable\""))
    let explained = try floor.run(["explain", rule])
    #expect(explained.output.contains("NOT"), "\(explained.errors)")
    let hidden = try floor.run(["scan", "--rule", rule, floor.logs.path()])
    #expect(!hidden.output.contains("CVE-2026-21001"))
    #expect(hidden.errors.contains("in force"))
    let out = floor.folder.appending(path: "out.ndjson").path()
    let state = ["--state", floor.state.path()]
    #expect(try floor.run(["state", "export-triage", out] + state).status == 0)
    #expect(try String(contentsOfFile: out, encoding: .utf8).contains(#""suppress":"finding=CVE"#))
    session.type("Z")
    session.wait(for: "not reachable")
    session.type("z")
    session.wait(for: "is shown again")
    session.type("q")
    #expect(session.waitForEnd() == .code(0))
    let left = try String(contentsOf: macros, encoding: .utf8)
    #expect(left == "# mine\n- name: my_macro\n  definition: a=b\n")
    let shown = try floor.run(["scan", "--rule", rule, floor.logs.path()])
    #expect(shown.output.contains("CVE-2026-21001"))
    // Taken over from a file, it hides again.
    let taken = try floor.run(["state", "import-triage", out] + state)
    #expect(taken.output.contains("1 suppression added"), "\(taken.errors)")
    let again = try floor.run(["state", "import-triage", out] + state)
    #expect(!again.output.contains("added"))
  }

  /// The dashboard, its focus in the list where the one finding stands.
  private func atTheFinding(
    of floor: Watchfloor, _ home: [String: String]
  ) throws -> TerminalSession {
    let session = try floor.dashboard(environment: home)
    session.wait(for: "as of")
    session.type("\u{1B}[Z")
    session.wait(for: "CVE-2026-21001")
    return session
  }

  @Test func undoTakesBackWhatAnEarlierRunHasHidden() throws {
    let floor = try Watchfloor()
    try floor.append(ScanRecord(id: "1").line, to: "a.json")
    let home = ["HOME": floor.folder.path()]
    let session = try atTheFinding(of: floor, home)
    session.type("z")
    session.wait(for: "Suppress")
    session.type("not reachable\r")
    session.wait(for: "in the rule's macro")
    session.type("q")
    #expect(session.waitForEnd() == .code(0))
    let next = try floor.dashboard(environment: home)
    next.wait(for: "1 row suppressed")
    next.type("U")
    next.wait(for: "is shown again")
    next.wait(for: "CVE-2026-21001")
    next.type("U")
    next.wait(for: "there is nothing of yours left to undo")
    next.type("q")
    #expect(next.waitForEnd() == .code(0))
  }

  @Test func undoHidesAgainWhatAnEarlierRunHasLifted() throws {
    let floor = try Watchfloor()
    try floor.append(ScanRecord(id: "1").line, to: "a.json")
    let home = ["HOME": floor.folder.path()]
    let macros = floor.folder.appending(path: ".config/watchfloor/macros.yml").path()
    let session = try atTheFinding(of: floor, home)
    session.type("z")
    session.wait(for: "Suppress")
    // Of every rule, until it is lifted.
    session.type("not reachable\t\t ")
    session.wait(for: "every rule")
    session.type("\r")
    session.wait(for: "and in the macros of ")
    let text = try String(contentsOfFile: macros, encoding: .utf8)
    #expect(text.contains(rule + "_filter") && text.contains("critical_filter"))
    session.type("Z")
    session.wait(for: "not reachable")
    session.type("z")
    session.wait(for: "is shown again")
    #expect(try String(contentsOfFile: macros, encoding: .utf8).isEmpty)
    session.type("q")
    #expect(session.waitForEnd() == .code(0))
    let next = try floor.dashboard(environment: home)
    next.wait(for: "as of")
    next.type("U")
    next.wait(for: "hidden again")
    next.wait(for: "1 row suppressed")
    next.type("q")
    #expect(next.waitForEnd() == .code(0))
    // What stands in the macros of many rules is one suppression.
    let last = try floor.dashboard(environment: home)
    last.wait(for: "1 row suppressed")
    last.type("Z")
    last.wait(for: "Suppressions ── 1 ──")
    last.type("U")
    last.wait(for: "is shown again")
    last.type("U")
    last.wait(for: "there is nothing of yours left to undo")
    last.type("q")
    #expect(last.waitForEnd() == .code(0))
  }

  /// A call of somebody to the registry, as CloudTrail writes it.
  private func call(
    _ name: String, hour: Int, request: String, response: String
  ) -> String {
    """
    {"eventVersion":"1.08","eventID":"\(name)\(hour)\(request.count)\(response.count)","eventTime":"2026-03-04T\(hour < 10 ? "0" : "")\(hour):40:00Z",\
    "awsRegion":"eu-central-1","eventSource":"ecr.amazonaws.com","eventName":"\(name)",\
    "eventType":"AwsApiCall","recipientAccountId":"111122223333","sourceIPAddress":"203.0.113.7",\
    "userAgent":"aws-cli","userIdentity":{"type":"IAMUser","userName":"ci","accountId":\
    "111122223333","arn":"arn:aws:iam::111122223333:user/ci"},"requestParameters":{\
    "repositoryName":"payments/api",\(request)},"responseElements":{\(response)}}

    """
  }

  private func scan(hour: Int, image: String, names: [String], of all: Int) -> String {
    let findings = names.map { #"{"name":"\#($0)","severity":"HIGH","description":"A flaw."}"# }
    return call(
      "DescribeImageScanFindings", hour: hour,
      request: #""imageId":{"imageDigest":"sha256:\#(image)"}"#,
      response: #""registryId":"111122223333","imageScanFindings":{"imageScanCompletedAt":"#
        + #""Mar 4, 2026, \#(hour):10:00 AM","findings":[\#(findings.joined(separator: ","))],"#
        + #""findingSeverityCounts":{"HIGH":\#(all)}}"#)
  }

  private func push(hour: Int, image: String) -> String {
    call(
      "PutImage", hour: hour, request: #""imageTag":"latest""#,
      response: #""image":{"registryId":"111122223333","imageId":{"#
        + #""imageDigest":"sha256:\#(image)","imageTag":"latest"}}"#)
  }

  @Test func whatTheNewestCompleteScanOfATagHasIsStillThere() throws {
    let floor = try Watchfloor()
    let lines = [
      push(hour: 9, image: "a1a1"),
      scan(hour: 10, image: "a1a1", names: ["CVE-1", "CVE-2"], of: 2),
      push(hour: 10, image: "b2b2"),
      scan(hour: 11, image: "b2b2", names: ["CVE-2", "CVE-3"], of: 2),
      scan(hour: 11, image: "c3c3", names: ["CVE-4"], of: 312),
    ]
    for (index, line) in lines.enumerated().reversed() {
      try floor.append(line, to: "\(index).json")
    }
    let frame = try floor.run([
      "frame", "--view", "repository:payments/api", "--size", "160x36", "--now",
      "2026-03-04T13:00Z", floor.logs.path(),
    ])
    func line(_ name: String) -> String {
      frame.output.split(separator: "\n").first { $0.contains(name) }.map(String.init) ?? ""
    }
    #expect(line("CVE-1 ").contains(" gone "), "\(frame.output)\(frame.errors)")
    #expect(line("CVE-2 ").contains(" yes "))
    #expect(line("CVE-3 ").contains(" new "))
    #expect(line("CVE-4 ").contains(" 1 of 312 "))
    #expect(line("b2b2").contains("latest"))
    let image = try floor.run([
      "frame", "--view", "image:sha256:b2b2", "--size", "160x36", "--now", "2026-03-04T13:00Z",
      floor.logs.path(),
    ])
    #expect(image.output.contains("pushed by ci as latest"))
    #expect(image.output.contains("findings seen 2 of 2"))
  }

  @Test func aViewOfWhatIsNotThereIsRefusedWithTheNamesThatAre() throws {
    let floor = try Watchfloor()
    try floor.append(ScanRecord(id: "1").line, to: "a.json")
    let run = try floor.run(["frame", "--view", "repository:payments/apo", floor.logs.path()])
    #expect(run.status == 2)
    #expect(
      run.errors.contains("there is no repository 'payments/apo'; there are 'payments/api'"),
      "\(run.errors)")
    let rule = try floor.run(["frame", "--view", "rule:nothing", floor.logs.path()])
    #expect(rule.status == 2 && rule.errors.contains("there is no rule 'nothing'; there are '"))
  }
}
