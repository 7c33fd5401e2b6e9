import Events
import Findings
import TestSupport
import Testing

@testable import Storage

/// What jobs elsewhere told, with what became of it.
@Suite struct JobTableTests {
  private let window = Window(containing: SampleRows.asOf)

  private func version(_ digits: String, _ version: Int64, stands: Bool = true) -> RowVersion {
    RowVersion(row: RowID(digits: digits), window: window, version: version, stands: stands)
  }

  private func batch(_ number: Int64, in directory: String, records: Int64) -> JobBatch {
    JobBatch(
      directory: directory, number: number, at: SampleRows.asOf + number, files: 1,
      records: records, dead: 1, late: 2, newest: number == 1 ? nil : SampleRows.asOf - number)
  }

  private func summary(_ store: Store) throws -> FilesSummary {
    guard case .files(let summary) = try store.answer(.files) else { return FilesSummary() }
    return summary
  }

  @Test func versionsAreThereAfterARestart() throws {
    try withDirectory { directory in
      var changes = Changes()
      changes.rowVersions = [version("00ff", 3), version("0a", 1 << 52, stands: false)]
      try Store.open(directory: directory).commit(changes)
      changes.rowVersions = [version("00ff", 4)]
      let store = try Store.open(directory: directory)
      try store.commit(changes)
      let ids = ["00ff", "0a", "0b"].map { RowID(digits: $0) }
      #expect(
        try store.rowVersions(of: ids) == [
          ids[0]: version("00ff", 4), ids[1]: version("0a", 1 << 52, stands: false),
        ])
    }
  }

  @Test func aBatchToldTwiceCountsOnce() throws {
    let store = try Store.temporary()
    var changes = Changes()
    changes.jobBatches = [
      batch(1, in: "/a", records: 10), batch(2, in: "/a", records: 5),
      batch(1, in: "/b", records: 1),
    ]
    try store.commit(changes)
    try store.commit(changes)
    let jobs = try summary(store).jobs
    #expect(jobs.map(\.directory) == ["/a", "/b"])
    #expect(jobs[0].records == 15 && jobs[0].files == 2 && jobs[0].batches == 2)
    #expect(jobs[0].dead == 2 && jobs[0].late == 4)
    #expect(jobs[0].at == SampleRows.asOf + 2 && jobs[0].newest == SampleRows.asOf - 2)
    #expect(jobs[1].newest == nil)
  }

  @Test func rowsNotTakenAddUpUntilTheirRuleHasTakenThem() throws {
    let store = try Store.temporary()
    var changes = Changes()
    changes.notTaken = [
      RowsNotTaken(ruleID: "x", rule: "X", rows: 2), RowsNotTaken(ruleID: "y", rule: "Y", rows: 3),
    ]
    try store.commit(changes)
    try store.commit(changes)
    #expect(try summary(store).notTaken.map(\.rows) == [6, 4])
    changes.notTaken = []
    changes.takenSince = ["y"]
    try store.commit(changes)
    #expect(try summary(store).notTaken == [RowsNotTaken(ruleID: "x", rule: "X", rows: 4)])
  }

  @Test func aWindowThatIsForgottenTakesItsVersionsAlong() throws {
    let store = try Store.temporary()
    var changes = Changes()
    changes.rowVersions = [version("00ff", 3, stands: false)]
    changes.changedAt = SampleRows.asOf
    try store.commit(changes)
    while try store.retire(before: SampleRows.asOf + 1) {}
    #expect(try store.rowVersions(of: [RowID(digits: "00ff")]).isEmpty)
  }
}
