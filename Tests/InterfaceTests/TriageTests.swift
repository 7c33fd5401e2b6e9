import CellGrid
import Events
import Findings
import Interface
import Testing

/// What an analyst says of findings, and what becomes of it.
struct TriageJourneys {
  private func moves(_ session: Session) -> [TriageMove] {
    session.effects.compactMap { if case .triage(let move) = $0 { move } else { nil } }
  }

  @Test func oneFindingIsClosedWithAComment() {
    var session = Session()
    session.press(.backTab)
    session.type("ac")
    session.press(.up)
    session.type("not in use")
    session.press(.enter)
    let change = TriageChange(status: .closed, comment: .set("not in use"))
    #expect(
      moves(session) == [
        TriageMove(
          findings: [FindingID(digits: "f1")], change: change, by: "carol", at: Fixture.clock)
      ])
  }

  /// Close all findings of a repository but the critical ones: counted from the overview.
  @Test func allFindingsOfARepositoryButTheCriticalOnesAreClosed() {
    var session = Session()
    session.store = { request in
      guard case .findings(let query) = request else { return Fixture.answer(request) }
      let kept =
        query.filter == .everything
        ? Fixture.findings : Fixture.findings.filter { $0.severity != "CRITICAL" }
      return .findings(Page(offset: 0, total: kept.count, lines: kept))
    }
    session.press(.enter)
    session.type("/NOT severity=CRITICAL")
    session.press(.enter)
    session.type("A")
    #expect(session.screen.contains("3 marked"))
    session.type("ac")
    #expect(session.screen.contains("3 marked findings"))
    session.press(.enter)
    let ids = ["f1", "f2", "f4"].map(FindingID.init(digits:))
    #expect(moves(session).map(\.findings) == [ids])
    #expect(moves(session).map(\.change) == [TriageChange(status: .closed)])
    #expect(!session.screen.contains("marked"))
  }

  @Test func spaceMarksAndGoesOn() {
    var session = Session()
    session.press(.backTab)
    session.type("  ")
    #expect(session.screen.contains("2 marked"))
    session.press(.up)
    session.type(" ")
    #expect(session.screen.contains("1 marked"))
    session.type("A")
    #expect(!session.screen.contains("marked"))
  }

  @Test func fieldsAreTurnedThroughTheirChoices() {
    var session = Session()
    session.press(.backTab)
    session.type("a")
    session.press(.right)  // In Progress; New is what it is
    session.press(.down, .right)  // the owner is who fills it in
    session.press(.down, .right)  // critical, the highest urgency
    session.press(.down)
    session.type("f")  // the first false positive
    session.press(.enter)
    #expect(
      moves(session).map(\.change) == [
        TriageChange(
          status: .inProgress, owner: .set("carol"), urgency: .set(.critical),
          disposition: .falsePositiveLogic)
      ])
  }

  @Test func statusesAreTurnedInTheOrderOfTheWork() {
    func status(_ keys: Key...) -> TriageStatus? {
      var session = Session()
      session.press(.backTab)
      session.type("a")
      for key in keys { session.press(key) }
      session.press(.enter)
      return moves(session).first?.change.status
    }
    #expect(status(.right) == .inProgress)
    #expect(status(.right, .right) == .pending)
    #expect(status(.right, .right, .right) == .resolved)
    #expect(status(.right, .right, .right, .right) == .closed)
    #expect(status(.left) == .unassigned)
  }

  @Test func severalFindingsBeginAsNew() {
    var session = Session()
    session.press(.backTab)
    session.type("  a")
    session.press(.right, .right, .enter)
    #expect(moves(session).map(\.change) == [TriageChange(status: .inProgress)])
  }

  @Test func ownTriageIsShownWhileHeld() {
    var session = Session()
    session.press(.backTab)
    session.type("f")
    let before = session.requests.count
    session.send(.changed)
    session.send(.done("written to findings.csv"))
    #expect(session.requests.count == before + 1, "the overview alone")
    session.type("ac")
    session.press(.enter)
    let sent = session.requests.count
    session.send(.done("1 finding is Closed"))
    let asked = session.requests[sent...]
    #expect(asked.contains { if case .findings = $0 { true } else { false } })
    session.send(.done("written to findings.csv"))
    #expect(session.requests.count == sent + asked.count)
  }

  @Test func whatWasSaidCanBeEmptied() {
    var session = Session()
    session.press(.backTab, .down, .down)
    session.type("a")
    session.press(.down, .backspace)
    #expect(session.screen.contains("nobody"))
    session.press(.enter)
    #expect(moves(session).map(\.change) == [TriageChange(owner: TriageText.none)])
  }

  @Test func nothingChangedSaysNothing() {
    var session = Session()
    session.press(.backTab)
    session.type("a")
    session.press(.right, .left, .enter)
    #expect(moves(session).isEmpty)
    #expect(session.screen.contains("nothing was changed"))
    session.type("a")
    session.press(.escape)
    #expect(session.state.overlay == nil)
  }

  @Test func lastTriageIsUndone() {
    var session = Session()
    session.type("U")
    #expect(session.effects == [.undoTriage(by: "carol", at: Fixture.clock)])
    session.send(.done("2 findings are as they were before"))
    #expect(session.screen.contains("2 findings are as they were before"))
  }

  @Test func rowShowsWhatWasSaidOfItsFinding() {
    var session = Session(view: .row(RowID(digits: "r2")))
    #expect(
      session.requests.last
        == .triageHistory(.finding(FindingID(digits: "f1")), offset: 0, limit: 50))
    #expect(session.screen.contains("opened again: image 77be20c4d9f1 has it too"))
    session.type("a")
    session.press(.down)
    session.type("dave")
    session.press(.enter)
    #expect(moves(session).map(\.change) == [TriageChange(owner: .set("dave"))])
  }

  @Test func historyIsShownByFindingAndByRepository() {
    var session = Session()
    session.type("H")
    #expect(session.state.view == .history(.repository("payments/api")))
    #expect(session.screen.contains("New to Closed"))
    session.press(.enter)
    #expect(session.state.view == .finding("CVE-2026-21001", repository: "payments/api"))
    session.press(.escape, .escape, .backTab)
    session.type("H")
    #expect(session.state.view == .history(.finding(FindingID(digits: "f1"))))
  }

  @Test func viewerSaysThatItMayNot() {
    var session = Session()
    session.send(.report(Report(progress: .viewing(processID: 7))))
    session.press(.backTab)
    session.type("a")
    #expect(session.state.overlay == nil)
    #expect(session.screen.contains("read only"))
  }

  @Test func findingsAreFilteredByWhatWasSaid() {
    var session = Session()
    session.type("/status=New owner=alice NOT disposition=\"False*\"")
    #expect(!session.screen.contains("there is no field"))
  }
}
