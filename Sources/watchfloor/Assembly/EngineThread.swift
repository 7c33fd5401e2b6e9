import DetectionEngine
import Detections
import Events
import Findings
import Storage
import Workers

/// The one thread that changes the state: takes batches, evaluates, commits.
///
/// A commit that fails (the disk is full) is said and tried again with the same batch until it
/// succeeds or the program ends: readers wait meanwhile, and nothing is lost. A damaged database
/// is not tried again, since each try could damage more: nothing is written from then on.
final class EngineThread: Sendable {
  /// What the header wants to know.
  struct Status: Equatable, Sendable {
    var deadLetters = 0
    /// Why the last commit failed, while it is being tried again or for good.
    var problem: String?
    /// Whether nothing more is written, whatever comes.
    var isOver = false
    /// Batches are waiting or being committed.
    var isBusy = false
  }

  /// What it is told, in the order that it is told.
  private enum Order: Sendable {
    case batch(RowBatch)
    /// From here on these rules run.
    case rules(RuleSet, RiskSettings)
    /// All that there is to read has been read with this plan.
    case backfilled(plan: String)
  }

  private static let forgettingInterval = Duration.seconds(60)
  /// How long batches may hold up rules that look at whole windows.
  private static let evaluationInterval = Duration.seconds(10)

  /// What waits is committed in parts of about so many rows.
  private static let mostRows = 8000

  private let channel = Channel<Order>(capacity: 16)
  private let shared = Shared(Status())
  private let isStopping = Shared(false)
  private let worker: Shared<Worker?> = Shared(nil)
  private let store: Shared<Store?> = Shared(nil)

  var status: Status {
    var status = shared.snapshot
    status.isBusy = status.isBusy || channel.count > 0
    return status
  }

  /// Starts the thread over an engine and the store that it commits to.
  ///
  /// `committed` is called on it after each commit, `ended` when nothing can be written any more.
  func start(
    _ engine: Engine, store: Store, clock: Clock, committed: @escaping @Sendable () -> Void,
    ended: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.store.withLock { $0 = store }
    let worker = Worker.start("engine") { [self] in
      var engine = engine
      var nextForgetting = ContinuousClock.now
      var nextEvaluation = ContinuousClock.now
      while let orders = channel.popAll(within: .seconds(1)) {
        shared.withLock { $0.isBusy = true }
        defer { shared.withLock { $0.isBusy = false } }
        guard let hasChanged = carryOut(orders, with: &engine, clock: clock) else { break }
        if hasChanged { committed() }
        if channel.count == 0 || ContinuousClock.now > nextEvaluation {
          evaluateWindows(with: &engine, clock: clock, committed: committed)
          nextEvaluation = .now + Self.evaluationInterval
        }
        if channel.count == 0,
          attempt({ try engine.evaluateIncidents(now: clock.now()) }) == true
        {
          committed()
        }
        if orders.isEmpty, ContinuousClock.now > nextForgetting {
          forget(before: clock.now() - Store.retention, in: store)
          nextForgetting = .now + Self.forgettingInterval
        }
        if shared.snapshot.isOver { break }
      }
      // Where it gave up, readers must not wait for room that will never be.
      channel.close()
      if case let status = shared.snapshot, status.isOver { ended(status.problem ?? "") }
    }
    self.worker.withLock { $0 = worker }
  }

  /// Hands over a batch; waits while the engine is behind.
  func take(_ batch: RowBatch) { channel.push(.batch(batch)) }

  /// What has been handed over before still meets the rules of then.
  func use(_ rules: RuleSet, risk: RiskSettings) { channel.push(.rules(rules, risk)) }

  /// A plan has seen all that there is to read.
  func noteBackfill(of plan: String) { channel.push(.backfilled(plan: plan)) }

  /// From now on a commit that fails is given up: what it holds comes again from the files.
  func prepareToFinish() { isStopping.withLock { $0 = true } }

