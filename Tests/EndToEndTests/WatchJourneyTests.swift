import Glibc
import Testing

/// The program as an analyst has it: real files, a real state, a real terminal.
@Suite(.timeLimit(.minutes(3))) struct WatchJourneys {
  @Test func aRecordThatArrivesIsFollowedToItsRowAndBack() throws {
    let floor = try WatchedFloor()
    let session = try floor.watch()
    session.wait(for: "nothing in the last 7 days")
    try floor.append(
      ScanRecord(
        id: "one",
        findings: ["CVE-2026-21001": "HIGH", "CVE-2026-21002": "HIGH", "CVE-2026-3": "LOW"]))
    session.wait(for: "HIGH 2")
    session.wait(for: "payments/api")
    session.wait(for: "CVE-2026-21001")
    #expect(!session.screen.text.contains("CVE-2026-3 "))

    session.type("\r")
    session.wait(for: "Overview > payments/api")
    session.wait(for: "openssl 3.0.11")
    session.type("\r")
    session.wait(for: "Overview > payments/api > CVE-2026-2100")
    session.wait(for: "AWS ECR Container Scanning Findings High")
    session.wait(for: "DescribeImageScanFindings")
    session.type("\u{1B}")
    session.wait(until: { !$0.text.contains("DescribeImageScanFindings") })
    session.type("\u{1B}")
    session.wait(for: "REPOSITORY")
    session.type("q")
    #expect(session.waitForEnd() == .code(0))
    #expect(session.screen.strangers == [])
    session.expectGivenBack()
  }

  @Test func theNextStartGoesOnWhereThisOneStopped() throws {
    let floor = try WatchedFloor()
    try floor.append(ScanRecord(id: "one"))
    let first = try floor.watch()
    first.wait(for: "HIGH 1")
    first.type("q")
    #expect(first.waitForEnd() == .code(0))

    try floor.append(ScanRecord(id: "two", findings: ["CVE-2026-21002": "HIGH"]))
    let second = try floor.watch()
    second.wait(for: "HIGH 2")
    second.wait(for: "CVE-2026-21002")
    // The record that was read before is not read again: the user's risk is that of two rows.
    second.wait(until: { $0.lines.contains { $0.contains("test") && $0.contains(" 100 ") } })
    #expect(!second.screen.text.contains(" 150 "))
  }

  @Test func aKillLosesNothingAndCountsNothingTwice() throws {
    let floor = try WatchedFloor()
    let names = (1...6).map { "CVE-2026-2100\($0)" }
    for (index, name) in names.enumerated() {
      try floor.append(ScanRecord(id: name, findings: [name: "HIGH"]))
      let session = try floor.watch()
      session.wait(for: "HIGH \(index + 1)")
      session.signal(SIGKILL)
      #expect(session.waitForEnd() == .signal(SIGKILL))
    }
    let session = try floor.watch()
    session.wait(for: "HIGH 6")
    session.wait(until: { $0.lines.contains { $0.contains("test") && $0.contains(" 300 ") } })
    #expect(session.screen.text.contains(" 300 "))
  }

  @Test func namesThatWouldDriveTheTerminalAreShownInstead() throws {
    let floor = try WatchedFloor()
    try floor.append(
      ScanRecord(
        id: "hostile", user: "root\u{1B}]0;owned\u{7}", repository: "a\u{202E}b\u{1B}[2J",
        findings: ["CVE\u{1B}[31m\u{9B}1": "HIGH"]))
    let session = try floor.watch()
    session.wait(for: "a<202E>b^[[2J")
    session.wait(for: "CVE^[[31m<9B>1")
    session.wait(for: "root^[]0;owned^G")
    session.type("\r")
    session.wait(for: "Overview > a<202E>b^[[2J")
    session.type("q")
    #expect(session.waitForEnd() == .code(0))
    #expect(session.screen.strangers == [])
  }

  @Test func ctrlCIsAnEndOfItsOwn() throws {
    let session = try WatchedFloor().watch()
    session.wait(for: "nothing in the last 7 days")
    session.type("\u{3}")
    #expect(session.waitForEnd() == .code(130))
    session.expectGivenBack()
  }
}
