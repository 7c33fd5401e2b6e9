/// `earliest=`, `latest=`, `starthoursago=` as written in a `search` command.
package struct TimeModifiers: Equatable, Sendable {
  package var earliest: TimeBound?
  package var latest: TimeBound?
  /// `starthoursago=168`: the last 168 hours up to the screen's as-of time.
  package var startHoursAgo: Int?
  /// `endhoursago=24`: up to 24 hours before the as-of time.
  package var endHoursAgo: Int?

  package init(
    earliest: TimeBound? = nil, latest: TimeBound? = nil, startHoursAgo: Int? = nil,
    endHoursAgo: Int? = nil
  ) {
    self.earliest = earliest
    self.latest = latest
    self.startHoursAgo = startHoursAgo
    self.endHoursAgo = endHoursAgo
  }

  package static let none = TimeModifiers()
}

/// One end of a time range.
package enum TimeBound: Equatable, Sendable {
  /// Seconds since 1970: `earliest=1628682747`, `0`, `10/27/2026:00:00:00` in UTC.
  case epoch(Int64)
  /// `now`, `-24h`, `-7d@d`, `-1mon@mon+3d`.
  case relative(RelativeTime)
}

/// Steps from one moment to another, taken in order in UTC; no steps mean `now`.
///
/// `-1mon@mon+3d` goes back a month, then to the month's start, then three days on.
package struct RelativeTime: Equatable, Sendable {
  package enum Step: Equatable, Sendable {
    /// So many units on, back if negative. Months, quarters and years keep the day of the month, or
    /// take the month's last where it has not that many.
    case shift(Int64, TimeUnit)
    /// Down to the start of a second, minute, hour, day, month, quarter or year; of a week: to
    /// Sunday.
    case snap(TimeUnit)
    /// Down to the start of the last such day, 0 for Sunday: `@w1` is Monday.
    case snapToWeekday(Int)
  }

  package var steps: [Step]

  package init(_ steps: [Step]) { self.steps = steps }
}

/// A unit of time, as offsets, snapping and spans have it.
package enum TimeUnit: String, CaseIterable, Equatable, Sendable {
  case second, minute, hour, day, week, month, quarter, year
}
