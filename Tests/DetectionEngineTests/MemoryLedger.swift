import Events
import Findings
import Synchronization

/// A store in memory with the contract of the real one.
final class MemoryLedger: Ledger, Library {
  struct Contents: Equatable {
    var groups: [GroupID: [UInt8]] = [:]
    var rows: [RowID: ResultRow] = [:]
    var riskEvents: [RiskEventID: RiskEvent] = [:]
    var seen: Set<SeenRecord> = []
    var records: [[UInt8]: StoredRecord] = [:]
    var files: [String: SourceFile] = [:]
    var deadLetters: [DeadLetter] = []
    var lookups: [String: [Window: [UInt8]]] = [:]
    var rowVersions: [RowID: RowVersion] = [:]
    var jobBatches: [Int64: JobBatch] = [:]
    var notTaken: [String: Int] = [:]
    var commits = 0
  }

  struct Full: Error {}

  private let state = Mutex(Contents())
  private let isFull = Mutex(false)

  var contents: Contents { state.withLock { $0 } }

  /// Whether commits fail, as on a full disk.
  func fill(_ full: Bool) { isFull.withLock { $0 = full } }

  /// Cuts the state of every group in half.
  func cutGroups() {
    state.withLock { $0.groups = $0.groups.mapValues { Array($0.prefix($0.count / 2)) } }
  }

  func group(_ id: GroupID) -> [UInt8]? { state.withLock { $0.groups[id] } }

  func groups(of plan: String, in window: Window) -> [GroupID: [UInt8]] {
    state.withLock { $0.groups.filter { $0.key.plan == plan && $0.key.window == window } }
  }

  func lookupTable(_ name: String, before window: Window?) -> [UInt8]? {
    let versions = contents.lookups[name] ?? [:]
    let newest = versions.keys.filter { version in window.map { version < $0 } ?? true }.max()
    return newest.flatMap { versions[$0] }
  }

  func seen(_ records: [SeenRecord]) -> Set<SeenRecord> {
    state.withLock { $0.seen.intersection(records) }
  }

  func rowVersions(of rows: [RowID]) -> [RowID: RowVersion] {
    state.withLock { state in state.rowVersions.filter { Set(rows).contains($0.key) } }
  }

  func files() -> [SourceFile] { state.withLock { Array($0.files.values) } }

  func commit(_ changes: Changes) throws {
    if isFull.withLock({ $0 }) { throw Full() }
    state.withLock { state in
      state.commits += 1
      for id in changes.withdrawn {
        state.rows[id] = nil
        state.riskEvents = state.riskEvents.filter { $0.value.row != id }
      }
      let rows = Set(changes.rows.map(\.id))
      state.riskEvents = state.riskEvents.filter { !rows.contains($0.value.row) }
      for row in changes.rows { state.rows[row.id] = row }
      for event in changes.riskEvents { state.riskEvents[event.id] = event }
      state.groups.merge(changes.groups) { $1 }
      for id in changes.forgotten { state.groups[id] = nil }
      for version in changes.lookups {
        state.lookups[version.name, default: [:]][version.window] = version.table
      }
      state.seen.formUnion(changes.seen)
      for record in changes.records { state.records[record.contentHash] = record }
      for file in changes.files { state.files[file.path] = file }
      state.deadLetters += changes.deadLetters
      for version in changes.rowVersions { state.rowVersions[version.row] = version }
      for batch in changes.jobBatches { state.jobBatches[batch.number] = batch }
      for rule in changes.takenSince { state.notTaken[rule] = nil }
      for rows in changes.notTaken { state.notTaken[rows.ruleID, default: 0] += rows.rows }
    }
  }

  func answer(_ request: Request) -> Answer { preconditionFailure("nothing here asks for panes") }

  func newestEvent(notAfter clock: Timestamp) -> Timestamp? {
    contents.rows.values.map(\.lastSeen).filter { $0 <= clock }.max()
  }

  func riskEvents(in range: TimeRange) -> [RiskEvent] {
    contents.riskEvents.values.filter { range.holds($0.time) }
  }

  func rows(seenIn range: TimeRange) -> [ResultRow] {
    contents.rows.values.filter { range.holds($0.lastSeen) }
      .sorted { ($1.lastSeen, $0.id.digits) < ($0.lastSeen, $1.id.digits) }
  }

  func records(ofRule rule: String, in range: TimeRange) -> (records: [StoredRecord], events: Int) {
    let contents = contents
    let rows = contents.rows.values.filter { $0.rule == rule && range.holds($0.lastSeen) }
    let kept = Set(rows.flatMap(\.records)).compactMap { contents.records[$0] }
    return (kept, rows.map(\.count).reduce(0, +))
  }
}

extension TimeRange {
  fileprivate func holds(_ time: Timestamp) -> Bool {
    time < to && from.map { $0 <= time } ?? true
  }
}
