/// Counts what the readers did, and what it comes to per second.
struct FollowerMeter {
  static let interval = Duration.milliseconds(100)
  private static let span = Duration.seconds(1)

  private var totals = FollowerStatus()
  private var spanStart: ContinuousClock.Instant
  private var spanBytes: Int64 = 0
  private var spanRecords: Int64 = 0
  private var published: ContinuousClock.Instant
  private var wasIdle = false
  private(set) var isUnpublished = true

  init(now: ContinuousClock.Instant) {
    spanStart = now
    published = now - .seconds(1)
  }

  mutating func add(_ outcome: FollowOutcome) {
    totals.bytesRead += outcome.bytes
    totals.records += outcome.records
    totals.badUnits += outcome.badUnits
    spanBytes += outcome.bytes
    spanRecords += outcome.records
    isUnpublished = true
  }

  mutating func noteChange() { isUnpublished = true }

  /// Whether it is time to show the numbers: at once when idleness changes.
  func isDue(at now: ContinuousClock.Instant, isIdle: Bool) -> Bool {
    isIdle != wasIdle || (isUnpublished && now - published >= Self.interval)
  }

  /// The numbers, and the rates over the last second or so.
  mutating func status(_ now: ContinuousClock.Instant, isIdle: Bool) -> FollowerStatus {
    wasIdle = isIdle
    let time = now - spanStart
    if time >= Self.span {
      totals.bytesPerSecond = Double(spanBytes) / (time / .seconds(1))
      totals.recordsPerSecond = Double(spanRecords) / (time / .seconds(1))
      spanStart = now
      spanBytes = 0
      spanRecords = 0
    }
    published = now
    // Rates have to come down to nothing again, which takes one more look.
    isUnpublished = totals.bytesPerSecond > 0 || spanBytes > 0
    return totals
  }
}
