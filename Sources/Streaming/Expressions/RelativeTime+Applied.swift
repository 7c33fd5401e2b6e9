import Events
import SPL

extension RelativeTime {
  /// The moment that the steps lead to, in UTC.
  func applied(to time: Timestamp) -> Timestamp {
    steps.reduce(time) { moment, step in
      switch step {
      case .shift(let count, let unit): moment.shifted(count, unit)
      case .snap(let unit): moment.roundedDown(to: unit)
      case .snapToWeekday(let day):
        moment.roundedDown(to: .day) - Int64((CalendarTime(moment).weekday - day + 7) % 7) * 86400
      }
    }
  }
}

extension TimeUnit {
  /// Nil for those of the calendar, which are not all of one length.
  var seconds: Int64? {
    switch self {
    case .second: 1
    case .minute: 60
    case .hour: 3600
    case .day: 86400
    case .week: 604_800
    case .month, .quarter, .year: nil
    }
  }

  /// How many months; nil for those that are counted in seconds.
  var months: Int64? {
    switch self {
    case .month: 1
    case .quarter: 3
    case .year: 12
    default: nil
    }
  }
}

extension Timestamp {
  /// The years that the calendar is followed in; beyond them it stands still.
  private static let calendar =
    Timestamp(year: -9999, month: 1, day: 1)...Timestamp(year: 99_999, month: 1, day: 1)

  func shifted(_ count: Int64, _ unit: TimeUnit) -> Timestamp {
    if let length = unit.seconds {
      let (seconds, overflow) = count.multipliedReportingOverflow(by: length)
      let (moment, tooFar) = self.seconds.addingReportingOverflow(seconds)
      return overflow || tooFar ? self : Timestamp(seconds: moment)
    }
    let (months, overflow) = count.multipliedReportingOverflow(by: unit.months ?? 1)
    guard !overflow, abs(months) < 1_000_000, Self.calendar.contains(self) else { return self }
    let time = CalendarTime(self)
    let index = Int64(time.year) * 12 + Int64(time.month - 1) + months
    let year = Int(index >= 0 ? index / 12 : (index - 11) / 12)
    let month = Int(index - Int64(year) * 12) + 1
    return Timestamp(
      year: year, month: month, day: min(time.day, CalendarTime.days(inMonth: month, of: year)),
      hour: time.hour, minute: time.minute, second: time.second)
  }

  /// The beginning of the unit that holds the moment, in UTC; a week begins on Sunday.
  func roundedDown(to unit: TimeUnit) -> Timestamp {
    let time = CalendarTime(self)
    let midnight = Timestamp(year: time.year, month: time.month, day: time.day)
    switch unit {
    case .second: return self
    case .minute: return self - Int64(time.second)
    case .hour: return self - Int64(time.minute * 60 + time.second)
    case .day: return midnight
    case .week: return midnight - Int64(time.weekday) * 86400
    case .month: return Timestamp(year: time.year, month: time.month, day: 1)
    case .quarter: return Timestamp(year: time.year, month: (time.month - 1) / 3 * 3 + 1, day: 1)
    case .year: return Timestamp(year: time.year, month: 1, day: 1)
    }
  }

  /// The beginning of the span that holds the moment: spans of a fixed length are counted from
  /// 1970, weeks from a Sunday, months from a January.
  func roundedDown(toSpan count: Int64, _ unit: TimeUnit) -> Timestamp {
    if let length = unit.seconds {
      let origin: Int64 = unit == .week ? -4 * 86400 : 0
      let (span, overflow) = count.multipliedReportingOverflow(by: length)
      guard !overflow else { return self }
      let (quotient, rest) = (seconds - origin).quotientAndRemainder(dividingBy: span)
      return Timestamp(seconds: (rest < 0 ? quotient - 1 : quotient) * span + origin)
    }
    let months = count * (unit.months ?? 1)
    let time = CalendarTime(self)
    let index = Int64(time.year) * 12 + Int64(time.month - 1)
    let start = index - ((index % months) + months) % months
    return Timestamp(year: Int(start / 12), month: Int(start % 12) + 1, day: 1)
  }
}
