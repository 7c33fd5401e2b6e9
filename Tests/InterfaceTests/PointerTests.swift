import CellGrid
import Events
import Findings
import Interface
import Testing

/// What the mouse does on the screen, by what is drawn there.
@Suite struct PointerTests {
  /// The cell at which a text stands, the first from the top.
  private func place(of text: String, in session: Session) throws -> Point {
    for (y, line) in session.screen.split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      guard let range = line.firstRange(of: text) else { continue }
      return Point(x: line.distance(from: line.startIndex, to: range.lowerBound), y: y)
    }
    Issue.record("there is no '\(text)' on\n\(session.screen)")
    throw CancellationError()
  }

  private func press(_ text: String, in session: inout Session, dx: Int = 0) throws {
    var point = try place(of: text, in: session)
    point.x += dx
    session.send(.pointer(.press, point))
  }

  @Test func aPressSelectsAndASecondOneOpens() throws {
    var session = Session()
    try press("payments/worker", in: &session)
    #expect(session.state.view == .overview)
    #expect(session.screen.contains("▸ payments/worker"))
    try press("payments/worker", in: &session)
    #expect(session.state.view == .repository("payments/worker"))
  }

  @Test func aPressOnAnotherListGoesThere() throws {
    var session = Session()
    try press("Findings ──", in: &session)
    try press("CVE-2021-33574", in: &session)
    #expect(session.screen.contains("▸ 13:02:27"))
    session.press(.enter)
    #expect(session.state.view == .row(RowID(digits: "r2")))
  }

  @Test func columnHeadsSortAndSortBackwards() throws {
    var session = Session()
    try press("HIGH  LAST 24H", in: &session)
    #expect(session.screen.contains("high ▾"))
    try press("HIGH▾", in: &session)
    #expect(session.screen.contains("high ▴"))
  }

  @Test func theWheelMovesTheListBelowIt() throws {
    var session = Session()
    let point = try place(of: "payments/api", in: session)
    session.send(.pointer(.wheelDown, point))
    #expect(session.screen.contains("▸ web/storefront"))
    session.send(.pointer(.wheelUp, point))
    #expect(session.screen.contains("▸ payments/api"))
  }

  @Test func crumbsLeadBack() throws {
    var session = Session()
    session.press(.enter)
    session.press(.enter)
    try press("payments/api", in: &session)
    #expect(session.state.view == .repository("payments/api"))
    try press("Overview", in: &session)
    #expect(session.state.view == .overview)
    session.type("[")
    #expect(session.state.view == .repository("payments/api"))
  }

  @Test func barsOfTheTimelineNarrowAndWidenAgain() {
    var session = Session()
    session.send(.pointer(.press, Point(x: 60, y: 1)))
    #expect(session.screen.contains("Esc shows all"))
    session.send(.pointer(.press, Point(x: 60, y: 1)))
    #expect(!session.screen.contains("Esc shows all"))
  }

  @Test func theKeysBelowCanBePressed() throws {
    var session = Session()
    try press("? help", in: &session)
    #expect(session.screen.contains("type to search, Enter runs"))
    // The wheel goes through what lies over the view.
    session.send(.pointer(.wheelDown, Point(x: 50, y: 5)))
    #expect(session.screen.contains("type to search, Enter runs"))
    session.type("loaded rules")
    try press("the loaded rules", in: &session)
    #expect(session.state.view == .rules)
  }

  @Test func aPressTakesWhatAMenuOffersAndOneBesideItLeaves() throws {
    var session = Session()
    session.type("t")
    try press("24 hours", in: &session)
    #expect(session.screen.contains("last 24 hours"))
    #expect(session.state.overlay == nil)
    session.type("S")
    session.send(.pointer(.press, Point(x: 1, y: 5)))
    #expect(session.state.overlay == nil)
    session.type("t2")
    try press("30 days", in: &session)
    #expect(session.screen.contains("last 30 days"))
    // A theme is looked at first.
    session.type("T")
    let former = session.state.theme
    let next = try #require(session.state.settings.themes.first { $0 != former })
    try press(next, in: &session)
    #expect(session.state.theme == next && session.state.overlay != nil)
    try press(next, in: &session)
    #expect(session.state.theme == next && session.state.overlay == nil)
  }

  @Test func aPressChoosesAFieldOfAFormAndTurnsIt() throws {
    var session = Session()
    session.press(.backTab)
    session.type("a")
    try press("Disposition", in: &session)
    try press("Disposition", in: &session)
    #expect(session.screen.contains("True Positive"))
    session.press(.escape)
    session.type("z")
    try press("Until", in: &session)
    try press("Until", in: &session)
    #expect(session.screen.contains("for 90 days"))
  }

  @Test func aPressPutsInWhatCouldStandThere() throws {
    var session = Session()
    session.type("/sev")
    try press("severity=", in: &session)
    #expect(session.screen.contains("/severity="))
    session.press(.escape)
    session.type(":repo")
    try press("repository ", in: &session)
    #expect(session.screen.contains(":repository"))
  }

  @Test func numbersOfTheHeaderAndOfCardsLeadOn() throws {
    var session = Session()
    try press("CRITICAL 41", in: &session)
    #expect(session.screen.contains("/ severity=CRITICAL"))
    try press("CRITICAL 41", in: &session)
    #expect(!session.screen.contains("/ severity=CRITICAL"))
    try press("14 files", in: &session)
    #expect(session.state.view == .files)
    session = Session(view: .user("test"))
    try press("203.0.113.7", in: &session)
    #expect(session.state.view == .source("203.0.113.7"))
  }

  @Test func aTextIsScrolledAndFolded() throws {
    var session = Session(view: .row(RowID(digits: "r2")))
    for _ in 0..<4 { session.send(.pointer(.wheelDown, Point(x: 5, y: 10))) }
    let before = session.screen
    try press(#""userIdentity""#, in: &session)
    try press(#""userIdentity""#, in: &session)
    #expect(session.screen != before)
    #expect(session.screen.contains("lines"))
  }

  @Test func noPlaceTraps() {
    for view in [View.overview, .row(RowID(digits: "r2")), .search("index=risk"), .files] {
      for size in [Size(width: 40, height: 12), Size(width: 120, height: 36)] {
        var session = Session(size, view: view)
        for y in -1...size.height {
          for x in stride(from: -1, through: size.width, by: 3) {
            session.send(.pointer(.press, Point(x: x, y: y)))
            session.send(.pointer(.wheelDown, Point(x: x, y: y)))
            session.press(.escape)
          }
        }
        #expect(!session.screen.isEmpty)
      }
    }
  }
}
