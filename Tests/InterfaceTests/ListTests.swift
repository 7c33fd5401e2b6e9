import CellGrid
import Events
import Findings
import Interface
import Testing

/// Lists that are loaded again, sorted, filtered, held and paged.
struct Lists {
  /// A store of that many repositories, the newest first.
  private static func store(_ count: Int, first: Int = 0) -> (Request) -> Answer? {
    { request in
      guard case .repositories(let query) = request else { return Fixture.answer(request) }
      let range = query.offset..<max(query.offset, min(count, query.offset + query.limit))
      let lines = range.map {
        Fixture.repository("team/repository-\(first + $0)", 0, 1, 1, [0], 60)
      }
      return .repositories(Page(offset: query.offset, total: count, lines: lines))
    }
  }

  private func selectedLine(_ session: Session) -> String? {
    session.screen.split(separator: "\n").map { String($0.prefix(66)) }.first { $0.contains("▸") }
  }

  @Test func selectionFollowsItsLine() {
    var session = Session(store: Self.store(20, first: 100))
    session.press(.down, .down)
    #expect(selectedLine(session)?.contains("repository-102") == true)
    session.store = Self.store(25, first: 95)
    session.send(.changed)
    #expect(selectedLine(session)?.contains("repository-102") == true)
  }

  @Test func listThatWasNotMovedInStaysAtItsFirstLine() {
    var session = Session(store: Self.store(20, first: 100))
    session.store = Self.store(25, first: 95)
    session.send(.changed)
    #expect(selectedLine(session)?.contains("repository-95") == true)
  }

  @Test func longListIsLoadedAroundTheCursor() {
    var session = Session(store: Self.store(5000))
    session.type("G")
    #expect(session.screen.contains("repository-4999"))
    #expect(session.screen.contains("5,000 of 5,000"))
    session.press(.pageUp)
    session.type("g")
    #expect(session.screen.contains("repository-0 "))
    let repositories = session.requests.count {
      if case .repositories = $0 { true } else { false }
    }
    #expect(repositories == 3, "the first window, the last, the first again")
  }

  @Test func storeThatGivesLessThanItCountsIsNotAskedForEver() {
    let session = Session(store: { request in
      guard case .repositories(let query) = request else { return Fixture.answer(request) }
      return .repositories(Page(offset: query.offset, total: 500, lines: []))
    })
    #expect(session.requests.count == 5)
  }

  @Test func lateAnswerIsDropped() {
    var session = Session(store: { _ in nil })
    let request = session.requests[1]
    session.send(.key(.character("R")))
    let old = Page(offset: 0, total: 1, lines: [Fixture.repository("old", 0, 0, 0, [0], 9)])
    session.send(.answer(.repositories(old), to: request, generation: 2))
    #expect(!session.screen.contains(" old "))
    let new = Page(offset: 0, total: 1, lines: [Fixture.repository("new", 0, 0, 0, [0], 9)])
    session.send(.answer(.repositories(new), to: request, generation: 7))
    #expect(session.screen.contains(" new "))
  }

  @Test func listThatComesIntoViewIsAskedForAgain() {
    var session = Session(Size(width: 40, height: 12))
    session.press(.tab, .tab, .tab)
    session.store = Self.store(25, first: 95)
    session.press(.tab)
    #expect(session.screen.contains("deploy-bot"))
    session.press(.backTab)
    #expect(session.screen.contains("1 of 25"))
  }

  @Test func listWhoseAnswerCameTooLateIsAskedForAgain() {
    var session = Session(Size(width: 40, height: 12))
    session.store = { request in
      if case .users = request { return nil }
      return Fixture.answer(request)
    }
    session.press(.tab, .tab, .enter)
    session.store = Fixture.answer
    session.press(.escape, .backTab)
    #expect(session.screen.contains("deploy-bot"))
  }

  @Test func clockThatTicksDoesNotAskTwice() {
    var session = Session(store: { _ in nil })
    session.send(.tick(Fixture.clock + 1))
    session.press(.tab)
    #expect(session.requests.count == 5)
  }

  @Test func changesWhileAnAnswerIsAwaitedAskOnceMoreAfterIt() {
    var session = Session(store: { _ in nil })
    for _ in 0..<10 { session.send(.changed) }
    #expect(session.requests.count == 5)
    let request = session.requests[1]
    let page = Page(offset: 0, total: 1, lines: [Fixture.repositories[0]])
    session.send(.answer(.repositories(page), to: request, generation: 2))
    #expect(session.requests.count == 6)
  }

