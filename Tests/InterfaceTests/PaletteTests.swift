import CellGrid
import Events
import Findings
import Interface
import Testing

/// The line that runs commands and searches.
struct Palettes {
  private func line(_ session: Session) -> String? {
    if case .palette(let palette)? = session.state.overlay { palette.line.entry.text } else { nil }
  }

  @Test func searchIsRunOverTheRangeThatTheListsShow() {
    var session = Session()
    session.type(":index=risk | stats sum(risk_score) as risk by risk_object")
    session.press(.enter)
    let text = "index=risk | stats sum(risk_score) as risk by risk_object"
    #expect(session.state.view == .search(text))
    let range = TimeRange(from: Fixture.ago(7 * 86_400), to: Fixture.clock)
    #expect(session.requests.last == .search(SearchRequest(text: text, range: range)))
    #expect(session.screen.contains("deploy-bot"))
    let asked = session.requests.count
    session.send(.changed)
    #expect(session.requests.count == asked + 1, "new records do not run the search again")
    session.type("t")
    session.press(.up, .enter)
    let day = TimeRange(from: Fixture.ago(86_400), to: Fixture.clock)
    #expect(session.requests.last == .search(SearchRequest(text: text, range: day)))
  }

  @Test func problemIsSaidWhileTypedAndShownWithItsPlace() {
    var session = Session()
    session.type(":index=notable | nonsense")
    #expect(session.screen.contains("there is no command 'nonsense'"))
    session.press(.enter)
    #expect(session.screen.contains("^^^^^^^^"))
    #expect(!session.screen.contains("the search found nothing"))
  }

  @Test func commandsAreCompletedAndRun() {
    var session = Session()
    session.type(":rep")
    #expect(session.screen.contains("go to a repository"))
    session.press(.tab)
    session.type("pay")
    session.press(.tab, .tab)
    #expect(line(session) == "repository payments/worker")
    session.press(.backTab, .enter)
    #expect(session.state.view == .repository("payments/api"))
    session.type(":time -24h")
    session.press(.enter)
    #expect(session.screen.contains("last 24 hours"))
    session.type(":theme light")
    session.press(.enter)
    #expect(session.state.theme == "light")
    session.type(":q")
    session.press(.enter)
    #expect(session.effects.last == .quit)
  }

  @Test func commandThatLacksSomethingSaysWhat() {
    var session = Session()
    for (line, sentence) in [
      ("user", "'user' wants to know which"), ("sort colour", "no column 'colour' to sort by"),
      ("theme pink", "there is no theme 'pink'"), ("time soon", "'soon' is not a time range"),
      ("filter colour=red", "there is no field 'colour'"),
    ] {
      session.type(":" + line)
      session.press(.enter)
      #expect(session.screen.contains(sentence), "\(line)")
    }
  }

  @Test func whatWasRunComesBack() {
    var session = Session()
    for line in ["rules", "index=risk", "rules"] {
      session.type(":" + line)
      session.press(.enter)
    }
    session.type(":wip")
    session.press(.up)
    #expect(line(session) == "rules")
    session.press(.up, .up)
    #expect(line(session) == "index=risk", "a line that was run twice is remembered once")
    session.press(.down, .down)
    #expect(line(session) == "wip")
    session.press(.escape)
    #expect(session.state.overlay == nil)
  }

  @Test func searchWordsAreCompleted() {
    var session = Session()
    session.type(":index=risk | st")
    session.press(.tab)
    #expect(line(session) == "index=risk | stats ")
    session.type("sum(risk_sc")
    session.press(.tab)
    #expect(line(session) == "index=risk | stats sum(risk_score")
  }

  @Test func lineIsEditedInItsMiddle() {
    var session = Session()
    session.type(":indx=risk")
    session.press(.home, .right, .right, .right)
    session.type("e")
    session.press(.end, .backspace, .control("W"))
    #expect(line(session) == "")
    session.type("abc")
    session.press(.left, .delete)
    #expect(line(session) == "ab")
  }
}
