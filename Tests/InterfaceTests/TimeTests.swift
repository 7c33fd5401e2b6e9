import CellGrid
import Events
import Findings
import Interface
import Testing

struct TimeJourneys {
  private func range(of session: Session) -> TimeRange? {
    session.requests.last { if case .findings = $0 { true } else { false } }.flatMap { request in
      if case .findings(let query) = request { query.range } else { nil }
    }
  }

  @Test func rangesAreReadAsTheyAreTyped() {
    let day = Timestamp(year: 2026, month: 1, day: 1)
    let cases: [(String, TimeChoice?)] = [
      ("2026-01-01..2026-01-02", .between(day, day + 2 * 86_400 - 1)),
      ("2026-01-01T10:00..2026-01-01T12:00", .between(day + 36_000, day + 43_200)),
      ("2026-01-01..", .since(day)), ("-24h", .seconds(86_400)), ("2026-01-02..2026-01-01", nil),
      ("..2026-01-01", nil), ("2026-13-01..2026-14-01", nil),
    ]
    for (text, choice) in cases { #expect(TimeChoice(typed: text) == choice, "\(text)") }
    for case let (_, choice?) in cases { #expect(TimeChoice(typed: choice.typed) == choice) }
  }

  @Test func aTypedRangeLimitsTheLists() {
    var session = Session()
    session.type("t2026-03-01..2026-03-02")
    session.press(.enter)
    let day = Timestamp(year: 2026, month: 3, day: 1)
    #expect(range(of: session) == TimeRange(from: day, to: day + 2 * 86_400 - 1))
    #expect(session.screen.contains("2026-03-01 00:00 to"))
  }

  @Test func theTimelinesCursorNarrowsEverythingAndEscapeWidens() {
    var session = Session()
    session.type("<")
    let last = range(of: session)
    #expect(last.flatMap(\.from).map { (last?.to ?? $0) - $0 } == 3599)
    session.type("<<")
    #expect(range(of: session)?.from == last.flatMap(\.from).map { $0 - 7200 })
    session.type(">")
    #expect(range(of: session)?.from == last.flatMap(\.from).map { $0 - 3600 })
    #expect(session.screen.contains("Esc shows all"))
    session.press(.escape)
    #expect(range(of: session)?.from == Fixture.clock - 7 * 86_400)
  }

  @Test func theCursorStaysWithinTheRange() {
    var session = Session()
    for _ in 0..<400 { session.type("<") }
    let first = Fixture.clock.seconds - 7 * 86_400
    #expect(range(of: session)?.from?.seconds == first - first % 3600)
    for _ in 0..<400 { session.type(">") }
    #expect(range(of: session)?.from?.seconds == Fixture.clock.seconds / 3600 * 3600)
  }

  @Test func aReplayWatchesThePastAgainAtItsSpeed() {
    var session = Session()
    session.type(":replay 2026-03-01T10:00..2026-03-01T10:05 60x")
    session.press(.enter)
    let start = Timestamp(year: 2026, month: 3, day: 1, hour: 10)
    #expect(range(of: session) == TimeRange(from: start, to: start))
    #expect(session.screen.contains("replay 60x"))
    session.send(.tick(Fixture.clock + 2))
    #expect(range(of: session) == TimeRange(from: start, to: start + 120))
    session.send(.tick(Fixture.clock + 60))
    #expect(range(of: session) == TimeRange(from: start, to: start + 300))
    #expect(session.screen.contains("replay over"))
    session.press(.escape)
    #expect(range(of: session)?.to == Fixture.clock + 60)
  }

  @Test func aReplayThatIsNoneIsRefused() {
    var session = Session()
    for text in ["nonsense", "all", "2026-03-01..2026-03-02 0x", "2026-03-01..2026-03-02 60x x"] {
      session.type(":replay \(text)")
      session.press(.enter)
      #expect(session.screen.contains("is no replay"), "\(text)")
    }
  }

  @Test func theShiftsMarkLimitsTheListsToWhatIsNew() {
    var session = Session()
    session.type("M")
    #expect(session.screen.contains("marked"))
    session.send(.tick(Fixture.clock + 7200))
    session.type("M")
    #expect(range(of: session) == TimeRange(from: Fixture.clock, to: Fixture.clock + 7200))
    #expect(session.screen.contains("since my last shift"))
    session.type("M")
    #expect(range(of: session)?.from == Fixture.clock + 7200 - 7 * 86_400)
  }
}
