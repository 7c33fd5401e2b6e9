import Events
import Findings
import TestSupport
import Testing

@testable import Storage

/// What a store has learnt of since another look.
@Suite struct ArrivalTests {
  private func changes(_ rows: [ResultRow]) -> Changes {
    var changes = Changes()
    changes.rows = rows
    return changes
  }

  @Test func onlyFindingsThatAreNewAreToldEachOnceByItsNewestRow() throws {
    let store = try Store.temporary()
    var sample = SampleRows(seed: 7)
    let first = sample.rows(40)
    try store.commit(changes(first))
    let start = try store.arrivals(after: nil, at: SampleRows.asOf)
    #expect(start.rows.isEmpty && start.newest > 0)
    #expect(try store.arrivals(after: start.newest, at: SampleRows.asOf).rows.isEmpty)

    let second = sample.rows(60)
    try store.commit(changes(second))
    let known = Set(first.map(\.finding))
    let expected = Set(second.map(\.finding)).subtracting(known)
    #expect(!expected.isEmpty)
    let found = try store.arrivals(after: start.newest, at: SampleRows.asOf)
    #expect(found.rows.count == expected.count)
    #expect(Set(found.rows.map(\.finding)) == expected)
    #expect(try store.arrivals(after: found.newest, at: SampleRows.asOf).rows.isEmpty)
  }

  @Test func whatIsSuppressedIsNotTold() throws {
    let store = try Store.temporary()
    _ = try store.suppress(
      Suppression(
        rule: nil, term: "*", filter: .everything, reason: "r", author: "a",
        at: SampleRows.asOf, expires: nil))
    var sample = SampleRows(seed: 8)
    try store.commit(changes(sample.rows(20)))
    let found = try store.arrivals(after: 0, at: SampleRows.asOf)
    #expect(found.rows.isEmpty && found.newest > 0)
  }
}
