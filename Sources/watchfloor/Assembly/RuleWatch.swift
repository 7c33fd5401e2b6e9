import Detections
import Storage

/// The thread that looks whether files of rules, macros or switches have changed, and has the
/// floor run what they say now.
final class RuleWatch: Sendable {
  private let floor: Floor
  private let changed: @Sendable (_ before: LoadedRules, _ now: LoadedRules) -> Void
  private let rounds = Rounds()

  /// How often files are looked at.
  private static let interval = Duration.seconds(2)
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
    rounds.start("rules") { [self] in
      var seen = floor.rules.current.source.stamps
      var nextWriting = ContinuousClock.now + Self.writingInterval
      return { [self] in
        look(&seen, &nextWriting)
        return Self.interval
      }
    }
  }

  func finish() { rounds.finish() }

  /// Looks at once: a switch was turned.
  func ring() { rounds.ring() }

  private func look(
    _ seen: inout [String: FileStamp], _ nextWriting: inout ContinuousClock.Instant
  ) {
    let now = floor.rules.current.source.stamps
    if now != seen {
      seen = now
      reload()
    }
    // Who only looks leaves that to the one who follows the logs.
    guard floor.store.access == .writer else { return }
    backfill()
    if .now > nextWriting {
      floor.writeCosts()
      nextWriting = .now + Self.writingInterval
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
