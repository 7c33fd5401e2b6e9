import CellGrid
import Events
import Findings
import Interface
import Testing

/// A role's sessions apart, and small things that an analyst meets on the way.
@Suite struct SessionsTests {
  @Test func xSplitsAUserBySessionAndEnterOpensOne() {
    var session = Session()
    session.press(.tab)
    session.type("x")
    #expect(session.state.view == .sessions(user: "deploy-bot"))
    #expect(session.screen.contains("alice@example.org"))
    session.press(.enter)
    #expect(
      session.state.view == .session(user: "deploy-bot", session: "alice@example.org"))
    #expect(
      session.requests.contains { request in
        if case .rows(let query) = request {
          query.scope == [.user: "deploy-bot", .session: "alice@example.org"]
        } else {
          false
        }
      })
  }

  @Test func whatIsNotFilteredSaysSo() {
    for view in [View.attack, .suppressions] {
      var session = Session(view: view)
      session.type("/")
      #expect(session.state.overlay == nil)
      #expect(session.screen.contains("not filtered"))
    }
  }

  @Test func enterOnAnEventShowsItsJSON() {
    let raw = #"{"eventName":"PutImage","requestParameters":{"imageTag":"1.2"}}"#
    var session = Session(view: .search("eventName=PutImage")) { request in
      guard case .search(let search) = request else { return Fixture.answer(request) }
      return .search(
        DrilldownResult(
          title: "", search: search.text,
          table: Table(columns: ["_time", "_raw"], rows: [["2026-03-04", .string(raw)]]), note: nil)
      )
    }
    session.press(.enter)
    #expect(session.screen.contains(#""imageTag": "1.2""#))
  }

  @Test func searchesAndFiltersCompleteValues() {
    var session = Session()
    session.press(.tab)
    session.type(":index=risk risk_object=dep")
    session.press(.tab)
    #expect(session.screen.contains("risk_object=deploy-bot"))
    session.press(.escape)
    session.type(":index=risk | where severity=CR")
    session.press(.tab)
    #expect(session.screen.contains("severity=CRITICAL"))
    session.press(.escape)
    session.type("/user_name=x")
    session.press(.escape)
    session.type("/finding_name=CVE-2021")
    session.press(.tab)
    #expect(session.screen.contains("finding_name=CVE-2021-33574"))
  }
}
