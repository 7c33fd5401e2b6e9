package import Events
package import SPL

/// The moments a search is held to.
package struct SearchRange: Equatable, Sendable {
  /// The first moment inside; nil is unbounded.
  package var start: Timestamp?
  /// The last moment inside; nil is unbounded.
  package var last: Timestamp?

  package static let everything = SearchRange(start: nil, last: nil)

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
    if let hours = modifiers.endHoursAgo, let asOf {
      let (seconds, overflow) = Int64(hours).multipliedReportingOverflow(by: 3600)
      last = overflow ? last : asOf - seconds
    }
  }

  package var isBounded: Bool { start != nil || last != nil }

  /// The moments that lie inside both.
  package func intersection(_ other: SearchRange) -> SearchRange {
    SearchRange(
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
    case .relative(let relative): asOf.map(relative.applied)
    }
  }
}
