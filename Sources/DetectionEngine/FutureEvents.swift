package import Events

/// Events whose time the clock has not reached: they are kept and marked, and move nothing.
package enum FutureEvents {
  /// What their rows are marked with.
  package static let mark: Text = "from the future"

  /// Clocks differ: so many seconds ahead are still now.
  private static let tolerance: Int64 = 300

  /// Whether an event of that time is one.
  package static func include(_ time: Timestamp, now: Timestamp) -> Bool {
    time - now > tolerance
  }
}
