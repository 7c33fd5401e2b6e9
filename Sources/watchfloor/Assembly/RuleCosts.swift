import DetectionEngine
import Detections
import Storage

/// Time that the rules of a state took of reader and engine threads, by plan: what was written when
/// the program last ran, and since then.
struct RuleCosts {
  private var nanoseconds: [String: Int64] = [:]

  /// What was `written` before the program started, and what its rules took since.
  init(of roster: RuleRoster, written: [String: Int64]) {
    nanoseconds = written
    for rule in roster.compiled.values {
      nanoseconds[rule.planHash, default: 0] += rule.clock.nanoseconds
    }
  }

  /// A plan's share of the time of all, 0 to 1; nil where nothing was measured.
  func share(of plan: String) -> Double? {
    let all = nanoseconds.values.reduce(0, +)
    return all > 0 ? Double(nanoseconds[plan] ?? 0) / Double(all) : nil
  }

  /// Writes them into the state for the next run and for those who only look; that they cannot be
  /// written loses nothing but a figure.
  func write(to store: Store) {
    let lines = nanoseconds.filter { $0.value > 0 }.sorted { $0.key < $1.key }
    guard !lines.isEmpty else { return }
    let text = lines.map { "\($0.key) \($0.value)\n" }.joined()
    try? RuleFiles.write(text, to: Self.file(in: store))
  }

  private static func file(in store: Store) -> String { store.directory + "/rules.time" }

  static func written(in store: Store) -> [String: Int64] {
    let lines = RuleFiles.text(at: file(in: store))?.text.split(separator: "\n") ?? []
    let pairs = lines.compactMap { line -> (String, Int64)? in
      let words = line.split(separator: " ")
      guard words.count == 2, let number = Int64(words[1]), number > 0, number < 1 << 60 else {
        return nil
      }
      return (String(words[0]), number)
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }
}
