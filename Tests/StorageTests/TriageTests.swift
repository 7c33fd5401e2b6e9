import Events
import Findings
import Testing

@testable import Storage

/// What people say of findings: changed, undone, reopened, filtered by, and never lost.
@Suite struct TriageTests {
  static let all = Query(range: TimeRange(from: nil, to: SampleRows.asOf + 10_000), limit: 1_000)
  static let noon = Timestamp(seconds: 1_800_000_000)

  static func findings(_ store: Store, _ query: Query = all) throws -> [FindingLine] {
    guard case .findings(let page) = try store.answer(.findings(query)) else { return [] }
    return page.lines
  }

  private func triage(_ store: Store, _ id: FindingID) throws -> Triage? {
    try TriageTests.findings(store).first { $0.id == id }?.triage
  }

  private func history(_ store: Store, _ subject: TriageSubject) throws -> [TriageEntry] {
    let request = Request.triageHistory(subject, offset: 0, limit: 100)
    guard case .triageHistory(let page) = try store.answer(request) else { return [] }
    #expect(page.total == page.lines.count)
    return page.lines
  }

  private func move(
    _ ids: [FindingID], _ change: TriageChange, at seconds: Int64 = 0
  ) -> TriageMove {
    TriageMove(findings: ids, change: change, by: "ann", at: TriageTests.noon + seconds)
  }

  @Test func aMoveOverManyFindingsIsOneBatchAndIsUndoneAtOnce() throws {
    let (store, _) = try LibraryTests.filled(seed: 31)
    let ids = try TriageTests.findings(store).prefix(5).map(\.id)
    let change = TriageChange(
      status: .inProgress, owner: .set("b\0b"), urgency: .set(.low), disposition: .testing,
      comment: .set("looking"))
    let batch = try #require(try store.apply([move(ids, change)]))
    let expected = Triage(
      status: .inProgress, owner: "b\0b", urgency: .low, disposition: .testing,
      comment: "looking", by: "ann", at: TriageTests.noon)
    for id in ids { #expect(try triage(store, id) == expected) }
    #expect(try store.lastBatch(by: "ann") == batch)
    #expect(try store.lastBatch(by: "bob") == nil)
    #expect(try store.apply([move(ids, change, at: 1)]) == nil)
    #expect(try store.undo(batch: batch, by: "ann", at: TriageTests.noon + 2) != nil)
    for id in ids {
      let found = try triage(store, id)
      #expect(found == Triage(by: "ann", at: TriageTests.noon + 2))
      #expect(try history(store, .finding(id)).count == 2)
    }
    #expect(try store.lastBatch(by: "ann") == nil)
  }

  @Test func undoLeavesWhatWasChangedSinceAndCanBeUndone() throws {
    let (store, _) = try LibraryTests.filled(seed: 32)
    let id = try #require(try TriageTests.findings(store).first).id
    let first = try #require(try store.apply([move([id], TriageChange(status: .pending))]))
    _ = try store.apply([move([id], TriageChange(comment: .set("later")), at: 1)])
    let undo = try #require(try store.undo(batch: first, by: "bob", at: TriageTests.noon + 2))
    #expect(
      try triage(store, id)
        == Triage(comment: "later", by: "bob", at: TriageTests.noon + 2))
    #expect(try store.undo(batch: first, by: "bob", at: TriageTests.noon + 3) == nil)
    #expect(try store.undo(batch: undo, by: "ann", at: TriageTests.noon + 4) != nil)
    #expect(try triage(store, id)?.status == .pending)
    #expect(try triage(store, id)?.comment == "later")
    let causes = try history(store, .finding(id)).map(\.cause)
    #expect(causes == [.undo(of: 3), .undo(of: 1), .move, .move])
  }

