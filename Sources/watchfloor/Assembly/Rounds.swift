import Workers

/// A thread that looks at something again and again, at once where it is rung, until it is over.
final class Rounds: Sendable {
  private struct Bell: Sendable {
    var isOver = false
    var isRung = false
  }

  private let bell = Shared(Bell())
  private let worker: Shared<Worker?> = Shared(nil)

  /// Starts the thread.
  ///
  /// `rounds` is called on it, and gives what a round does; that answers how long to rest until the
  /// next where nobody rings. `pause` is how long to rest where somebody does.
  func start(
    _ name: String, atLeast pause: Duration = .zero,
    _ rounds: @escaping @Sendable () -> () -> Duration
  ) {
    let worker = Worker.start(name) { [bell] in
      let round = rounds()
      while !bell.snapshot.isOver {
        let rest = round()
        if pause > .zero { _ = bell.wait(atMost: pause) { $0.isOver ? true : nil } }
        _ = bell.wait(atMost: rest - pause) { bell in
          defer { bell.isRung = false }
          return bell.isOver || bell.isRung ? true : nil
        }
      }
    }
    self.worker.withLock { $0 = worker }
  }

  /// The next round is due now.
  func ring() { bell.withLock { $0.isRung = true } }

  func finish() {
    bell.withLock { $0.isOver = true }
    worker.withLock { worker in
      worker?.join()
      worker = nil
    }
  }
}
