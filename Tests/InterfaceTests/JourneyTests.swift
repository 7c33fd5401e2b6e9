import CellGrid
import Events
import Findings
import Interface
import Testing

/// Keys in; requests, effects and frames out.
struct Journeys {
  @Test func theStartAsksForWhatIsInView() {
    let session = Session()
    let kinds = session.requests.map { String("\($0)".prefix { $0 != "(" }) }
    #expect(kinds == ["overview", "repositories", "users", "findings", "timeline"])
    let small = Session(Size(width: 40, height: 12))
    #expect(small.requests.count == 2, "the lists that are not in view are not asked for")
  }

  @Test func enterLeadsInAndEscapeOut() {
    var session = Session()
    session.press(.enter)
    #expect(session.state.view == .repository("payments/api"))
    #expect(session.screen.contains("Overview > payments/api"))
    guard
      case .findings(let query)? = session.requests.dropFirst(5).first(where: {
        if case .findings = $0 { true } else { false }
      })
    else {
      Issue.record("the repository's findings are not asked for")
      return
    }
    #expect(query.scope == [.repository: "payments/api"])
    session.press(.enter)
    #expect(session.state.view == .finding("CVE-2026-21001", repository: "payments/api"))
    session.press(.escape, .escape)
    #expect(session.state.view == .overview)
    session.type("[[")
    #expect(session.state.view == .finding("CVE-2026-21001", repository: "payments/api"))
    session.type("]]")
    #expect(session.state.view == .overview)
  }

  @Test func findingOfOneSightingOpensItsRow() {
    var session = Session()
    session.press(.backTab, .down, .enter)
    #expect(session.state.view == .row(RowID(digits: "r2")))
  }

  @Test func pivotsLeadToWhatTheLineNames() {
    var session = Session()
    session.type("c")
    #expect(session.state.view == .overview)
    #expect(session.screen.contains("the line names no finding: here they are"))
    session.type("c")
    #expect(session.state.view == .finding("CVE-2026-21001", repository: nil))
    session.type("u")
    #expect(session.state.view == .user("deploy-bot"))
    session.type("s")
    #expect(session.state.view == .source("203.0.113.7"))
    session.type("i")
    #expect(session.state.view == .image(Fixture.digests[0]))
  }