  /// Commits what is there, then ends the thread.
  func finish() {
    prepareToFinish()
    channel.close()
    worker.withLock { worker in
      worker?.join()
      worker = nil
    }
  }

  /// Carries out what was ordered, batches that follow each other in one commit.
  ///
  /// - Returns: Whether anything was committed; nil where the program ends before that.
  private func carryOut(_ orders: [Order], with engine: inout Engine, clock: Clock) -> Bool? {
    var hasChanged = false
    var batch = RowBatch()
    for order in orders {
      if case .batch(let next) = order {
        batch.append(next)
        // A row and its risk take some kilobytes until they are committed, and a record of a hundred
        // findings has a hundred rows.
        let rows = batch.hits.reduce(batch.jobRows.count) { $0 + max(1, $1.contributions.count) }
        guard rows >= Self.mostRows else { continue }
        guard apply(batch, to: &engine, clock: clock) else { return nil }
        batch = RowBatch()
        hasChanged = true
        continue
      }
      guard apply(batch, to: &engine, clock: clock) else { return nil }
      batch = RowBatch()
      hasChanged = true
      switch order {
      case .batch: break
      case .rules(let rules, let risk): engine.use(rules, risk: risk)
      case .backfilled(let plan):
        let noted = attempt { try engine.noteBackfill(of: plan, now: clock.now()) != nil }
        guard noted != nil else { return nil }
      }
    }
    guard !batch.isEmpty else { return hasChanged }
    return apply(batch, to: &engine, clock: clock) ? true : nil
  }

  /// False where the program ends before it is committed.
  private func apply(_ batch: RowBatch, to engine: inout Engine, clock: Clock) -> Bool {
    guard !batch.isEmpty else { return true }
    return attempt(deadLetters: batch.deadLetters.count) {
      try engine.apply(batch, now: clock.now())
      return true
    } != nil
  }

  /// Makes the rows of changed windows again, all of them unless batches wait: then one.
  private func evaluateWindows(
    with engine: inout Engine, clock: Clock, committed: () -> Void
  ) {
    repeat {
      let hasChanged = attempt { try engine.evaluateWindow(now: clock.now()) != nil }
      guard hasChanged == true else { return }
      committed()
    } while channel.count == 0
  }

  /// Forgets what long did not change, in small steps and only while nothing else is to be done.
  private func forget(before time: Timestamp, in store: Store) {
    while channel.count == 0 {
      let hasMore = attempt { try store.retire(before: time) }
      guard hasMore == true else { return }
    }
  }

  /// Opens the database anew where a failed disk has left it in doubt.
  ///
  /// - Returns: What ends all writing; nil where trying again may help.
  private func recover(from problem: any Error) -> StorageProblem? {
    switch problem as? StorageProblem {
    case .damaged: return problem as? StorageProblem
    case .full, .diskFailed:
      do {
        try store.snapshot?.recover()
      } catch let problem as StorageProblem {
        if case .damaged = problem { return problem }
      } catch {
        // The next attempt says what is still wrong.
      }
      return nil
    default: return nil
    }
  }

  /// Runs a step until it succeeds; nil where the program, or all writing, ends before that.
  private func attempt(deadLetters: Int = 0, _ step: () throws -> Bool) -> Bool? {
    while !shared.snapshot.isOver {
      do {
        let hasChanged = try step()
        shared.withLock {
          $0.problem = nil
          $0.deadLetters += deadLetters
        }
        return hasChanged
      } catch {
        let end = recover(from: error)
        shared.withLock {
          $0.problem = end.map { "\($0.sentence); nothing more is written" } ?? sentence(of: error)
          $0.isOver = end != nil
        }
        if end != nil { return nil }
        // What is not committed comes again from the files at the next start.
        let isOver = isStopping.wait(atMost: .seconds(1)) { $0 ? true : nil }
        if isOver == true { return nil }
      }
    }
    return nil
  }
}
