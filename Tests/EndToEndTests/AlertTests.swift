import Foundation
import Testing

/// What somebody is told who is not looking.
@Suite(.timeLimit(.minutes(10))) struct AlertsOfTheDashboard {
  /// A script for `/bin/sh`, which reads it: a program that some other test's process has open for
  /// writing, as it was when that process was forked, cannot be run.
  private func hook(_ floor: Watchfloor, _ script: String) throws -> URL {
    let file = floor.folder.appending(path: "hook")
    try (script + "\n").write(to: file, atomically: true, encoding: .utf8)
    return file
  }

  private func dashboard(_ floor: Watchfloor, _ arguments: [String]) throws -> TerminalSession {
    try floor.dashboard(["--now", "2026-03-04T12:00Z"] + arguments)
  }

  @Test func aFindingThatComesRingsTellsTheDesktopAndRunsTheCommand() throws {
    let floor = try Watchfloor()
    let told = floor.folder.appending(path: "told")
    let hook = try hook(floor, "cat >>'\(told.path())'; echo \"$#:$1\" >>'\(told.path())'")
    try floor.append(ScanRecord(id: "old").line, to: "trail.json")
    let session = try dashboard(
      floor,
      [
        "--bell", "--notify", "osc777", "--on-finding", "/bin/sh", "--on-finding", hook.path(),
        "--on-finding=a $HOME; b",
      ])
    session.wait(for: "HIGH 1")
    // The looks at the store are a second apart: one has to have seen that all was read.
    usleep(2_500_000)
    try floor.append(
      ScanRecord(id: "new", findings: ["CVE-2026-21002;x": "HIGH"]).line, to: "trail.json")
    session.wait(for: "alert: HIGH CVE-2026-21002;x in payments/api, read by test")
    #expect(
      session.screen.strangers == [
        "control 7",
        "OSC 777;notify;watchfloor;HIGH CVE-2026-21002,x in payments/api, read by test",
      ])
    let text = try #require(wait(for: told, toHold: "1:a $HOME; b"))
    #expect(text.hasPrefix(#"{"alert":"finding","sentence":"HIGH CVE-2026-21002;x in payments"#))
    #expect(!text.contains("CVE-2026-21001"))

    // A second one within the minute is said, and does not ring.
    try floor.append(
      ScanRecord(id: "third", user: "ana", findings: ["CVE-2026-21003": "CRITICAL"]).line,
      to: "trail.json")
    session.wait(for: "alert: CRITICAL CVE-2026-21003")
    #expect(session.screen.strangers.count == 2)
    session.type("q")
    #expect(session.waitForEnd() == .code(0))
  }

  @Test func aCommandThatTakesTooLongIsEndedAndNamed() throws {
    let floor = try Watchfloor()
    let hook = try hook(floor, "sleep 600")
    try FileManager.default.createDirectory(
      at: floor.folder.appending(path: "config/watchfloor"), withIntermediateDirectories: true)
    try "on_finding_seconds: 1\non_finding: [/bin/sh, \(hook.path())]\n".write(
      to: floor.folder.appending(path: "config/watchfloor/config.yml"), atomically: true,
      encoding: .utf8)
    let idle = try Pipe()
    let session = try TerminalSession(
      try TerminalSession.built("watchfloor"),
      ["--state", floor.state.path(), "--idle-fd", String(idle.writing), floor.logs.path()],
      columns: 120, rows: 36,
      environment: ["XDG_CONFIG_HOME": floor.folder.appending(path: "config").path()], on: floor,
      idle: idle)
    session.wait(for: "repositories 0")
    usleep(2_500_000)
    try floor.append(ScanRecord(id: "new").line, to: "trail.json")
    session.wait(for: "took longer than 1.0 seconds and was ended")
    session.type("q")
    #expect(session.waitForEnd() == .code(0))
  }

  @Test func nothingRingsWhereNobodyAskedForIt() throws {
    let floor = try Watchfloor()
    let session = try dashboard(floor, [])
    session.wait(for: "repositories 0")
    usleep(2_500_000)
    try floor.append(ScanRecord(id: "new").line, to: "trail.json")
    session.wait(for: "alert: HIGH")
    #expect(session.screen.strangers == [])
  }

  /// The text of a file once it holds some words; nil when it never does.
  private func wait(for file: URL, toHold words: String) -> String? {
    for _ in 0..<500 {
      if let text = try? String(contentsOf: file, encoding: .utf8),  // not there yet
        text.contains(words)
      {
        return text
      }
      usleep(20_000)
    }
    return nil
  }
}
