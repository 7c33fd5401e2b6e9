import Foundation
import Glibc
import Testing

@Suite(.timeLimit(.minutes(10))) struct TheDashboard {
  @Test func aRecordThatIsCopiedInLeadsToEverythingItShows() throws {
    let floor = try Watchfloor()
    let session = try floor.dashboard()
    session.wait(for: "repositories 0")
    try floor.append(try Watchfloor.fixture("scan-of-104-findings.json"), to: "scan.json")
    session.wait(for: "▸ orchard/apple")
    session.wait(for: "HIGH 2")
    session.wait(for: "as of 2022-05-04 09:41Z")
    // Each list is answered when it is.
    let hasRisk = session.wait(until: { screen in
      screen.lines.contains { $0.contains("▸ triage") && $0.contains("100") }
    })
    #expect(hasRisk)

    session.type("\r")
    session.wait(for: "Overview > orchard/apple-press")
    session.wait(for: "CVE-2031-10000")
    session.wait(for: "CVE-2031-10013")
    session.type("\r")
    session.wait(for: "Result row")
    session.wait(for: "finding_description")
    session.type("i")
    session.wait(for: "account 222233334444")
    session.type("\u{1B}")
    session.wait(for: "finding_description")
    session.type("u")
    session.wait(for: "risk 100 in 24 hours")
    session.wait(for: "View the detection")

    session.type("\t\r")
    session.wait(for: #"View the detection results for - "triage""#)
    session.wait(for: "▸ DescribeImageScanFindings")
    session.type("\u{1B}")
    session.wait(until: { !$0.text.contains("finding_name") })
    session.type("j\r")
    session.wait(for: "▸ triage                      2")
    session.type("\r")
    session.wait(for: "Vulnerabilities with severity high found in repository orchard/apple-press")
    session.type("\u{1B}")
    session.wait(until: { !$0.text.contains("Vulnerabilities") })
    session.type("q")
    #expect(session.waitForEnd() == .code(0))
    #expect(session.screen.strangers == [])
    session.expectGivenBack()
  }

  @Test func aLineThatIsAppendedAppears() throws {
    let floor = try Watchfloor()
    let other = #"{"eventName":"ListBuckets","eventSource":"s3.amazonaws.com"}"#
    try floor.append(other + "\n", to: "a")
    let session = try floor.dashboard(columns: 80, rows: 24)
    session.wait(for: "1 file")
    try floor.append(try Watchfloor.scanLine() + "\n", to: "a")
    session.wait(for: "orchard")
    session.type("q")
    #expect(session.waitForEnd() == .code(0))
  }

  @Test func hostileRecordsReachTheTerminalAsVisibleText() throws {
    let floor = try Watchfloor()
    let line = try Watchfloor.scanLine()
      .replacing("orchard\\/apple-press", with: "evil\\u001b[31m\\u009b2J\\u202egnp")
      .replacing("aws-cli/2.5.4", with: "\\u001b]0;owned\\u0007\\u200bcurl")
      .replacing("aws-cli\\/2.5.4", with: "\\u001b]0;owned\\u0007\\u200bcurl")
      .replacing("Number 1 of", with: "\\u001bPq\\u001b\\\\ \\u2066of")
    try floor.append(line + "\n", to: "a.ndjson")
    let session = try floor.dashboard()
    session.wait(for: "▸ evil^[[31m")
    session.type("\r")
    session.wait(for: "Overview > evil^[[31m<9B>2J<202E>gnp")
    session.wait(for: "CVE-2031-10000")
    session.type("\r")
    session.wait(for: "^[]0;owned^G<200B>curl")
    session.type("J")
    session.wait(for: "\"awsRegion\"")
    session.type("q")
    #expect(session.waitForEnd() == .code(0))
    #expect(session.screen.strangers == [])
    #expect(
      session.screen.scalars.allSatisfy {
        !(0x80...0x9F).contains($0.value) && ![0x202E, 0x200B, 0x2066].contains($0.value)
      })
  }

  @Test func aKilledProgramGoesOnWhereItStopped() throws {
    let floor = try Watchfloor()
    try floor.append(try Watchfloor.scanLine() + "\n", to: "a.ndjson")
    let first = try floor.dashboard()
    first.wait(for: "HIGH 2")
    first.signal(SIGKILL)
    #expect(first.waitForEnd() == .signal(SIGKILL))
    // What is in the state needs no file any more; what is in a file still counts once.
    try FileManager.default.removeItem(at: floor.logs.appending(path: "a.ndjson"))
    try floor.append(try Watchfloor.scanLine() + "\n", to: "copy.ndjson")
    let second = try floor.dashboard()
    second.wait(for: "▸ orchard/apple")
    second.type("\r")
    second.wait(for: "Overview > orchard/apple-press")
    second.wait(for: "CVE-2031-10000")
    second.type("\r")
    second.wait(for: "count     1 event")
    second.type("q")
    #expect(second.waitForEnd() == .code(0))
  }

  @Test func aSecondInstanceOnlyLooks() throws {
    let floor = try Watchfloor()
    let first = try floor.dashboard()
    first.wait(for: "repositories 0")
    let second = try floor.dashboard()
    second.wait(for: "\(first.pid)")
    try floor.append(try Watchfloor.scanLine() + "\n", to: "a.ndjson")
    second.wait(for: "orchard/apple")
    for session in [second, first] {
      session.type("q")
      #expect(session.waitForEnd() == .code(0))
    }
  }

  @Test func aSecondInstanceTellsWhoReadsWhenAnotherTakesOver() throws {
    let floor = try Watchfloor()
    let first = try floor.dashboard()
    first.wait(for: "repositories 0")
    let second = try floor.dashboard()
    second.wait(for: "viewing what process \(first.pid) reads")
    kill(first.pid, SIGKILL)
    second.wait(for: "nobody reads these logs  start watchfloor again to go on")
    let third = try floor.dashboard()
    third.wait(for: "repositories 0")
    second.wait(for: "viewing what process \(third.pid) reads")
    for session in [second, third] {
      session.type("q")
      #expect(session.waitForEnd() == .code(0))
    }
  }

  @Test func aTerminalThatCannotPlaceTextIsRefusedInASentence() throws {
    let floor = try Watchfloor()
    let session = try TerminalSession(
      try TerminalSession.built("watchfloor"), ["--no-state", floor.logs.path()],
      environment: ["TERM": "dumb"])
    #expect(session.waitForEnd() == .code(2))
    #expect(session.screen.text.contains("TERM is 'dumb'"))
  }
}