  @Test func severalMovesAreUndoneTogether() throws {
    let (store, _) = try LibraryTests.filled(seed: 33)
    let id = try #require(try TriageTests.findings(store).first).id
    let batch = try store.apply([
      move([id], TriageChange(status: .pending)), move([id], TriageChange(status: .closed)),
    ])
    _ = try store.undo(batch: #require(batch), by: "ann", at: TriageTests.noon)
    #expect(try triage(store, id)?.status == .new)
  }

  @Test func aMoveOnAnUnknownFindingChangesNothing() throws {
    let (store, _) = try LibraryTests.filled(seed: 34)
    let id = try #require(try TriageTests.findings(store).first).id
    let moves = [move([id, FindingID(digits: "00")], TriageChange(status: .closed))]
    #expect(throws: StorageProblem.noFinding(id: "00")) { try store.apply(moves) }
    #expect(try triage(store, id) == .untouched)
    #expect(try history(store, .everything).isEmpty)
  }

  /// A store with one closed finding, and its only row.
  private func closed() throws -> (store: Store, row: ResultRow) {
    let store = try Store.temporary()
    var sample = SampleRows(seed: 35)
    var changes = Changes()
    changes.rows = sample.rows(1)
    changes.rows[0].roles[.image] = "sha256:first"
    changes.rows[0].roles[.repository] = "shop"
    try store.commit(changes)
    _ = try store.apply([move([changes.rows[0].finding], TriageChange(status: .closed))])
    return (store, changes.rows[0])
  }

  private func commit(_ store: Store, _ row: ResultRow, _ number: Int) throws {
    var changes = Changes()
    changes.rows = [row]
    changes.rows[0].id = RowID(digits: SampleRows.digits("again \(number)"))
    changes.changedAt = TriageTests.noon + 60
    try store.commit(changes)
  }

  @Test func aNewReaderNeverReopensAFinding() throws {
    let (store, row) = try closed()
    var other = row
    other.roles[.user] = "somebody else"
    try commit(store, other, 1)
    other.roles[.image] = nil
    try commit(store, other, 2)
    #expect(try triage(store, row.finding)?.status == .closed)
    #expect(try history(store, .finding(row.finding)).count == 1)
  }

  @Test func aNewImageReopensAFindingOnceAndSaysSo() throws {
    let (store, row) = try closed()
    var other = row
    other.roles[.image] = "sha256:second"
    try commit(store, other, 1)
    let open = try #require(try triage(store, row.finding))
    #expect(open == Triage(by: "watchfloor", at: TriageTests.noon + 60))
    let entries = try history(store, .repository("shop"))
    #expect(entries.first?.cause == .newImage("sha256:second"))
    #expect(entries.first?.before.status == .closed)
    #expect(entries.map(\.name) == [row.roles[.finding], row.roles[.finding]])
    #expect(try history(store, .repository("other")).isEmpty)
    _ = try store.apply([move([row.finding], TriageChange(status: .resolved))])
    try commit(store, other, 2)
    #expect(try triage(store, row.finding)?.status == .resolved)
  }

  @Test func triageOutlivesTheRowsAndTheProgram() throws {
    try withDirectory { path in
      var changes = LedgerTests.changes(seed: 36)
      changes.rows = Array(changes.rows.prefix(1))
      changes.riskEvents = []
      let id = changes.rows[0].finding
      var store: Store? = try Store.open(directory: path)
      try store?.commit(changes)
      _ = try store?.apply([move([id], TriageChange(status: .pending))])
      var withdrawal = Changes()
      withdrawal.withdrawn = changes.rows.map(\.id)
      try store?.commit(withdrawal)
      #expect(try TriageTests.findings(#require(store)).isEmpty)
      store = nil
      let again = try Store.open(directory: path)
      try again.commit(changes)
      #expect(try triage(again, id)?.status == .pending)
    }
  }

  @Test func findingsAreFilteredByTheirTriage() throws {
    let (store, _) = try LibraryTests.filled(seed: 37)
    let lines = try TriageTests.findings(store)
    let ids = lines.prefix(3).map(\.id)
    let change = TriageChange(
      status: .closed, owner: .set("Ann"), urgency: .set(.critical), disposition: .other)
    _ = try store.apply([move(ids, change)])
    func found(_ filter: Filter) throws -> Set<FindingID> {
      var query = TriageTests.all
      query.filter = filter
      return Set(try TriageTests.findings(store, query).map(\.id))
    }
    let rest = Set(lines.map(\.id)).subtracting(ids)
    #expect(try found(.matches(.status, pattern: "CLOSED")) == Set(ids))
    #expect(try found(.matches(.status, pattern: "n*")) == rest)
    #expect(try found(.matches(.owner, pattern: "a*")) == Set(ids))
    #expect(try found(.not(.matches(.owner, pattern: "*"))) == rest)
    #expect(try found(.matches(.disposition, pattern: "other")) == Set(ids))
    #expect(try found(.matches(.disposition, pattern: "*")).count == lines.count)
    #expect(try found(.matches(.urgency, pattern: "critical")).isSuperset(of: ids))
    #expect(try found(.compares(.status, .less, number: 1)).isEmpty)
    guard case .overview(let overview) = try store.answer(.overview(TriageTests.all)) else {
      return
    }
    #expect(overview.findings == lines.count && overview.open == lines.count - 3)
  }

  @Test func aViewerChangesNothing() throws {
    try withDirectory { path in
      let writer = try Store.open(directory: path)
      let viewer = try Store.open(directory: path, mode: .viewer)
      guard case .viewer(let pid) = viewer.access else { return }
      #expect(throws: StorageProblem.readOnly(path: path, writer: pid)) {
        try viewer.set("session", to: "x")
      }
      try writer.set("session", to: "a\0b")
      #expect(try viewer.setting("session") == "a\0b")
      try writer.set("session", to: nil)
      #expect(try viewer.setting("session") == nil)
    }
  }
}
