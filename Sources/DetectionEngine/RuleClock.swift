import Synchronization

/// Time that a rule takes of reader and engine threads, for all threads that run it.
///
/// Not a part of any result. Readers measure one record in `sampling` and count it for all of them.
package final class RuleClock: Sendable {
  static let sampling: Int64 = 32

  private let spent = Atomic<Int64>(0)

  package init() {}

  /// Nanoseconds since the rule was loaded.
  package var nanoseconds: Int64 { spent.load(ordering: .relaxed) }

  /// Does a piece of work and counts its time so many times.
  func measure<Result, Failure>(
    times: Int64 = 1, _ work: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let start = ContinuousClock.now
    defer {
      let (seconds, attoseconds) = (ContinuousClock.now - start).components
      spent.add(times * (seconds * 1_000_000_000 + attoseconds / 1_000_000_000), ordering: .relaxed)
    }
    return try work()
  }
}

/// Picks one of many records for all threads alike.
final class RecordSample: Sendable {
  private let count = Atomic<Int64>(0)

  /// Whether the next record is the one.
  func isNext() -> Bool {
    count.add(1, ordering: .relaxed).oldValue % RuleClock.sampling == 0
  }
}
