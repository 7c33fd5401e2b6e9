import Glibc
import Testing

/// What remains of a run when it has ended, however it ended.
@Suite(.timeLimit(.minutes(10))) struct RunsThatFollowEachOther {
  /// The dashboard at noon of the day that the records are from.
  private func dashboard(of floor: Watchfloor) throws -> TerminalSession {
    try floor.dashboard(["--now", "2026-03-04T12:00Z"])
  }

  /// Whether the user's line says that risk.
  private func hasRisk(_ risk: Int, _ screen: ScreenModel) -> Bool {
    screen.lines.contains { $0.contains("▸ test") && $0.contains(" \(risk) ") }
  }

  @Test func theNextOneGoesOnWhereThisOneStopped() throws {
    let floor = try Watchfloor()
    try floor.append(ScanRecord(id: "one").line, to: "trail.json")
    let first = try dashboard(of: floor)
    first.wait(for: "HIGH 1")
    first.type("q")
    #expect(first.waitForEnd() == .code(0))

    try floor.append(
      ScanRecord(id: "two", findings: ["CVE-2026-21002": "HIGH"]).line, to: "trail.json")
    let second = try dashboard(of: floor)
    second.wait(for: "HIGH 2")
    second.wait(for: "CVE-2026-21002")
    // What was read before is not counted again.
    #expect(second.wait(until: { hasRisk(100, $0) }))
  }

  @Test func aKillAfterEachRecordLosesNothingAndCountsNothingTwice() throws {
    let floor = try Watchfloor()
    for number in 1...6 {
      let name = "CVE-2026-2100\(number)"
      try floor.append(
        ScanRecord(id: name, findings: [name: "HIGH"]).line, to: "trail.json")
      let session = try dashboard(of: floor)
      session.wait(for: "HIGH \(number)")
      session.signal(SIGKILL)
      #expect(session.waitForEnd() == .signal(SIGKILL))
    }
    let session = try dashboard(of: floor)
    session.wait(for: "HIGH 6")
    #expect(session.wait(until: { hasRisk(300, $0) }))
  }

  @Test func ctrlCIsToldFromAQuietEnd() throws {
    let session = try Watchfloor().dashboard()
    session.wait(for: "repositories 0")
    session.type("\u{3}")
    #expect(session.waitForEnd() == .code(130))
    session.expectGivenBack()
  }
}
