import Events
import Findings
import TestSupport
import Testing

@testable import Storage

/// The engine's side: what is committed is there, whole, also after a restart.
@Suite struct LedgerTests {
  static let window = Window(containing: SampleRows.asOf)

  static func record(_ number: UInt8, at time: Timestamp = SampleRows.asOf) -> StoredRecord {
    StoredRecord(
      contentHash: [number, 0, 255], time: time, source: "/logs/a\u{301}.json",
      sourcetype: "aws:cloudtrail", raw: Array(#"{"n":\#(number),"s":"\u0000"}"#.utf8) + [0, 0xff])
  }

  /// Something of everything.
  static func changes(seed: UInt64) -> Changes {
    var sample = SampleRows(seed: seed)
    var changes = Changes()
    changes.rows = sample.rows(6)
    changes.riskEvents = sample.riskEvents(of: changes.rows)
    changes.records = [record(1), record(2)]
    changes.rows[0].records = [[2, 0, 255], [1, 0, 255]]
    changes.groups = [
      GroupID(plan: "p", window: window, key: [0, 1]): [1, 2, 3],
      GroupID(plan: "p", window: window, key: []): [],
    ]
    changes.seen = [
      SeenRecord(plan: "p", window: window, eventID: "e", contentHash: [9]),
      SeenRecord(plan: "p", window: window, eventID: "", contentHash: [8]),
    ]
    changes.files = [
      SourceFile(
        path: "/logs/x\\x0a.json", state: "following", offset: 12, size: 1 << 40, records: 3,
        reason: "a\0b", checkpoint: [7, 0]),
      SourceFile(
        path: "/logs/a.json", state: "gone", offset: 0, size: 0, records: 0, reason: nil,
        checkpoint: []),
    ]
    changes.deadLetters = [
      DeadLetter(path: "/logs/a.json", offset: 5, reason: "line 1 is not JSON", head: [0, 0xff])
    ]
    return changes
  }

  /// The dead letters that are kept, the newest first.
  static func letters(_ store: Store) throws -> [DeadLetter] {
    let query = Query(range: TimeRange(from: nil, to: SampleRows.asOf), limit: 50_000)
    guard case .deadLetters(let page) = try store.answer(.deadLetters(query)) else { return [] }
    return page.lines.map(\.letter)
  }

  private func expectAll(of changes: Changes, in store: Store) throws {
    for row in changes.rows {
      let events = changes.riskEvents.filter { $0.row == row.id }
      let records = row.records.compactMap { hash in
        changes.records.first { $0.contentHash == hash }
      }
      let card = RowCard(row: row, riskEvents: events, records: records)
      #expect(try store.answer(.row(row.id)) == .row(card))
    }
    for (id, state) in changes.groups { #expect(try store.group(id) == state) }
    #expect(try store.seen(changes.seen) == Set(changes.seen))
    let files = changes.files.sorted { $0.path < $1.path }
    #expect(try store.files() == files)
    #expect(try LedgerTests.letters(store) == changes.deadLetters.reversed())
  }

  @Test func everythingIsThereAfterAReopening() throws {
    try withDirectory { path in
      let changes = LedgerTests.changes(seed: 1)
      var store: Store? = try Store.open(directory: path)
      try store?.commit(changes)
      try expectAll(of: changes, in: #require(store))
      store = nil
      try expectAll(of: changes, in: Store.open(directory: path))
    }
  }

  @Test func whatWasNeverCommittedIsNotThere() throws {
    let store = try Store.temporary()
    try store.commit(LedgerTests.changes(seed: 1))
    let other = Window(start: LedgerTests.window.start + 3600)
    #expect(try store.group(GroupID(plan: "p", window: other, key: [0, 1])) == nil)
    #expect(try store.group(GroupID(plan: "q", window: LedgerTests.window, key: [0, 1])) == nil)
    #expect(
      try store.seen([
        SeenRecord(plan: "p", window: LedgerTests.window, eventID: "e", contentHash: [8]),
        SeenRecord(plan: "p", window: other, eventID: "e", contentHash: [9]),
        SeenRecord(plan: "q", window: LedgerTests.window, eventID: "e", contentHash: [9]),
      ]).isEmpty)
    #expect(try store.answer(.row(RowID(digits: "00"))) == .row(nil))
  }

  @Test func aCommitHappensWholeOrNotAtAll() throws {
    let store = try Store.temporary()
    var changes = LedgerTests.changes(seed: 2)
    changes.riskEvents.append(
      RiskEvent(
        id: RiskEventID(digits: "ab"), row: RowID(digits: "cd"), rule: "r",
        window: LedgerTests.window, time: SampleRows.asOf, object: "u", objectType: "user",
        score: 1, message: "", fields: [:]))
    #expect(throws: StorageProblem.riskEventWithoutRow(id: "ab")) { try store.commit(changes) }
    #expect(try store.files() == [])
    #expect(try LedgerTests.letters(store) == [])
    #expect(try store.newestEvent(notAfter: SampleRows.asOf + 10_000) == nil)
    #expect(try store.seen(changes.seen).isEmpty)
    changes.riskEvents.removeLast()
    try store.commit(changes)
    try expectAll(of: changes, in: store)
  }

  @Test func aRowThatIsWithdrawnTakesItsRiskWithIt() throws {
    let store = try Store.temporary()
    var changes = LedgerTests.changes(seed: 3)
    try store.commit(changes)
    let gone = try #require(changes.riskEvents.first).row
    var withdrawal = Changes()
    withdrawal.withdrawn = [gone, RowID(digits: "ffff")]
    try store.commit(withdrawal)
    changes.rows.removeAll { $0.id == gone }
    changes.riskEvents.removeAll { $0.row == gone }
    #expect(try store.answer(.row(gone)) == .row(nil))
    try expectAll(of: changes, in: store)
    let all = TimeRange(from: nil, to: SampleRows.asOf + 10_000)
    #expect(Set(try store.riskEvents(in: all).map(\.id)) == Set(changes.riskEvents.map(\.id)))
  }

  @Test func aRowThatChangesRaisesOnlyWhatItRaisesNow() throws {
    let store = try Store.temporary()
    var changes = LedgerTests.changes(seed: 3)
    try store.commit(changes)
    let gone = changes.riskEvents.removeFirst()
    try store.commit(changes)
    let all = TimeRange(from: nil, to: SampleRows.asOf + 10_000)
    let found = Set(try store.riskEvents(in: all).map(\.id))
    #expect(found == Set(changes.riskEvents.map(\.id)))
    #expect(!found.contains(gone.id))
  }

  @Test func aRowThatQualifiesAgainInTheSameCommitStays() throws {
    let store = try Store.temporary()
    let changes = LedgerTests.changes(seed: 4)
    try store.commit(changes)
    var again = changes
    again.withdrawn = changes.rows.map(\.id)
    again.deadLetters = []
    try store.commit(again)
    try expectAll(of: changes, in: store)
  }

  @Test func aSecondCommitReplacesRowsGroupsFilesAndRisk() throws {
    let store = try Store.temporary()
    var changes = LedgerTests.changes(seed: 5)
    try store.commit(changes)
    for index in changes.rows.indices {
      changes.rows[index].count += 1
      changes.rows[index].values[0] = .number(.real(0.5))
      changes.rows[index].records = [[2, 0, 255]]
    }
    for index in changes.riskEvents.indices { changes.riskEvents[index].score += 1 }
    for id in changes.groups.keys { changes.groups[id] = [9, 9] }
    changes.files[0].offset = 99
    let letters = changes.deadLetters
    changes.deadLetters = []
    try store.commit(changes)
    changes.deadLetters = letters
    try expectAll(of: changes, in: store)
  }

  @Test func deadLettersAreAllCountedAndTheNewestKept() throws {
    let store = try Store.temporary()
    var number: Int64 = 0
    for batch in [1, 9_000, 2_000, 12_000] {
      var changes = Changes()
      changes.deadLetters = (0..<batch).map { _ in
        number += 1
        return DeadLetter(path: "/x", offset: number, reason: "", head: [])
      }
      try store.commit(changes)
    }
    let letters = try LedgerTests.letters(store)
    #expect(letters.count == 10_000)
    #expect(letters.first?.offset == 23_001 && letters.last?.offset == 13_002)
    let query = Query(range: TimeRange(from: nil, to: SampleRows.asOf))
    guard case .overview(let overview) = try store.answer(.overview(query)) else { return }
    #expect(overview.deadLetters == 23_001)
  }

  @Test func recordsOfARuleAreEachToldOnce() throws {
    let store = try Store.temporary()
    let hour = LedgerTests.window.start
    var sample = SampleRows(seed: 6)
    var changes = Changes()
    changes.records = (0..<4).map { LedgerTests.record($0, at: hour + Int64($0) * 900) }
    changes.rows = sample.rows(3)
    for index in 0..<3 {
      changes.rows[index].rule = index < 2 ? "mine" : "other"
      changes.rows[index].firstSeen = hour
      changes.rows[index].lastSeen = hour + 2_700
      changes.rows[index].count = 100
      changes.rows[index].records = changes.records.prefix(index + 2).map(\.contentHash)
    }
    try store.commit(changes)
    let whole = try store.records(
      ofRule: "mine", in: TimeRange(from: hour, to: hour + Window.length))
    #expect(whole.records == changes.records.prefix(3).reversed())
    #expect(whole.events == 200)
    let part = try store.records(ofRule: "mine", in: TimeRange(from: hour + 1, to: hour + 1_800))
    #expect(part.records == [changes.records[1]])
    #expect(try store.records(ofRule: "none", in: TimeRange(from: nil, to: hour)).records.isEmpty)
  }
}
