import Events
import Foundation
import Glibc
import SPL

/// Times by the C library and Foundation's calendar, in UTC.
enum NaiveTimes {
  /// Formats that the C library has otherwise.
  private static func check(_ format: String) throws {
    let own: [String] = ["%N", "%3N", "%6N", "%9N", "%Q", "%3Q", "%6Q", "%Ez", "%:z", "%::z", "%+"]
    if let one = own.first(where: format.contains) { throw NaiveSearch.Gap(what: one) }
  }

  static func written(_ seconds: Double, _ format: String) throws -> String {
    try check(format)
    if format.isEmpty { return "" }
    var time = time_t(seconds.rounded(.down))
    var parts = tm()
    gmtime_r(&time, &parts)
    var buffer = [CChar](repeating: 0, count: 512)
    let format = format.replacingOccurrences(of: "%Z", with: "UTC")
      .replacingOccurrences(of: "%s", with: String(time))
    let count = strftime(&buffer, buffer.count, format, &parts)
    return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  static func read(_ text: String, _ format: String) throws -> Value {
    let symbols: [Character: String] = [
      "Y": "yyyy", "m": "MM", "d": "dd", "H": "HH", "M": "mm", "S": "ss", "z": "xx", "b": "MMM",
      "F": "yyyy-MM-dd", "T": "HH:mm:ss", "y": "yy", "j": "DDD", "B": "MMMM", "p": "a", "I": "hh",
    ]
    var pattern = ""
    var rest = Substring(format)
    while let character = rest.popFirst() {
      guard character == "%" else {
        pattern += character.isLetter ? "'\(character)'" : String(character)
        continue
      }
      let letter = rest.popFirst() ?? "%"
      guard let symbol = symbols[letter] else { throw NaiveSearch.Gap(what: "reading %\(letter)") }
      pattern += symbol
    }
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = .gmt
    formatter.dateFormat = pattern
    guard let date = formatter.date(from: text) else { return .null }
    return .number(Number(date.timeIntervalSince1970))
  }

  private static var calendar: Calendar {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    calendar.firstWeekday = 1
    return calendar
  }

  static func moved(_ date: Date, _ step: RelativeTime.Step) -> Date {
    let units: [TimeUnit: Calendar.Component] = [
      .second: .second, .minute: .minute, .hour: .hour, .day: .day, .week: .weekOfYear,
      .month: .month, .year: .year,
    ]
    switch step {
    case .shift(let count, .quarter):
      return calendar.date(byAdding: .month, value: Int(count) * 3, to: date) ?? date
    case .shift(let count, let unit):
      return calendar.date(byAdding: units[unit] ?? .day, value: Int(count), to: date) ?? date
    case .snap(.quarter):
      let month = calendar.component(.month, from: date)
      let start = calendar.dateInterval(of: .month, for: date)?.start ?? date
      return calendar.date(byAdding: .month, value: -((month - 1) % 3), to: start) ?? date
    case .snap(let unit):
      return calendar.dateInterval(of: units[unit] ?? .day, for: date)?.start ?? date
    case .snapToWeekday(let day):
      let today = calendar.component(.weekday, from: date) - 1
      let start = calendar.dateInterval(of: .day, for: date)?.start ?? date
      return calendar.date(byAdding: .day, value: -((today - day + 7) % 7), to: start) ?? date
    }
  }
}

/// `convert`, one field at a time.
struct NaiveConversion {
  private let convert: Convert

  init(_ convert: Convert) { self.convert = convert }

  func convert(_ row: inout NaiveSearch.Row) throws {
    for one in convert.conversions where one.function != .none {
      let fields =
        one.field.contains("*")
        ? row.fields.keys.map(\.string).filter {
          NaiveNames.isTaken($0, by: [Pattern(wildcards: one.field)])
        } : [one.field]
      for field in fields {
        let values = try row[field].each.compactMap { value in
          try converted(value, one.function) ?? (one.function == .number ? nil : value)
        }
        let target = one.field.contains("*") ? field : one.name
        if !row[field].isNull { row[target] = Value(values) }
      }
    }
  }

  /// Nil for what cannot be converted.
  private func converted(_ value: Value, _ function: ConvertFunction) throws -> Value? {
    let text = value.text?.string ?? ""
    func number(_ text: String) -> Value? { Value.string(text).number.map(Value.number) }
    func parts(_ pattern: String) -> [Double]? {
      NaiveConditions.found(text, "\\A(?:\(pattern))\\z").first.map { match in
        (1..<match.numberOfRanges).map {
          Double(NaiveConditions.group($0, of: match, in: text) ?? "0") ?? 0
        }
      }
    }
    func real(_ number: Double) -> Value { .number(Number(number)) }
    let clock = parts(#"(?:(\d+)\+)?(\d+):(\d+):(\d+)"#).map {
      real($0[0] * 86400 + $0[1] * 3600 + $0[2] * 60 + $0[3])
    }
    switch function {
    case .ctime:
      guard let seconds = value.number?.double else { return nil }
      return .string(try NaiveTimes.written(seconds, convert.timeFormat))
    case .mktime:
      let read = try NaiveTimes.read(text, convert.timeFormat)
      return read.isNull ? nil : read
    case .auto: return value.number.map(Value.number) ?? clock ?? number(text.filter { $0 != "," })
    case .durationToSeconds: return clock
    case .minutesToSeconds: return parts(#"(?:(\d+):)?([0-9.]+)"#).map { real($0[0] * 60 + $0[1]) }
    case .memoryToKilobytes:
      let scale =
        (["m": 1024.0, "g": 1_048_576] as [Character: Double])[text.lowercased().last ?? " "] ?? 1
      return parts(#"(-?[0-9.]+)[kmgKMG]?"#).map { real($0[0] * scale) }
    case .removeCommas: return number(text.filter { $0 != "," })
    case .removeUnit:
      return NaiveConditions.found(text, "\\A[-0-9.]+").first
        .flatMap { NaiveConditions.group(0, of: $0, in: text) }.flatMap(number)
    case .number: return value.number.map(Value.number)
    case .none: return value
    }
  }
}
