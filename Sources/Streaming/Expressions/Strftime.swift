import Events

/// A time format in strftime's notation, ready to print moments in UTC.
struct Strftime: Sendable {
  private enum Part: Sendable {
    case text(String)
    /// A part of the time in digits.
    case digits(Digits)
    /// `%Y`, `%3N`: the conversion's letters after the percent sign.
    case conversion(String)
  }

  /// What nearly every format consists of.
  private enum Digits: String, Sendable {
    case year = "Y"
    case month = "m"
    case day = "d"
    case hour = "H"
    case minute = "M"
    case second = "S"
  }

  private let parts: [Part]

  init(_ format: String) {
    var parts: [Part] = []
    var literal = ""
    var rest = Substring(format)
    while let character = rest.popFirst() {
      guard character == "%", let conversion = Strftime.conversion(in: rest) else {
        literal.append(character)
        continue
      }
      rest = rest.dropFirst(conversion.count)
      parts += [.text(literal)] + Strftime.parts(of: String(conversion))
      literal = ""
    }
    self.parts = parts + [.text(literal)]
  }

  private static func parts(of conversion: String) -> [Part] {
    switch conversion {
    case "F": [.digits(.year), .text("-"), .digits(.month), .text("-"), .digits(.day)]
    case "T", "X": [.digits(.hour), .text(":"), .digits(.minute), .text(":"), .digits(.second)]
    default: [Digits(rawValue: conversion).map(Part.digits) ?? .conversion(conversion)]
    }
  }

  /// The conversion at the start of a text: a letter, `%`, digits before N or Q, or `:z`, `Ez`;
  /// nil where there is none.
  private static func conversion(in text: Substring) -> Substring? {
    var length = text.prefix { $0.isASCII && $0.isNumber }.count
    if length == 0, let first = text.first, ":E-_".contains(first) { length = 1 }
    guard let letter = text.dropFirst(length).first, letter.isASCII,
      letter.isLetter || letter == "%" || letter == "+"
    else { return nil }
    return text.prefix(length + 1)
  }

