import Events
import Findings
import Foundation
import Testing

@testable import Storage

/// Forgetting what is old, giving space back, and going on after a failed disk.
@Suite struct UpkeepTests {
  private func commit(_ store: Store, seed: UInt64, changed: Int64) throws -> Changes {
    var changes = LedgerTests.changes(seed: seed)
    let window = Window(start: LedgerTests.window.start - Int64(seed) * Window.length)
    for index in changes.rows.indices {
      changes.rows[index].window = window
      changes.rows[index].lastSeen = window.start + 60
    }
    changes.riskEvents = []
    changes.groups = [GroupID(plan: "p", window: window, key: [1]): [1]]
    changes.seen = [SeenRecord(plan: "p", window: window, eventID: "e", contentHash: [9])]
    changes.records = [LedgerTests.record(UInt8(seed), at: window.start + 60)]
    changes.rows[0].records = changes.records.map(\.contentHash)
    changes.deadLetters = []
    changes.changedAt = Timestamp(seconds: changed)
    try store.commit(changes)
    return changes
  }

  @Test func windowsThatLongDidNotChangeAreForgottenStepByStep() throws {
    let store = try Store.temporary()
    let old = try commit(store, seed: 1, changed: 100)
    let new = try commit(store, seed: 2, changed: 200)
    let id = old.rows[0].finding
    _ = try store.apply([
      TriageMove(
        findings: [id], change: TriageChange(status: .closed), by: "ann",
        at: Timestamp(seconds: 150))
    ])
    var steps = 0
    while try store.retire(before: Timestamp(seconds: 200), rows: 2) { steps += 1 }
    #expect(steps == 5)
    for row in old.rows { #expect(try store.answer(.row(row.id)) == .row(nil)) }
    for row in new.rows { #expect(try store.answer(.row(row.id)) != .row(nil)) }
    #expect(try store.seen(old.seen + new.seen) == Set(new.seen))
    for id in old.groups.keys { #expect(try store.group(id) == nil) }
    let facts = try store.facts()
    #expect(facts.rows == 6 && facts.records == 1 && facts.triaged == 1)
    #expect(facts.oldestWindow == new.rows[0].window)
    let request = Request.triageHistory(.finding(id), offset: 0, limit: 9)
    guard case .triageHistory(let page) = try store.answer(request) else { return }
    #expect(page.total == 1)
  }

  @Test func findingsWithoutRowsGoUnlessSomebodySaidSomethingOfThem() throws {
    let store = try Store.temporary()
    let old = try commit(store, seed: 3, changed: 100)
    let new = try commit(store, seed: 4, changed: 200)
    let id = old.rows[0].finding
    _ = try store.apply([
      TriageMove(
        findings: [id], change: TriageChange(status: .pending), by: "ann",
        at: Timestamp(seconds: 150))
    ])
    while try store.retire(before: Timestamp(seconds: 200), rows: 2) {}
    let left = Set(new.rows.map(\.finding)).union([id])
    #expect(try store.facts().findings == left.count)
    // A finding that comes again is a new one: the writer's memory of its number is gone too.
    try store.commit(old)
    let all = Set((old.rows + new.rows).map(\.finding))
    #expect(all.count > left.count)
    #expect(try store.facts().findings == all.count)
    for row in old.rows { #expect(try store.answer(.row(row.id)) != .row(nil)) }
  }

  @Test func aVacuumGivesSpaceBack() throws {
    let store = try Store.temporary()
    for seed in UInt64(1)...40 { _ = try commit(store, seed: seed, changed: 1) }
    while try store.retire(before: Timestamp(seconds: 2)) {}
    let before = try store.facts()
    #expect(before.freeBytes > 0)
    try store.vacuum()
    let after = try store.facts()
    #expect(after.freeBytes == 0 && after.bytes < before.bytes)
  }

  @Test func afterAFailureTheSameCommitSucceedsOnANewConnection() throws {
    try withDirectory { path in
      let store = try Opening(
        place: StateDirectory(path: path), roots: nil, mode: .writer, pageLimit: 200
      ).store()
      let first = try commit(store, seed: 1, changed: 1)
      var large = LedgerTests.changes(seed: 2)
      large.records = [LedgerTests.record(7)]
      large.records[0].raw = (0..<2_000_000).map { _ in UInt8.random(in: 0...255) }
      #expect(throws: StorageProblem.full(path: path + "/state.sqlite")) {
        try store.commit(large)
      }
      #expect(try store.answer(.row(first.rows[0].id)) != .row(nil))
      try store.recover()
      try store.commit(large)
      #expect(try store.answer(.row(large.rows[0].id)) != .row(nil))
      #expect(try store.answer(.row(first.rows[0].id)) != .row(nil))
    }
  }
}
