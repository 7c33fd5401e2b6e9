/// A moment taken apart in UTC by the Gregorian calendar; no time zone data, no Foundation.
package struct CalendarTime: Hashable, Sendable {
  package var year: Int
  package var month: Int
  package var day: Int
  package var hour: Int
  package var minute: Int
  package var second: Int
  /// 0 is Sunday.
  package var weekday: Int

  package init(_ time: Timestamp) {
    let days = time.seconds >= 0 ? time.seconds / 86400 : (time.seconds - 86399) / 86400
    let rest = Int(time.seconds - days * 86400)
    hour = rest / 3600
    minute = rest % 3600 / 60
    second = rest % 60
    weekday = Int((days % 7 + 11) % 7)
    // Days counted from 0000-03-01, so that a leap day ends its year (Hinnant's civil calendar).
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = Int(shifted - era * 146_097)
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + Int(era) * 400 + (month <= 2 ? 1 : 0)
  }
}

extension CalendarTime {
  /// How many days a month has, from 1 for January.
  package static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension Timestamp {
  /// The moment of a UTC date and time of day; days beyond a month's end run over.
  package init(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0
  ) {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = Int64(era) * 146_097 + Int64(dayOfEra) - 719_468
    self.init(
      seconds: days * 86400 + Int64(hour) * 3600 + Int64(minute) * 60 + Int64(second))
  }

  /// Reads `2021-08-11T11:52:27Z`, `2021-08-11 11:52:27`, `2021-08-11T11:52Z`, `2021-08-11`,
  /// fractions of a second (dropped) and offsets (`+02:00`); nil for anything else.
  package init?(iso8601 text: some StringProtocol) {
    var bytes = Array(text.utf8)[...]
    func number(_ digits: Int) -> Int? {
      guard bytes.count >= digits else { return nil }
      var value = 0
      for byte in bytes.prefix(digits) {
        guard byte >= 0x30, byte <= 0x39 else { return nil }
        value = value * 10 + Int(byte - 0x30)
      }
      bytes = bytes.dropFirst(digits)
      return value
    }
    func take(_ accepted: String) -> Bool {
      guard let first = bytes.first, accepted.utf8.contains(first) else { return false }
      bytes = bytes.dropFirst()
      return true
    }
    guard let year = number(4), take("-"), let month = number(2), take("-"),
      let day = number(2), (1...12).contains(month), day >= 1,
      day <= CalendarTime.days(inMonth: month, of: year)
    else { return nil }
    var hour = 0
    var minute = 0
    var second = 0
    var offset = 0
    if take("Tt ") {
      guard let h = number(2), take(":"), let m = number(2), h < 24, m < 60 else { return nil }
      hour = h
      minute = m
      if take(":") {
        guard let s = number(2), s <= 60 else { return nil }
        second = s
      }
      if take(".,") {
        let digits = bytes.prefix { $0 >= 0x30 && $0 <= 0x39 }
        guard !digits.isEmpty else { return nil }
        bytes = bytes.dropFirst(digits.count)
      }
      if let sign = bytes.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
        bytes = bytes.dropFirst()
        guard let h = number(2), h < 24 else { return nil }
        var m = 0
        if take(":") || !bytes.isEmpty {
          guard let minutes = number(2), minutes < 60 else { return nil }
          m = minutes
        }
        offset = (h * 3600 + m * 60) * (sign == UInt8(ascii: "+") ? 1 : -1)
      } else {
        _ = take("Zz")
      }
    }
    guard bytes.isEmpty else { return nil }
    self.init(
      year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    seconds -= Int64(offset)
  }

  /// `2021-08-11T11:52:27`, in UTC, as `ctime` of the ESCU macro writes it.
  package var iso8601: String { "\(date)T\(timeOfDay)" }

  /// `2021-08-11`, in UTC.
  package var date: String {
    let time = CalendarTime(self)
    return "\(padded(time.year, 4))-\(padded(time.month, 2))-\(padded(time.day, 2))"
  }

  /// `11:52:27`, in UTC.
  package var timeOfDay: String {
    let time = CalendarTime(self)
    return "\(padded(time.hour, 2)):\(padded(time.minute, 2)):\(padded(time.second, 2))"
  }
}

private func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(abs(number))
  let zeros = String(repeating: "0", count: max(0, width - digits.count))
  return (number < 0 ? "-" : "") + zeros + digits
}
