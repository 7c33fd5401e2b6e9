import CellGrid
import Events
import Findings
import Interface
import TestSupport
import Testing

/// What holds whatever is typed and however the terminal is resized.
struct ScreenProperties {
  private static let keys: [Key] =
    "urics/tSfJ?LFTRwyjkhlgGnN[] x=*\"<-7daAUH:e".map(Key.character) + [
      .enter, .enter, .escape, .tab, .backTab, .up, .down, .down, .left, .right, .pageUp,
      .pageDown, .home, .end, .backspace, .control("U"), .control("W"), .function(1),
    ]

  private static let views: [View] = [
    .overview, .repository("payments/api"), .image(Fixture.digests[0]), .user("test"),
    .row(RowID(digits: "r2")), .drilldown(Fixture.drilldown), .rules, .files,
    .file("/a"), .deadLetter(9),
  ]

  private static func size(_ random: inout SplitMix64) -> Size {
    Size(
      width: Int.random(in: 0...140, using: &random),
      height: Int.random(in: 0...40, using: &random))
  }

  @Test func nothingTypedTrapsOrLeavesTheList() {
    for seed in UInt64(0)..<120 {
      var random = SplitMix64(seed: seed)
      let view = Self.views[Int(seed) % Self.views.count]
      var session = Session(Self.size(&random), view: view)
      for _ in 0..<40 {
        switch Int.random(in: 0..<12, using: &random) {
        case 0: session.send(.resized(Self.size(&random)))
        case 1: session.send(.changed)
        case 2: session.send(.tick(Fixture.clock + Int64.random(in: -90...90_000, using: &random)))
        default: session.press(Self.keys[Int.random(in: 0..<Self.keys.count, using: &random)])
        }
        check(session, "seed \(seed)")
      }
    }
  }

  private func check(_ session: Session, _ comment: Comment) {
    for pane in session.state.shownPanes {
      #expect(pane.cursor >= 0 && pane.cursor < max(1, pane.total), comment)
      #expect(pane.top >= 0 && pane.top <= pane.cursor, comment)
    }
    let frame = session.state.frame(session.state.size)
    #expect(frame.size == session.state.size, comment)
    let hasRoom = frame.size.width >= 40 && frame.size.height >= 12
    if hasRoom, session.state.overlay == nil, !session.state.shownPanes.isEmpty,
      session.state.shownPanes.allSatisfy({ $0.total > 0 })
    {
      #expect(frame.textPlane.contains("▸"), "the selected line is in view, \(comment)")
    }
    if let cursor = frame.cursor {
      #expect(cursor.x < frame.size.width && cursor.y < frame.size.height, comment)
    }
  }

  /// Hostile names everywhere a name can come from: not one listed code point is in a cell.
  @Test func hostileTextStaysText() {
    let hostile = "\u{1B}[2J\u{9B}31m\u{202E}\u{200B}\u{7}\u{E000}\u{FEFF}e\u{301}\u{301}日本"
    let listed: [Unicode.Scalar] = [
      "\u{1B}", "\u{9B}", "\u{202E}", "\u{200B}", "\u{7}", "\u{E000}", "\u{FEFF}",
    ]
    for view in [View.repository(hostile), .user(hostile), .image(hostile), .source(hostile)] {
      var session = Session(view: view)
      session.type("/" + hostile)
      session.send(.failed(Notice(hostile)))
      let plane = session.state.frame(session.state.size).textPlane
      #expect(plane.unicodeScalars.allSatisfy { !listed.contains($0) })
      #expect(plane.contains("^[[2J<9B>31m<202E><200B>^G"))
    }
  }

  @Test func asciiScreensHoldASCIIAlone() {
    for view in Self.views {
      var session = Session(view: view, isASCII: true)
      for key in ["", "?"] {
        session.type(key)
        let plane = session.state.frame(session.state.size).textPlane
        #expect(plane.utf8.allSatisfy { $0 < 0x80 }, "\(view)")
      }
    }
  }

  @Test func smallTerminalIsToldSo() {
    let session = Session(Size(width: 39, height: 12))
    #expect(session.screen.hasPrefix("watchfloor needs 40x12\nthis is 39x12"))
  }
}
