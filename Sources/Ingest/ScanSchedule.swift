/// When to scan all roots.
struct ScanSchedule {
  private(set) var count = 0
  var due: ContinuousClock.Instant
  /// Whether the file systems of the roots tell inotify of every change.
  var tellsChanges = true

  init(now: ContinuousClock.Instant) { due = now }

  func isDue(at now: ContinuousClock.Instant) -> Bool { due <= now }

  /// Brings the next scan forward.
  mutating func soon(_ delay: Duration, now: ContinuousClock.Instant) {
    due = min(due, now + delay)
  }

  /// A scan is done: the longer it took, the rarer the next ones.
  mutating func done(in time: Duration, isNotified: Bool, now: ContinuousClock.Instant) {
    count += 1
    let pause =
      isNotified && tellsChanges
      ? min(max(.seconds(10), time * 20), .seconds(60)) : max(.seconds(1), time * 4)
    due = now + pause
  }
}
