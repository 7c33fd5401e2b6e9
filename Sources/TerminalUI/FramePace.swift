/// When to draw: what a key asks for at once, the rest at most thirty times a second.
nonisolated struct FramePace {
  private var last: ContinuousClock.Instant?
  private var isUrgent = false
  private(set) var isWanted = false

  static let shortest = Duration.milliseconds(33)

  mutating func asked(urgently: Bool) {
    isWanted = true
    isUrgent = isUrgent || urgently
  }

  /// When the frame that is wanted should be drawn; nil where none is.
  func due(at now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
    guard isWanted else { return nil }
    guard !isUrgent, let last else { return now }
    return last + Self.shortest
  }

  mutating func drawn(at now: ContinuousClock.Instant) {
    last = now
    isWanted = false
    isUrgent = false
  }
}
