import Workers

/// Pieces of work that several threads do and one takes in their order, so that only a few that
/// are done wait to be taken.
struct OrderedWork {
  let count: Int
  let threads: Int
  /// The most pieces that may wait.
  let waiting: Int

  private enum Turn {
    case make(Int)
    case leave
  }

  private struct State<Piece: Sendable>: Sendable {
    var next = 0
    var taken = 0
    var made: [Int: Piece] = [:]
  }

  /// Makes the pieces on other threads and hands them to `take` on this one.
  func run<Piece: Sendable>(
    _ make: @escaping @Sendable (Int) -> Piece, _ take: (Piece) -> Void
  ) {
    guard count > 1, threads > 1 else { return (0..<count).forEach { take(make($0)) } }
    let state = Shared(State<Piece>())
    let workers = (0..<min(threads, count)).map { number in
      Worker.start("rows \(number)") {
        while case .make(let index)? = turn(state) {
          let piece = make(index)
          state.withLock { $0.made[index] = piece }
        }
      }
    }
    for index in 0..<count {
      if let piece = state.wait(until: { $0.made.removeValue(forKey: index) }) { take(piece) }
      state.withLock { $0.taken += 1 }
    }
    for worker in workers { worker.join() }
  }

  /// What a thread does next; waits while too much waits to be taken.
  private func turn<Piece: Sendable>(_ state: Shared<State<Piece>>) -> Turn? {
    state.wait { state in
      if state.next == count { return .leave }
      guard state.next < state.taken + waiting else { return nil }
      state.next += 1
      return .make(state.next - 1)
    }
  }
}
