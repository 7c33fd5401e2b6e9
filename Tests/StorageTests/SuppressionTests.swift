import Events
import Findings
import TestSupport
import Testing

@testable import Storage

/// Terms that hide rows for a while.
@Suite struct SuppressionTests {
  private func suppression(
    _ filter: Filter, rule: String? = nil, expires: Timestamp? = nil
  ) -> Suppression {
    Suppression(
      rule: rule, term: "as typed", filter: filter, reason: "known", author: "ann",
      at: TriageTests.noon, expires: expires)
  }

  private func lines(_ store: Store) throws -> [SuppressionLine] {
    guard case .suppressions(let lines) = try store.answer(.suppressions(TriageTests.all)) else {
      return []
    }
    return lines
  }

  @Test func whatIsHiddenIsInNoListAndIsCounted() throws {
    let (store, model) = try LibraryTests.filled(seed: 41)
    let rule = "Blind spot"
    let filter = Filter.matches(.user, pattern: "test")
    let number = try store.suppress(suppression(filter, rule: rule))
    var shown = model
    shown.rows.removeAll { NaiveFilter.matches(filter, $0) && $0.rule == rule }
    let hidden = model.rows.count - shown.rows.count
    #expect(hidden > 0)
    let query = TriageTests.all
    var overview = shown.overview(query)
    overview.hidden = hidden
    overview.suppressions = 1
    #expect(try store.answer(.overview(query)) == .overview(overview))
    #expect(try store.answer(.rows(query)) == .rows(shown.rows(query)))
    #expect(try store.answer(.sources(query)) == .sources(shown.sources(query)))
    let line = try #require(try lines(store).first)
    #expect(line.hidden == hidden && line.isActive && line.suppression.number == number)
    #expect(line.suppression.filter == filter && line.suppression.reason == "known")
    try store.lift(suppression: number)
    #expect(try store.answer(.rows(query)) == .rows(model.rows(query)))
    #expect(try lines(store).isEmpty)
  }

  @Test func anExpiredTermHidesNothing() throws {
    let (store, model) = try LibraryTests.filled(seed: 42)
    let query = TriageTests.all
    _ = try store.suppress(suppression(.everything, expires: query.range.to))
    #expect(try store.answer(.rows(query)) == .rows(model.rows(query)))
    #expect(try lines(store).map(\.isActive) == [false])
    _ = try store.suppress(suppression(.everything, expires: query.range.to + 1))
    #expect(try store.answer(.rows(query)) == .rows(NaiveLibrary().rows(query)))
    #expect(try lines(store).map(\.hidden) == [model.rows.count, model.rows.count])
  }

  @Test func theClockEndsATermHoweverOldIsWhatIsLookedAt() throws {
    let (store, model) = try LibraryTests.filled(seed: 43)
    let query = TriageTests.all
    let end = query.range.to + 86_400
    _ = try store.suppress(suppression(.everything, expires: end))
    #expect(try store.answer(.rows(query), now: end - 1) == .rows(NaiveLibrary().rows(query)))
    #expect(try store.answer(.rows(query), now: end) == .rows(model.rows(query)))
  }

  @Test func aTermThatCannotBeComparedIsNotKept() throws {
    let store = try Store.temporary()
    let long = Filter.contains(String(repeating: "x", count: 60_000))
    #expect(throws: StorageProblem.filterTooLong(bytes: 60_002, limit: 50_000)) {
      try store.suppress(suppression(long))
    }
    #expect(try lines(store).isEmpty)
  }

  @Test func everyFilterComesBackAsItWas() throws {
    var random = SplitMix64(seed: 43)
    for _ in 0..<200 {
      let filter = FilterTests.random(&random, depth: 4)
      var writer = BlobWriter()
      FilterBlob.write(filter, to: &writer)
      var reader = try BlobReader(writer.data)
      #expect(try FilterBlob.read(&reader) == filter)
    }
  }
}