  @Test func pivotThatTheLineDoesNotNameGoesToTheListOrSaysWhereToLook() {
    var session = Session(view: .repository("payments/api"))
    session.type("u")
    #expect(session.screen.contains("the line names no user: here they are, Enter opens one"))
    session.press(.enter)
    #expect(session.state.view == .user("deploy-bot"))
    session = Session(view: .overview)
    session.type("i")
    #expect(
      session.screen.contains("the selected line names no image; Enter opens it and lists them"))
  }

  @Test func drilldownRunsUnderItsOwnNameWithTheUserBound() {
    var session = Session(view: .user("test"))
    session.press(.tab)
    #expect(session.screen.contains("View risk events for the last 7 days for - \"test\""))
    session.press(.down, .enter)
    guard
      case .drilldown(let drilldown)? = session.requests.last(where: {
        if case .drilldown = $0 { true } else { false }
      })
    else {
      Issue.record("the drilldown is not asked for")
      return
    }
    #expect(drilldown.name == "View risk events for the last 7 days for - \"$user$\"")
    #expect(drilldown.tokens == ["user": "test"])
    #expect(drilldown.earliest == Fixture.ago(500_000))
    #expect(session.screen.contains("normalized_risk_object"))
    let asked = session.requests.count
    session.send(.changed)
    #expect(session.requests.count == asked + 1, "new records do not run the search again")
  }

  @Test func lineOfATableIsShownInFull() {
    var session = Session(Size(width: 80, height: 24), view: .drilldown(Fixture.drilldown))
    #expect(!session.screen.contains("first, second, third"))
    session.press(.enter)
    #expect(session.screen.contains("Risk Message            first, second, third"))
    session.press(.escape)
    session.type("llll")
    #expect(session.screen.contains("columns 5-6 of 6") || session.screen.contains("Risk Message"))
  }

  @Test func withdrawnRowIsSaidToBeGone() {
    var session = Session(view: .row(RowID(digits: "r2")))
    session.store = { request in
      if case .row = request { return .row(nil) }
      return Fixture.answer(request)
    }
    session.send(.changed)
    #expect(session.screen.contains("this row is no longer there"))
  }

  @Test func recordIsFoldedAndSearched() {
    var session = Session(view: .row(RowID(digits: "r2")))
    session.type("J")
    #expect(session.screen.contains("\"userName\": \"test\""))
    session.press(.down)
    session.type("h")
    #expect(!session.screen.contains("\"userName\""))
    session.type("/CVE-2026-20777")
    #expect(session.screen.contains("in 1 line"))
    #expect(session.screen.contains("\"name\": \"CVE-2026-20777\""), "the fold is opened")
    session.press(.enter)
    session.type("n")
    #expect(session.screen.contains("CVE-2026-20777"))
    session.press(.escape)
    #expect(!session.screen.contains("in 1 line"))
    session.press(.escape)
    #expect(session.state.view == .overview)
  }

  @Test func jsonKeyOpensTheRowAtItsRecord() {
    var session = Session(Size(width: 80, height: 24))
    session.press(.backTab)
    session.type("J")
    #expect(session.state.view == .row(RowID(digits: "r1")))
    #expect(session.screen.contains("Record from /var/log/cloudtrail"))
  }

  @Test func helpIsSearchedAndRunsAnEntry() {
    var session = Session()
    session.type("?theme")
    #expect(session.screen.contains("choose a theme"))
    session.press(.enter, .down)
    #expect(session.state.theme == "light")
  }

  @Test func keysForTheTerminalBecomeEffects() {
    var session = Session()
    session.press(.control("L"), .control("Z"))
    session.type("yy")
    session.type("q")
    #expect(session.effects == [.repaint, .suspend, .copy("payments/api"), .quit])
  }

  @Test func rulesShowTheirStateAndTheirSearch() {
    var session = Session()
    session.type("L")
    #expect(session.screen.contains("cannot run: there is no command 'tstats' here yet"))
    session.press(.enter)
    #expect(session.screen.contains("| mvexpand findings"))
  }

  @Test func ruleThatIsOffIsSaidToBeOff() {
    var session = Session()
    var off = Fixture.rule
    off.isOn = false
    session.send(.rules([off]))
    session.type("L")
    #expect(session.screen.contains(" off "))
    #expect(!session.screen.contains("running"))
    session.press(.enter)
    #expect(session.screen.contains("state       off"))
  }

  @Test func filterThatCannotBeReadIsRefused() {
    var session = Session()
    session.type("/severity=HIGH (")
    let sentence = "this filter ends where a condition was expected"
    #expect(session.screen.contains(sentence))
    #expect(!session.screen.contains("/ severity=HIGH ("), "it is not applied")
    session.press(.enter)
    #expect(session.state.overlay == .filter(text: "severity=HIGH ("))
    #expect(session.screen.contains(sentence))
    session.press(.control("W"), .enter)
    #expect(session.state.overlay == nil)
    #expect(session.screen.contains("/ severity=HIGH"))
    session.type(":filter user=")
    session.press(.enter)
    #expect(session.screen.contains("there is no value after 'user='"))
    #expect(session.screen.contains("/ severity=HIGH"), "the former one stays")
  }

  @Test func findingsThatAreAllOpenAreCountedOnce() {
    var session = Session()
    func hold(_ open: Int) {
      session.store = { request in
        guard case .overview = request else { return Fixture.answer(request) }
        var overview = Fixture.overview
        overview.open = open
        return .overview(overview)
      }
      session.send(.changed)
    }
    hold(Fixture.findings.count)
    #expect(session.screen.contains(" \(Fixture.findings.count) open"))
    #expect(!session.screen.contains("\(Fixture.findings.count), "))
    hold(1)
    #expect(session.screen.contains("\(Fixture.findings.count), 1 open"))
  }

  @Test func failureIsSaidAndTheListCanBeAskedForAgain() {
    var session = Session(store: { _ in nil })
    let request = session.requests[1]
    session.send(.failed(Notice("the state cannot be read", request: request)))
    #expect(session.screen.contains("the state cannot be read"))
    session.send(.changed)
    #expect(session.requests.last == request)
  }
}
