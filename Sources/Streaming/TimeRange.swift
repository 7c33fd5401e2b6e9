package import Events
package import SPL

/// The moments a search is held to.
package struct TimeRange: Equatable, Sendable {
  /// The first moment inside; nil is unbounded.
  package var start: Timestamp?
  /// The last moment inside; nil is unbounded.
  package var last: Timestamp?

  package static let everything = TimeRange(start: nil, last: nil)

  /// From `start` to `last`, both inside.
  package init(start: Timestamp?, last: Timestamp?) {
    self.start = start
    self.last = last
  }

  /// From `earliest` to before `latest`, as `earliest=` and `latest=` bound.
  package init(earliest: Timestamp?, latest: Timestamp?) {
    start = earliest
    last = latest.map { $0 - 1 }
  }

  /// What the time modifiers of a `search` mean at `asOf`; nil where there are none.
  ///
  /// `starthoursago=168` is the last 168 hours up to and with `asOf`. A relative bound without
  /// `asOf` bounds nothing.
  package init?(_ modifiers: TimeModifiers, asOf: Timestamp?) {
    guard modifiers != .none else { return nil }
    self.init(
      earliest: modifiers.earliest.flatMap { $0.moment(asOf: asOf) },
      latest: modifiers.latest.flatMap { $0.moment(asOf: asOf) })
    if let hours = modifiers.startHoursAgo, let asOf {
      let (seconds, overflow) = Int64(hours).multipliedReportingOverflow(by: 3600)
      start = overflow ? nil : asOf - seconds
      last = asOf
    }
  }

  package var isBounded: Bool { start != nil || last != nil }

  /// The moments that lie inside both.
  package func intersection(_ other: TimeRange) -> TimeRange {
    TimeRange(
      start: [start, other.start].compactMap(\.self).max(),
      last: [last, other.last].compactMap(\.self).min())
  }

  /// Whether a moment lies inside; one that is unknown lies only in the unbounded range.
  package func contains(_ time: Timestamp?) -> Bool {
    guard let time else { return !isBounded }
    if let start, time < start { return false }
    if let last, time > last { return false }
    return true
  }
}

extension TimeBound {
  fileprivate func moment(asOf: Timestamp?) -> Timestamp? {
    switch self {
    case .epoch(let seconds): Timestamp(seconds: seconds)
    case .relative(let offset, let snap):
      asOf.map { time in
        let moved = time + offset
        return snap.map { moved.roundedDown(to: $0) } ?? moved
      }
    }
  }
}

extension Timestamp {
  /// The beginning of the unit that holds the moment, in UTC; a week begins on Sunday.
  fileprivate func roundedDown(to unit: SnapUnit) -> Timestamp {
    let time = CalendarTime(self)
    let midnight = Timestamp(year: time.year, month: time.month, day: time.day)
    switch unit {
    case .second: return self
    case .minute: return self - Int64(time.second)
    case .hour: return self - Int64(time.minute * 60 + time.second)
    case .day: return midnight
    case .week: return midnight - Int64(time.weekday) * 86400
    case .month: return Timestamp(year: time.year, month: time.month, day: 1)
    case .year: return Timestamp(year: time.year, month: 1, day: 1)
    }
  }
}