  /// A moment in words; the fraction of the second counts for `%N`, `%Q` and `%f` only.
  func string(from seconds: Number) -> String? {
    let whole: Int64
    var fraction = 0.0
    switch seconds {
    case .whole(let value): whole = value
    case .real(let value):
      guard let floor = Int64(exactly: value.rounded(.down)) else { return nil }
      whole = floor
      fraction = value - value.rounded(.down)
    }
    // Beyond these the calendar's years no longer have four digits.
    guard (-62_135_596_800...253_402_300_799).contains(whole) else { return nil }
    let moment = Moment(Timestamp(seconds: whole), fraction: fraction)
    var text: [UInt8] = []
    text.reserveCapacity(32)
    for part in parts {
      switch part {
      case .text(let literal): text += literal.utf8
      case .digits(let digits): Strftime.append(digits, of: moment.time, to: &text)
      case .conversion(let letters): text += (moment.text(of: letters) ?? "%" + letters).utf8
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func append(
    _ digits: Digits, of time: CalendarTime, to text: inout [UInt8]
  ) {
    let number =
      switch digits {
      case .year: time.year
      case .month: time.month
      case .day: time.day
      case .hour: time.hour
      case .minute: time.minute
      case .second: time.second
      }
    if digits == .year { text += [number / 1000 % 10, number / 100 % 10].map { 0x30 + UInt8($0) } }
    text.append(0x30 + UInt8(number / 10 % 10))
    text.append(0x30 + UInt8(number % 10))
  }
}

/// One moment, taken apart for printing.
private struct Moment {
  let epoch: Timestamp
  let time: CalendarTime
  let fraction: Double

  init(_ epoch: Timestamp, fraction: Double) {
    self.epoch = epoch
    self.fraction = fraction
    time = CalendarTime(epoch)
  }

  func text(of conversion: String) -> String? {
    switch conversion {
    case "Y", "G": conversion == "Y" ? padded(time.year, 4) : padded(isoWeek.year, 4)
    case "y": padded(time.year % 100)
    case "C": padded(time.year / 100)
    case "g": padded(isoWeek.year % 100)
    case "m": padded(time.month)
    case "d": padded(time.day)
    case "e": padded(time.day, with: " ")
    case "j": padded(dayOfYear, 3)
    case "B": Moment.months[time.month - 1]
    case "b", "h": String(Moment.months[time.month - 1].prefix(3))
    case "A": Moment.weekdays[time.weekday]
    case "a": String(Moment.weekdays[time.weekday].prefix(3))
    case "w": String(time.weekday)
    case "u": String(time.weekday == 0 ? 7 : time.weekday)
    case "U": padded((dayOfYear + 6 - time.weekday) / 7)
    case "W": padded((dayOfYear + 6 - (time.weekday + 6) % 7) / 7)
    case "V": padded(isoWeek.week)
    default: textOfDay(conversion) ?? composed(conversion)
    }
  }

  private func textOfDay(_ conversion: String) -> String? {
    switch conversion {
    case "H": padded(time.hour)
    case "k": padded(time.hour, with: " ")
    case "I": padded(hourOfTwelve)
    case "l": padded(hourOfTwelve, with: " ")
    case "M": padded(time.minute)
    case "S": padded(time.second)
    case "p": time.hour < 12 ? "AM" : "PM"
    case "P": time.hour < 12 ? "am" : "pm"
    case "s": String(epoch.seconds)
    case "z": "+0000"
    case ":z", "Ez": "+00:00"
    case "Z": "UTC"
    case "f": fractionDigits(6)
    default: subseconds(conversion)
    }
  }

  /// `%N` and `%Q` with the number of digits before them; three without.
  private func subseconds(_ conversion: String) -> String? {
    guard let letter = conversion.last, letter == "N" || letter == "Q" else { return nil }
    let digits = conversion.dropLast()
    guard !digits.isEmpty else { return fractionDigits(letter == "N" ? 9 : 3) }
    guard let count = Int(digits), (1...9).contains(count) else { return nil }
    return fractionDigits(count)
  }

  private func composed(_ conversion: String) -> String? {
    func all(_ conversions: String...) -> [String] { conversions.compactMap { text(of: $0) } }
    return switch conversion {
    case "F": all("Y", "m", "d").joined(separator: "-")
    case "T", "X": all("H", "M", "S").joined(separator: ":")
    case "R": all("H", "M").joined(separator: ":")
    case "D", "x": all("m", "d", "y").joined(separator: "/")
    case "r": all("I", "M", "S").joined(separator: ":") + " " + all("p").joined()
    case "v": all("e", "b", "Y").joined(separator: "-")
    case "c": all("a", "b", "e", "T", "Y").joined(separator: " ")
    case "+": all("a", "b", "e", "T", "Z", "Y").joined(separator: " ")
    case "n": "\n"
    case "t": "\t"
    case "%": "%"
    default: nil
    }
  }

  private var hourOfTwelve: Int { (time.hour + 11) % 12 + 1 }

  /// 1 is the first of January.
  private var dayOfYear: Int {
    let newYear = Timestamp(year: time.year, month: 1, day: 1)
    return Int((epoch - newYear) / 86400) + 1
  }

  /// The ISO week, and the year that it belongs to: that of its Thursday.
  private var isoWeek: (year: Int, week: Int) {
    let untilThursday = Int64(4 - (time.weekday == 0 ? 7 : time.weekday))
    let thursday = Moment(epoch + untilThursday * 86400, fraction: 0)
    return (thursday.time.year, (thursday.dayOfYear - 1) / 7 + 1)
  }

  private func fractionDigits(_ count: Int) -> String {
    let scale = (0..<count).reduce(1.0) { scale, _ in scale * 10 }
    return padded(Int(fraction * scale), count)
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  private static let weekdays = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]
}

private func padded(_ number: Int, _ width: Int = 2, with filler: String = "0") -> String {
  let digits = String(number)
  return String(repeating: filler, count: max(0, width - digits.count)) + digits
}
