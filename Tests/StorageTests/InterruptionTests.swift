import Events
import Findings
import Synchronization
import Testing

@testable import Storage

/// Questions that nobody waits for any more.
@Suite struct InterruptionTests {
  @Test func aLongQuestionIsGivenUpInTheMiddleAndTheNextIsAnswered() throws {
    let (store, model) = try LibraryTests.filled(seed: 61, rows: 700)
    let asked = Mutex(0)
    let long = Query(
      filter: .contains("e"), range: TimeRange(from: nil, to: SampleRows.asOf),
      sort: Sort(.name, descending: true))
    #expect(throws: StorageProblem.givenUp) {
      _ = try store.answer(.findings(long)) { _ in
        asked.withLock { count in
          count += 1
          return count == 2
        }
      }
    }
    #expect(asked.withLock { $0 } == 2)
    let query = Query(range: TimeRange(from: nil, to: SampleRows.asOf))
    #expect(try store.answer(.rows(query)) { _ in false } == .rows(model.rows(query)))
    // Readers are used again: what was given up there does not end what is asked later.
    for _ in 0..<8 { #expect(try store.answer(.rows(query)) == .rows(model.rows(query))) }
  }

  /// Rows are counted as they are looked at, up to all that are in range, in the lists that go
  /// through all of them.
  @Test func howFarAnAnswerIsIsToldInRows() throws {
    let (store, model) = try LibraryTests.filled(seed: 62, rows: 900)
    let from = SampleRows.asOf - 5 * 86_400
    for range in [
      TimeRange(from: nil, to: SampleRows.asOf + 10_000),
      TimeRange(from: from, to: SampleRows.asOf),
    ] {
      let query = Query(
        filter: .contains("e"), range: range, sort: Sort(.count, descending: true))
      let inRange = model.rows.count {
        $0.lastSeen <= range.to && $0.lastSeen >= range.from ?? $0.lastSeen
      }
      for request in [Request.findings(query), .images(query), .sources(query)] {
        let told = Mutex<[ReadProgress]>([])
        _ = try store.answer(request) { progress in
          told.withLock { $0.append(progress) }
          return false
        }
        let progress = told.withLock { $0 }.filter { $0.all != nil }
        #expect(!progress.isEmpty)
        #expect(progress.allSatisfy { $0.all == inRange && $0.rows <= inRange })
        #expect(progress.map(\.rows) == progress.map(\.rows).sorted())
        #expect(progress.contains { $0.rows > 0 }, "\(request)")
      }
    }
  }
}
