extension RelativeTime {
  /// `now`, `-24h`, `-7d@d`, `@w1`, `-1mon@mon+3d`; nil for what is none of these.
  ///
  /// An offset without a unit is in seconds, one without a number is of one unit.
  package init?(_ text: String) {
    if text == "now" || text == "now()" {
      self.init([])
      return
    }
    var steps: [Step] = []
    var rest = Substring(text)
    while let sign = rest.first {
      rest.removeFirst()
      let step: Step?
      switch sign {
      case "@": step = Self.snap(&rest)
      case "+", "-": step = Self.shift(&rest, isNegative: sign == "-")
      default: step = nil
      }
      guard let step else { return nil }
      steps.append(step)
    }
    guard steps.isEmpty == false else { return nil }
    self.init(steps)
  }

  /// The way it is written shortest; `RelativeTime` reads it back.
  package var text: String {
    guard steps.isEmpty == false else { return "now" }
    return steps.map { step in
      switch step {
      case .shift(let count, let unit): (count < 0 ? "" : "+") + "\(count)\(unit.abbreviation)"
      case .snap(let unit): "@\(unit.abbreviation)"
      case .snapToWeekday(let day): "@w\(day)"
      }
    }.joined()
  }

  private static func shift(_ rest: inout Substring, isNegative: Bool) -> Step? {
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    rest.removeFirst(digits.count)
    let word = Self.word(&rest)
    guard let unit = word.isEmpty ? .second : TimeUnit.named[word],
      digits.isEmpty == false || word.isEmpty == false,
      let count = digits.isEmpty ? 1 : Int64(digits), count <= Self.farthest
    else { return nil }
    return .shift(isNegative ? -count : count, unit)
  }

  /// So that no step, in seconds, passes the range of a number.
  private static let farthest: Int64 = 100_000_000_000

  private static func snap(_ rest: inout Substring) -> Step? {
    let word = Self.word(&rest)
    guard word == "w", let digit = rest.first, let day = Int(String(digit)) else {
      return TimeUnit.named[word].map { .snap($0) }
    }
    rest.removeFirst()
    guard (0...7).contains(day) else { return nil }
    // `@w0`, `@w7` and `@w` are all Sunday.
    return day % 7 == 0 ? .snap(.week) : .snapToWeekday(day)
  }

  private static func word(_ rest: inout Substring) -> String {
    let word = rest.prefix { $0.isASCII && $0.isLetter }
    rest.removeFirst(word.count)
    return String(word)
  }
}

extension TimeUnit {
  /// As Splunk spells it in offsets, spans and snapping; its `m` is minutes.
  static let named: [String: TimeUnit] = {
    let names: [(TimeUnit, [String])] = [
      (.second, ["s", "sec", "secs", "second", "seconds"]),
      (.minute, ["m", "min", "mins", "minute", "minutes"]),
      (.hour, ["h", "hr", "hrs", "hour", "hours"]),
      (.day, ["d", "day", "days"]),
      (.week, ["w", "week", "weeks"]),
      (.month, ["mon", "month", "months"]),
      (.quarter, ["q", "qtr", "qtrs", "quarter", "quarters"]),
      (.year, ["y", "yr", "yrs", "year", "years"]),
    ]
    return Dictionary(
      uniqueKeysWithValues: names.flatMap { unit, words in words.map { ($0, unit) } })
  }()

  package var abbreviation: String {
    switch self {
    case .second: "s"
    case .minute: "m"
    case .hour: "h"
    case .day: "d"
    case .week: "w"
    case .month: "mon"
    case .quarter: "q"
    case .year: "y"
    }
  }
}
