extension TimeBound {
  /// `1628682747`, `now`, `-24h`, `-7d@d`, `@h`; nil for what is none of these.
  ///
  /// A month or a year has no fixed length, so it can be rounded to but not gone back by.
  init?(_ text: String) {
    if text == "now" || text == "now()" {
      self = .relative(offset: 0, snap: nil)
      return
    }
    if let seconds = Int64(text), text.first?.isNumber == true {
      self = .epoch(seconds)
      return
    }
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard text.isEmpty == false, parts.count <= 2, let offset = Self.offset(parts[0]) else {
      return nil
    }
    guard parts.count == 2 else {
      self = .relative(offset: offset, snap: nil)
      return
    }
    guard let unit = Self.units[String(parts[1])] else { return nil }
    self = .relative(offset: offset, snap: unit)
  }

  /// The way it is written shortest; `TimeBound` reads it back.
  var text: String {
    switch self {
    case .epoch(let seconds): String(seconds)
    case .relative(0, nil): "now"
    case .relative(let offset, let snap):
      (offset == 0 ? "" : (offset > 0 ? "+" : "") + "\(offset)s")
        + (snap.map { "@\($0.letter)" } ?? "")
    }
  }

  /// In seconds: `-24h`, `+1d`, `-d` for one day, nothing for 0.
  private static func offset(_ text: Substring) -> Int64? {
    guard let sign = text.first else { return 0 }
    guard sign == "-" || sign == "+" else { return nil }
    let digits = text.dropFirst().prefix { $0.isASCII && $0.isNumber }
    let unit = text.dropFirst(1 + digits.count)
    guard let length = units[String(unit)]?.seconds,
      let count = digits.isEmpty ? 1 : Int64(digits)
    else { return nil }
    let (seconds, overflows) = count.multipliedReportingOverflow(by: length)
    return overflows ? nil : sign == "-" ? -seconds : seconds
  }

  private static let units: [String: SnapUnit] = {
    let names: [(SnapUnit, [String])] = [
      (.second, ["s", "sec", "secs", "second", "seconds"]),
      (.minute, ["m", "min", "mins", "minute", "minutes"]),
      (.hour, ["h", "hr", "hrs", "hour", "hours"]),
      (.day, ["d", "day", "days"]),
      (.week, ["w", "week", "weeks", "w0"]),
      (.month, ["mon", "month", "months"]),
      (.year, ["y", "yr", "yrs", "year", "years"]),
    ]
    return Dictionary(
      uniqueKeysWithValues: names.flatMap { unit, words in words.map { ($0, unit) } })
  }()
}

extension SnapUnit {
  fileprivate var seconds: Int64? {
    switch self {
    case .second: 1
    case .minute: 60
    case .hour: 3_600
    case .day: 86_400
    case .week: 604_800
    case .month, .year: nil
    }
  }

  fileprivate var letter: String {
    switch self {
    case .second: "s"
    case .minute: "m"
    case .hour: "h"
    case .day: "d"
    case .week: "w"
    case .month: "mon"
    case .year: "y"
    }
  }
}
