import Foundation
import Testing

/// What is taken away from the floor.
@Suite(.timeLimit(.minutes(10))) struct TakingItAway {
  private static let now = ["--now", "2026-03-04T12:00Z"]

  private func filled() throws -> Watchfloor {
    let floor = try Watchfloor()
    try floor.append(
      ScanRecord(id: "one", findings: ["CVE-2026-1": "HIGH", "CVE-2026-2": "CRITICAL"]).line,
      to: "trail.json")
    return floor
  }

  @Test func aHandoverTellsWhatTheShiftSaw() throws {
    let floor = try filled()
    let run = try floor.run(["report", "--no-state"] + Self.now + [floor.logs.path()])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.hasPrefix("# Shift handover, 2026-03-04 04:00Z to 2026-03-04 12:00Z\n"))
    #expect(run.output.contains("1 new CRITICAL finding, 1 new HIGH finding, 1 user over"))
    #expect(run.output.contains("### payments/api: 1 CRITICAL, 1 HIGH"))
    let page = try floor.run(
      ["report", "--no-state", "--format", "html"] + Self.now + [floor.logs.path()])
    #expect(page.output.hasPrefix("<!doctype html>") && page.output.contains("<svg"))
    let later = try floor.run(
      ["report", "--no-state", "--now", "2026-03-05T11:00Z", floor.logs.path()])
    #expect(later.output.contains("0 new CRITICAL findings, 0 new HIGH findings"))
  }

  @Test func withoutAStateItSaysWhatToName() throws {
    let run = try Watchfloor().run(["report"])
    #expect(run.status == 2)
    #expect(run.errors.contains("no state has been used yet"))
  }

  @Test func otherToolsGetALineForEachFinding() throws {
    let floor = try filled()
    for (form, wanted) in [
      ("ocsf-vulnerability", #""class_uid":2002"#), ("ocsf-detection", #""class_uid":2004"#),
      ("hec-risk", #""index":"risk""#),
    ] {
      let run = try floor.run(["export", form, "--no-state"] + Self.now + [floor.logs.path()])
      let lines = run.output.split(separator: "\n")
      #expect(lines.count == 2 && lines.allSatisfy { $0.contains(wanted) }, "\(form) \(run)")
    }
  }

  @Test func theKeyWritesBothFormsBesideEachOther() throws {
    let floor = try filled()
    let session = try floor.dashboard(Self.now)
    session.wait(for: "HIGH 1")
    session.type("p")
    session.wait(for: "written to handover-2026-03-04.md and handover-2026-03-04.html")
    session.type("q")
    #expect(session.waitForEnd() == .code(0))
    let names = ["handover-2026-03-04.md", "handover-2026-03-04.html"]
    for name in names {
      let text = try String(contentsOfFile: name, encoding: .utf8)
      #expect(text.contains("1 new CRITICAL finding"))
      try FileManager.default.removeItem(atPath: name)
    }
  }
}
