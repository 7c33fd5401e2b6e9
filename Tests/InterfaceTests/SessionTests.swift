import CellGrid
import Events
import Findings
import Interface
import Testing

struct SessionJourneys {
  private func next(_ text: String, theme: Bool = false) -> State {
    var settings = ScreenSettings(themes: ["dark", "light"], theme: "dark", analyst: "carol")
    settings.session = text
    settings.isThemeGiven = theme
    return State(settings: settings, clock: Fixture.clock)
  }

  private func used() -> Session {
    var session = Session(view: .repository("payments/api"))
    session.type("/severity=CRITICAL")
    session.press(.enter)
    session.type("t30d")
    session.press(.enter)
    session.type("T")
    session.press(.down, .enter)
    session.type("S")
    session.press(.down, .enter)
    session.press(.tab, .tab)
    session.type("++-+")
    session.type(":save mine")
    session.press(.enter)
    return session
  }

  @Test func viewFilterRangeSortAndThemeComeBack() {
    let text = used().state.sessionText
    var state = next(text)
    #expect(state.view == .repository("payments/api"))
    #expect(state.theme == "light")
    #expect(text.contains("widths -2 0"), "the list of users is wider")
    _ = state.start()
    let screen = state.frame(Size(width: 200, height: 50)).textPlane
    #expect(screen.contains("/ severity=CRITICAL"))
    #expect(screen.contains("last 30 days"))
    #expect(state.sessionText == text)
    #expect(next(text, theme: true).theme == "dark", "a theme that was asked for goes first")
  }

  @Test func oneKeyForgetsItAllButTheSavedViews() {
    var session = used()
    session.press(.control("R"))
    #expect(session.state.view == .overview)
    let text = session.state.sessionText
    #expect(!text.contains("now repository") && !text.contains("widths"))
    #expect(text.contains("view mine"))
  }

  @Test func savedViewsAreOpenedByName() {
    var session = used()
    session.press(.control("R"))
    session.type(":view mine")
    session.press(.enter)
    #expect(session.state.view == .repository("payments/api"))
    #expect(session.screen.contains("/ severity=CRITICAL"))
    session.type(":view other")
    session.press(.enter)
    #expect(session.screen.contains("there are mine"))
  }

  @Test func whatCannotBeReadIsPassedOver() {
    for text in [
      "", "now", "now x\ty", "theme none", "view a", "mark never", "\n\n", "now a\tb\tc\td\te",
    ] {
      let state = next(text)
      #expect(state.view == .overview)
      #expect(state.theme == "dark")
    }
  }

  @Test func itIsKeptAsSoonAsItChanges() {
    var settings = ScreenSettings(themes: ["dark"], theme: "dark")
    settings.keepsSession = true
    var state = State(settings: settings, clock: Fixture.clock)
    _ = state.start()
    #expect(state.update(.key(.character("q"))) == [.quit])
    _ = state.update(.key(.character("L")))
    let effects = state.update(.key(.character("q")))
    #expect(effects == [.remember("session", state.sessionText), .quit])
  }

  @Test func themesAreSeenBeforeTheyAreTaken() {
    var session = Session()
    session.type("T")
    session.press(.down)
    #expect(session.state.theme == "light")
    session.press(.escape)
    #expect(session.state.theme == "dark")
  }

  @Test func aLineIsCopiedAsItselfAsJSONAndAsTheSearchThatFindsIt() {
    var session = Session()
    for steps in 0..<4 {
      session.type("y")
      for _ in 0..<steps { session.press(.down) }
      session.press(.enter)
    }
    let copied = session.effects.compactMap { effect in
      if case .copy(let text) = effect { text } else { nil }
    }
    #expect(copied.count == 4)
    #expect(copied[0] == "payments/api")
    #expect(copied[1].hasPrefix("payments/api  9  212"))
    #expect(copied[2].hasPrefix("{\"repository\":\"payments/api\",\"crit\":\"9\""))
    #expect(copied[3].hasPrefix("index=notable repository=payments/api earliest="))
  }

  @Test func theFiltersProblemIsPointedAt() {
    var session = Session()
    session.type("/severity=HIGH colour=red")
    let lines = session.screen.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[lines.count - 3].hasSuffix("colour=red"))
    #expect(lines[lines.count - 2] == String(repeating: " ", count: 16) + "^^^^^^")
  }
}
