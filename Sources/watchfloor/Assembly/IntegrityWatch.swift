import CloudTrail
import DetectionEngine
import Events
import Findings
import JSON
import LogIntegrity
import Storage
import Workers

/// The thread that verifies followed log files by their digests, when others leave it time.
///
/// What is known of a file and what the rules make of it leave in one batch, and so are committed
/// together.
final class IntegrityWatch: Sendable {
  /// The rule that makes findings of what does not fit.
  static let rule = KnownRule.integrity

  private let verification: Shared<LiveVerification>
  private let rules: RuleBook
  private let clock: Clock
  private let deliver: @Sendable (RowBatch) -> Void
  private let stop = StopFlag()
  private let bell = Shared(false)
  private let worker: Shared<Worker?> = Shared(nil)

  /// Files told in one batch.
  private static let batchSize = 500
  private static let restInterval = Duration.seconds(5)
  private static let settlingInterval = Duration.seconds(1)
  private static let longestInterval = Duration.seconds(60)
  /// A look is not to take more than this part of the time.
  private static let share = 20

  /// Goes on from what the store knows; `deliver` may wait while the engine is behind.
  init(
    roots: [String], keys: PublicKeys, store: Store, rules: RuleBook, clock: Clock,
    deliver: @escaping @Sendable (RowBatch) -> Void
  ) throws {
    let known = try store.integrity().compactMap(FileStanding.init)
    verification = Shared(LiveVerification(paths: roots, keys: keys, known: known))
    self.rules = rules
    self.clock = clock
    self.deliver = deliver
  }

  func start() {
    let worker = Worker.start("integrity", yields: true) { [self] in
      var rest = Duration.zero
      while bell.wait(atMost: rest, until: { $0 ? true : nil }) == nil { rest = look() }
    }
    self.worker.withLock { $0 = worker }
  }

  func finish() {
    stop.raise()
    bell.withLock { $0 = true }
    worker.withLock { worker in
      worker?.join()
      worker = nil
    }
  }

  /// Looks once, hands over what is different, and says how long to rest.
  private func look() -> Duration {
    let start = ContinuousClock.now
    let (changes, isSettling) = verification.withLock { verification in
      let changes = verification.look(now: start, clock: clock.now()) { stop.isRaised }
      return (changes, verification.isSettling)
    }
    for first in stride(from: 0, to: changes.count, by: Self.batchSize) {
      deliver(batch(of: changes[first..<min(first + Self.batchSize, changes.count)]))
    }
    let least = isSettling ? Self.settlingInterval : Self.restInterval
    return min(Self.longestInterval, max(least, (ContinuousClock.now - start) * Self.share))
  }

  private func batch(of changes: ArraySlice<StandingChange>) -> RowBatch {
    var batch = RowBatch()
    let rules = rules.current.roster.running
    for change in changes {
      if let standing = change.standing {
        batch.integrity.append(FileIntegrity(standing))
      } else {
        batch.integrityForgotten.append(change.path)
      }
      guard let notice = change.notice else { continue }
      let record = IntegrityRecord(of: notice)
      rules.evaluate(
        record.event, from: record.origin, identity: { record.identity }, raw: { record.text },
        into: &batch)
    }
    return batch
  }
}

extension FileIntegrity {
  init(_ standing: FileStanding) {
    self.init(
      path: standing.path, kind: standing.kind.rawValue, state: standing.state.rawValue)
    reason = standing.reason
    digest = standing.digest
    time = standing.time
    hash = standing.hash ?? []
    object = standing.object
    stamp = standing.stamp
    turn = standing.turn
    raised = standing.raised
  }
}

extension FileStanding {
  /// Nil for words of another version.
  init?(_ file: FileIntegrity) {
    guard let kind = FileKind(rawValue: file.kind), let state = FileState(rawValue: file.state)
    else { return nil }
    self.init(kind: kind, path: file.path, state: state)
    reason = file.reason
    digest = file.digest
    time = file.time
    hash = file.hash.isEmpty ? nil : file.hash
    object = file.object
    stamp = file.stamp
    turn = file.turn
    raised = file.raised
  }
}
