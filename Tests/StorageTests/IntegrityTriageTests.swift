import Events
import Findings
import Testing

@testable import Storage

/// What becomes of the triage of a changed file when it is verified after all.
@Suite struct IntegrityTriageTests {
  private let noon = TriageTests.noon
  private let id = FindingID(digits: "ab")

  private func store() throws -> Store {
    let store = try Store.temporary()
    try tell(store, "MISMATCH", raised: true, row: true)
    return store
  }

  private func tell(_ store: Store, _ state: String, raised: Bool, row: Bool = false) throws {
    var file = FileIntegrity(path: "/logs/a.json.gz", kind: "log", state: state)
    file.raised = raised ? noon : nil
    var changes = Changes()
    changes.integrity = [file]
    changes.changedAt = noon + 60
    let found = ResultRow(
      id: RowID(digits: "01"), rule: KnownRule.integrity, ruleID: "x",
      window: Window(containing: noon), key: [1], columns: [], values: [], count: 1,
      firstSeen: noon, lastSeen: noon, sample: [:], roles: [.finding: "log file changed"],
      finding: id, identity: ["/logs/a.json.gz"], marks: [], records: [])
    if row { changes.rows = [found] } else { changes.withdrawn = [found.id] }
    try store.commit(changes)
  }

  private func history(_ store: Store) throws -> [TriageEntry] {
    guard
      case .triageHistory(let page) = try store.answer(
        .triageHistory(.finding(id), offset: 0, limit: 9))
    else { return [] }
    return page.lines
  }

  @Test func aVerifiedFileClosesItsFindingAndSaysWhy() throws {
    let store = try store()
    try tell(store, "verified", raised: false)
    let entries = try history(store)
    #expect(entries.map(\.after.status) == [.closed])
    #expect(entries.first?.after.comment == "file is verified now")
    #expect(entries.first?.after.by == "watchfloor")
    // Said once, however often it is looked at.
    try tell(store, "verified", raised: false)
    #expect(try history(store).count == 1)
  }

  @Test func aFileThatChangesOnceMoreOpensItAgain() throws {
    let store = try store()
    try tell(store, "verified", raised: false)
    try tell(store, "missing", raised: true, row: true)
    #expect(try history(store).map(\.after.status) == [.new, .closed])
  }

  @Test func whatAnAnalystHasClosedIsLeftAsItIs() throws {
    let store = try store()
    let change = TriageChange(status: .closed, comment: .set("moved by us"))
    _ = try store.apply([TriageMove(findings: [id], change: change, by: "ann", at: noon)])
    try tell(store, "verified", raised: false)
    try tell(store, "missing", raised: true, row: true)
    #expect(try history(store).map(\.after.comment) == ["moved by us"])
  }

  @Test func aFileOfWhichNothingIsKnownClosesNothing() throws {
    let store = try store()
    try tell(store, "undigested", raised: false)
    #expect(try history(store).isEmpty)
  }
}
