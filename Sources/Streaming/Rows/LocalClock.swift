import Events

/// How the clocks of one zone go, for `local_minute` and `local_wday` of events.
package struct LocalClock: Equatable, Sendable {
  package static let utc = LocalClock([])

  /// In order: from when on (seconds since 1970) clocks are so many seconds ahead of UTC.
  private let changes: [Change]

  private struct Change: Equatable, Sendable {
    var from: Int64
    var offset: Int64
  }

  package init(_ changes: [(from: Int64, offset: Int64)]) {
    self.changes = changes.map { Change(from: $0.from, offset: $0.offset) }
  }

  /// The value of a field that depends on the clock; nil for every other field.
  func value(of field: Text, at time: Timestamp) -> Value? {
    switch field {
    case "local_minute":
      let local = CalendarTime(time + offset(at: time))
      return .number(.whole(Int64(local.hour * 60 + local.minute)))
    case "local_wday": return Self.days[CalendarTime(time + offset(at: time)).weekday]
    default: return nil
    }
  }

  private func offset(at time: Timestamp) -> Int64 {
    changes.last { $0.from <= time.seconds }?.offset ?? 0
  }

  private static let days: [Value] = [
    "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
  ]
}
