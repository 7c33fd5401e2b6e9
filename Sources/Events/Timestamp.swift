/// A moment in whole seconds since 1970-01-01 00:00:00 UTC, as Splunk's `_time` of a CloudTrail
/// record is.
package struct Timestamp: Hashable, Comparable, Sendable {
  package var seconds: Int64

  package init(seconds: Int64) { self.seconds = seconds }

  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.seconds < right.seconds
  }

  package static func + (time: Timestamp, seconds: Int64) -> Timestamp {
    Timestamp(seconds: time.seconds + seconds)
  }

  package static func - (time: Timestamp, seconds: Int64) -> Timestamp {
    Timestamp(seconds: time.seconds - seconds)
  }

  /// The distance in seconds from `right` to `left`.
  package static func - (left: Timestamp, right: Timestamp) -> Int64 {
    left.seconds - right.seconds
  }
}

/// The hour [hh:50, hh+1:50) in which an event is evaluated.
///
/// ESCU schedules its detections at minute 0 over -70m to -10m: contiguous hours that begin at
/// minute 50. Evaluated by event time they are the same for early, late and replayed records.
package struct Window: Hashable, Comparable, Sendable {
  package static let length: Int64 = 3600

  package let start: Timestamp

  package var end: Timestamp { start + Window.length }

  /// The window that holds a moment: floor((t + 600) / 3600) * 3600 - 600.
  package init(containing time: Timestamp) {
    let shifted = time.seconds + 600
    let hours = shifted >= 0 ? shifted / 3600 : (shifted - 3599) / 3600
    start = Timestamp(seconds: hours * 3600 - 600)
  }

  package init(start: Timestamp) { self.start = start }

  package static func < (left: Window, right: Window) -> Bool { left.start < right.start }
}
