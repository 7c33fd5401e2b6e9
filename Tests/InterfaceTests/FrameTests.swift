import CellGrid
import Findings
import Interface
import TestSupport
import Testing

/// Every view at three sizes; a file for each.
struct ViewFrames {
  static let sizes = [
    Size(width: 120, height: 36), Size(width: 80, height: 24), Size(width: 40, height: 12),
  ]

  private func expectFrames(
    _ view: View, _ name: String, _ change: (inout Session) -> Void = { _ in }
  ) {
    for size in Self.sizes {
      var session = Session(size, view: view)
      change(&session)
      let frame = session.state.frame(size)
      expectGolden(frame.golden, "\(name)-\(size.width)x\(size.height).txt")
    }
  }

  @Test func overview() { expectFrames(.overview, "overview") }
  @Test func repository() { expectFrames(.repository("payments/api"), "repository") }
  @Test func image() { expectFrames(.image(Fixture.digests[0]), "image") }
  @Test func finding() { expectFrames(.finding("CVE-2026-21001", repository: nil), "finding") }
  @Test func user() { expectFrames(.user("test"), "user") }
  @Test func source() { expectFrames(.source("203.0.113.7"), "source") }
  @Test func row() { expectFrames(.row(RowID(digits: "r2")), "row") }
  @Test func drilldown() { expectFrames(.drilldown(Fixture.drilldown), "drilldown") }
  @Test func rules() { expectFrames(.rules, "rules") }
  @Test func rule() { expectFrames(.rule(Fixture.rule.name), "rule") }
  @Test func files() { expectFrames(.files, "files") }
  @Test func help() { expectFrames(.overview, "help") { $0.type("?") } }
  @Test func timeMenu() { expectFrames(.overview, "time") { $0.type("t") } }
  @Test func sortMenu() { expectFrames(.overview, "sort") { $0.type("S") } }
}
