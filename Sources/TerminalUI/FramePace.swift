/// When to draw: what a key asks for at once, the rest at most thirty times a second.
///
/// Frames that were not needed are saved up, a few of them: what follows on a rest is drawn at once,
/// though it comes in as many messages as there are lists. A frame that changes nothing is none.
nonisolated struct FramePace {
  private var last: ContinuousClock.Instant?
  private var saved = mostSaved
  private var isUrgent = false
  private(set) var isWanted = false

  static let shortest = Duration.milliseconds(33)
  static let mostSaved = 6.0

  mutating func asked(urgently: Bool) {
    isWanted = true
    isUrgent = isUrgent || urgently
  }

  /// When the frame that is wanted should be drawn; nil where none is.
  func due(at now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
    guard isWanted else { return nil }
    guard !isUrgent, let last, saved < 1 else { return now }
    return last + Self.shortest * (1 - saved)
  }

  /// Says that the frame that was wanted is drawn, and whether there was anything to send.
  mutating func drawn(at now: ContinuousClock.Instant, sent: Bool = true) {
    isWanted = false
    isUrgent = false
    guard sent else { return }
    if let last { saved = min(Self.mostSaved, saved + last.duration(to: now) / Self.shortest) }
    saved = max(0, saved - 1)
    last = now
  }
}
