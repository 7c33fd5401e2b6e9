import CellGrid
import Events
import Findings
import Interface
import Testing

/// Keys that come before the list that they are meant for.
struct TypeAhead {
  /// Answers everything that has not been answered yet, as often as new requests come of it.
  private func answer(_ session: inout Session, from first: Int = 0) {
    session.store = Fixture.answer
    for (index, request) in session.requests.enumerated().dropFirst(first) {
      session.send(.answer(Fixture.answer(request), to: request, generation: index + 1))
    }
  }

  @Test func keysWaitForTheListAndAreDoneWhenItIsThere() {
    var session = Session(store: { _ in nil })
    session.press(.down, .enter)
    #expect(session.state.view == .overview)
    #expect(session.screen.contains("as soon as it is loaded: Down Enter"))
    answer(&session)
    #expect(session.state.view == .repository("payments/worker"))
  }

  @Test func whatIsTypedBehindWaitsToo() {
    var session = Session(store: { _ in nil })
    session.press(.enter)
    session.type("/quick")
    answer(&session)
    #expect(session.state.view == .repository("payments/api"))
    #expect(session.state.overlay == .filter(text: "quick"))
    #expect(!session.effects.contains(.quit))
  }

  @Test func enterAfterAFilterOpensWhatTheFilterLeaves() {
    var session = Session()
    session.store = { _ in nil }
    let asked = session.requests.count
    session.type("/severity=HIGH")
    session.press(.enter, .enter)
    #expect(session.state.view == .overview, "the lines in view are those before the filter")
    answer(&session, from: asked)
    #expect(session.state.view == .repository("payments/api"))
  }

  @Test func rowThatIsOnItsWayTakesKeysToo() {
    var session = Session(view: .row(RowID(digits: "r2")), store: { _ in nil })
    session.press(.down, .down)
    answer(&session)
    #expect(session.screen.contains("AWS ECR Container Scanning Findings High"))
    #expect(!session.screen.contains("as soon as it is loaded"))
  }

  @Test func escapeForgetsThem() {
    var session = Session(store: { _ in nil })
    session.press(.enter, .escape)
    answer(&session)
    #expect(session.state.view == .overview)
  }

  @Test func failureForgetsThem() {
    var session = Session(store: { _ in nil })
    session.press(.enter)
    session.send(.failed(Notice("the state cannot be read", request: session.requests[1])))
    answer(&session)
    #expect(session.state.view == .overview)
  }
}