  @Test func heldListsStandStillAndCountWhatIsNew() {
    var session = Session(store: Self.store(20, first: 100))
    session.type("f")
    session.store = { request in
      guard case .overview = request else { return Self.store(25, first: 95)(request) }
      var overview = Fixture.overview
      overview.findings += 12
      return .overview(overview)
    }
    session.send(.changed)
    #expect(session.screen.contains("⏸ held  +12 new"))
    #expect(session.screen.contains("repository-100"))
    #expect(!session.screen.contains("repository-95 "))
    session.type("f")
    #expect(session.screen.contains("repository-95 "))
    #expect(session.screen.contains("● live"))
  }

  @Test func filterHoldsAsItIsTyped() {
    var session = Session()
    session.type("/severity=HIGH")
    #expect(filter(session) == .matches(.severity, pattern: "HIGH"))
    session.type(" |")
    #expect(filter(session) == .matches(.severity, pattern: "HIGH"), "the last that could be read")
    #expect(session.state.frame(session.state.size).golden.contains("filter"))
    session.press(.control("U"))
    session.type("fance=1")
    #expect(session.screen.contains("there is no field 'fance'"))
    session.press(.control("U"))
    session.type("api")
    #expect(filter(session) == .contains("api"))
    session.press(.enter)
    #expect(session.screen.contains("── / api ──"))
    session.press(.escape)
    #expect(filter(session) == .everything)
    #expect(session.state.view == .overview)
  }

  private func filter(_ session: Session) -> Filter? {
    for request in session.requests.reversed() {
      if case .findings(let query) = request { return query.filter }
    }
    return nil
  }

  @Test func sortKeepsTheLineUnderTheCursor() {
    var session = Session()
    session.press(.down)
    session.type("S")
    session.press(.down, .enter)
    #expect(lastSort(session) == Sort(.critical, descending: true))
    session.type("SS")
    #expect(lastSort(session) == Sort(.critical, descending: false))
    #expect(selectedLine(session)?.contains("payments/worker") == true)
    #expect(session.screen.contains("crit ▴"))
  }

  private func lastSort(_ session: Session) -> Sort? {
    for request in session.requests.reversed() {
      if case .repositories(let query) = request { return query.sort }
    }
    return nil
  }

  @Test func timeRangeIsChosenOrTyped() {
    var session = Session()
    session.type("t")
    session.press(.up, .enter)
    #expect(lastRange(session) == TimeRange(from: Fixture.ago(86_400), to: Fixture.clock))
    session.type("t-90m")
    session.press(.enter)
    #expect(lastRange(session) == TimeRange(from: Fixture.ago(5_400), to: Fixture.clock))
    #expect(session.screen.contains("last 90 minutes"))
    session.type("tsoon")
    session.press(.enter)
    #expect(session.screen.contains("'soon' is not a time range"))
  }

  private func lastRange(_ session: Session) -> TimeRange? {
    for request in session.requests.reversed() {
      if case .findings(let query) = request { return query.range }
    }
    return nil
  }

  @Test func oldLogsAreShownAsOfTheirNewestEvent() {
    var session = Session()
    let newest = Timestamp(year: 2021, month: 8, day: 11, hour: 11, minute: 52, second: 27)
    session.send(.asOf(newest))
    #expect(session.screen.contains("as of 2021-08-11 11:52Z"))
    #expect(lastRange(session)?.to == newest)
    session.send(.asOf(Fixture.ago(60)))
    #expect(!session.screen.contains("as of"))
    #expect(lastRange(session)?.to == Fixture.clock)
  }

  @Test func emptyListSaysWhatToDo() {
    let nothing = Page<RepositoryLine>(offset: 0, total: 0, lines: [])
    var session = Session(store: { request in
      if case .repositories = request { return .repositories(nothing) }
      return Fixture.answer(request)
    })
    #expect(session.screen.contains("nothing in the last 7 days"))
    #expect(session.screen.contains("t looks further back"))
    session.send(.report(Report()))
    #expect(session.screen.contains("no log has been read yet"))
    session.type("/x")
    #expect(session.screen.contains("nothing here matches the filter"))
  }
}
