package import Events

/// How many findings were seen in each of the equal parts of a time range.
package struct Timeline: Equatable, Sendable {
  /// When the first part begins.
  package var start: Timestamp
  /// Seconds that a part lasts.
  package var step: Int64
  /// Distinct findings by part, the oldest first.
  package var counts: [Int]

  package init(start: Timestamp, step: Int64, counts: [Int]) {
    self.start = start
    self.step = step
    self.counts = counts
  }

  /// An hour for a week, more for longer ranges, so that there are never more than some hundred.
  package static func step(of seconds: Int64) -> Int64 {
    switch seconds {
    case ...(8 * 86400): 3600
    case ...(60 * 86400): 6 * 3600
    default: 86400 * max(1, seconds / 86400 / 400)
    }
  }
}
