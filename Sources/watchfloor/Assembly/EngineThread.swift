import DetectionEngine
import Events
import Findings
import Workers

/// The one thread that changes the state: takes batches, evaluates, commits.
///
/// A commit that fails (the disk is full) is said and tried again with the same batch until it
/// succeeds or the program ends: readers wait meanwhile, and nothing is lost.
final class EngineThread: Sendable {
  /// What the header wants to know.
  struct Status: Equatable, Sendable {
    var deadLetters = 0
    /// Why the last commit failed, while it is being tried again.
    var problem: String?
    /// Batches are waiting or being committed.
    var isBusy = false
  }

  private let channel = Channel<RowBatch>(capacity: 64)
  private let shared = Shared(Status())
  private let isStopping = Shared(false)
  private let worker: Shared<Worker?> = Shared(nil)

  var status: Status {
    var status = shared.snapshot
    status.isBusy = status.isBusy || channel.count > 0
    return status
  }

  /// Starts the thread; `committed` is called on it after each commit.
  func start(_ engine: Engine, clock: Clock, committed: @escaping @Sendable () -> Void) {
    let worker = Worker.start("engine") { [self] in
      var engine = engine
      while let batches = channel.popAll(within: .seconds(1)) {
        shared.withLock { $0.isBusy = true }
        defer { shared.withLock { $0.isBusy = false } }
        var batch = RowBatch()
        for next in batches { batch.append(next) }
        let outcome = attempt(deadLetters: batch.deadLetters.count) {
          // Rules that cannot say before a window's end whether a row stays wait for it.
          let closed = try engine.closeWindows(now: clock.now()) != nil
          if !batch.isEmpty { try engine.apply(batch, now: clock.now()) }
          return closed || !batch.isEmpty
        }
        guard let hasChanged = outcome else { break }
        if hasChanged { committed() }
      }
    }
    self.worker.withLock { $0 = worker }
  }

  /// Hands over a batch; waits while the engine is behind.
  func take(_ batch: RowBatch) { channel.push(batch) }

  /// Commits what is there, then ends the thread.
  func finish() {
    channel.close()
    isStopping.withLock { $0 = true }
    worker.withLock { worker in
      worker?.join()
      worker = nil
    }
  }

  /// Runs a step until it succeeds; nil where the program ends before that.
  private func attempt(deadLetters: Int, _ step: () throws -> Bool) -> Bool? {
    while true {
      do {
        let hasChanged = try step()
        shared.withLock {
          $0.problem = nil
          $0.deadLetters += deadLetters
        }
        return hasChanged
      } catch {
        shared.withLock { $0.problem = sentence(of: error) }
        // What is not committed comes again from the files at the next start.
        let isOver = isStopping.wait(atMost: .seconds(1)) { $0 ? true : nil }
        if isOver == true { return nil }
      }
    }
  }
}
