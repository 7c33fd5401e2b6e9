/// When to draw: what a key asks for at once, the rest at most thirty times a second.
nonisolated struct FramePace {
  private var last: ContinuousClock.Instant?
  private(set) var isWanted = false
  private var isUrgent = false

  static let shortest = Duration.milliseconds(33)

  mutating func asked(urgently: Bool) {
    isWanted = true
    isUrgent = isUrgent || urgently
  }

  /// Nil where no frame is wanted.
  var dueAt: ContinuousClock.Instant? {
    guard isWanted else { return nil }
    guard !isUrgent, let last else { return .now }
    return last + Self.shortest
  }

  var isDue: Bool { dueAt.map { $0 <= .now } ?? false }

  mutating func drawn() {
    last = .now
    isWanted = false
    isUrgent = false
  }
}
