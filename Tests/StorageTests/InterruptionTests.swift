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
      _ = try store.answer(.findings(long)) {
        asked.withLock { count in
          count += 1
          return count == 2
        }
      }
    }
    #expect(asked.withLock { $0 } == 2)
    let query = Query(range: TimeRange(from: nil, to: SampleRows.asOf))
    #expect(try store.answer(.rows(query)) { false } == .rows(model.rows(query)))
    // Readers are used again: what was given up there does not end what is asked later.
    for _ in 0..<8 { #expect(try store.answer(.rows(query)) == .rows(model.rows(query))) }
  }
}
