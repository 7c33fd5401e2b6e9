import Detections
import Storage
import Workers

/// The thread that looks whether files of rules, macros or switches have changed, and has the
/// floor run what they say now.
final class RuleWatch: Sendable {
  private let floor: Floor
  private let changed: @Sendable (_ before: LoadedRules, _ now: LoadedRules) -> Void
  private let bell = Shared(Bell())
  private let worker: Shared<Worker?> = Shared(nil)

  private struct Bell: Sendable {
    var isStopping = false
    var isRung = false
  }

  /// How often files are looked at.
  private static let interval = Duration.seconds(1)
  private static let writingInterval = Duration.seconds(20)

  /// `changed` is called on its thread when other rules are loaded.
  init(
    floor: Floor,
    changed: @escaping @Sendable (_ before: LoadedRules, _ now: LoadedRules) -> Void
  ) {
    self.floor = floor
    self.changed = changed
  }

  func start() {
    let worker = Worker.start("rules") { [self] in look() }
    self.worker.withLock { $0 = worker }
  }

  func finish() {
    bell.withLock { $0.isStopping = true }
    worker.withLock { worker in
      worker?.join()
      worker = nil
    }
  }

  /// Looks at once: a switch was turned.
  func ring() { bell.withLock { $0.isRung = true } }

  private func look() {
    var seen = floor.rules.current.source.stamps
    var nextWriting = ContinuousClock.now + Self.writingInterval
    while !bell.snapshot.isStopping {
      _ = bell.wait(atMost: Self.interval) { bell in
        defer { bell.isRung = false }
        return bell.isStopping || bell.isRung ? true : nil
      }
      if bell.snapshot.isStopping { return }
      let now = floor.rules.current.source.stamps
      if now != seen {
        seen = now
        reload()
      }
      // Who only looks leaves that to the one who follows the logs.
      guard floor.store.access == .writer else { continue }
      backfill()
      if .now > nextWriting {
        floor.writeCosts()
        nextWriting = .now + Self.writingInterval
      }
    }
  }

  private func reload() {
    do {
      let current = floor.rules.current
      let rules = try LoadedRules(current.source, after: current)
      try floor.use(rules)
      changed(current, rules)
    } catch {
      floor.rules.note(sentence(of: error))
    }
  }

  /// Does what another process has asked for.
  private func backfill() {
    let request = BackfillRequest(directory: floor.store.directory)
    for name in request.take() {
      do {
        try floor.backfill(name)
      } catch {
        floor.rules.note(sentence(of: error))
      }
    }
  }
}

/// Rules to read again that a process leaves in the state for the one that follows the logs.
struct BackfillRequest {
  private let path: String

  init(directory: String) { path = directory + "/backfill" }

  func leave(_ rules: [String]) throws {
    try RuleFiles.write((waiting + rules).map { $0 + "\n" }.joined(), to: path)
  }

  /// The names that wait; they wait no longer.
  func take() -> [String] {
    let names = waiting
    if !names.isEmpty { RuleFiles.remove(path) }
    return names
  }

  private var waiting: [String] {
    RuleFiles.text(at: path)?.text.split(separator: "\n").map(String.init) ?? []
  }
}
