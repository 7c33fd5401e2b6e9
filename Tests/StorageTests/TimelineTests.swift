import Events
import Findings
import Storage
import Testing

/// Findings by the hour, and risk by technique, against counts over the list.
struct TimelineTests {
  @Test func everyHourCountsItsFindings() throws {
    for seed in 1...5 as ClosedRange<UInt64> {
      let (store, model) = try LibraryTests.filled(seed: seed)
      let end = model.rows.map(\.lastSeen).max() ?? Timestamp(seconds: 0)
      for from in [end - 5 * 86_400, end - 90 * 86_400] {
        let query = Query(range: TimeRange(from: from, to: end))
        guard case .timeline(let timeline) = try store.answer(.timeline(query)) else {
          Issue.record("no timeline")
          continue
        }
        #expect(timeline.start <= from && from < timeline.start + timeline.step)
        for (part, count) in timeline.counts.enumerated() {
          let start = timeline.start + Int64(part) * timeline.step
          let seen = model.rows.filter {
            $0.lastSeen >= max(start, from) && $0.lastSeen < start + timeline.step
              && $0.lastSeen <= end
          }
          #expect(count == Set(seen.map(\.finding)).count, "seed \(seed), part \(part)")
        }
      }
    }
  }

  @Test func anEmptyStoreHasNoParts() throws {
    let store = try Store.temporary(roots: [])
    let query = Query(range: TimeRange(from: nil, to: Timestamp(seconds: 1_000_000)))
    #expect(
      try store.answer(.timeline(query))
        == .timeline(
          Timeline(start: Timestamp(seconds: 1_000_000), step: 3600, counts: [])))
  }
}
