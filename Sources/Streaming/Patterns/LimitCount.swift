import Synchronization

/// Counts what was given up, for all threads that run a plan.
///
/// Not a part of any result: it only says how often a result may lack something.
final class LimitCount: Sendable {
  private let count = Atomic<Int>(0)

  var value: Int { count.load(ordering: .relaxed) }

  func add() { count.add(1, ordering: .relaxed) }
}
