extension TimeBound {
  /// `1628682747`, `10/27/2026:14:30:00` in UTC, or a `RelativeTime`; nil for what is none of these.
  init?(_ text: String) {
    if let seconds = Self.seconds(text) ?? Self.absolute(text) {
      self = .epoch(seconds)
    } else if let relative = RelativeTime(text) {
      self = .relative(relative)
    } else {
      return nil
    }
  }

  /// The way it is written shortest; `TimeBound` reads it back.
  var text: String {
    switch self {
    case .epoch(let seconds): String(seconds)
    case .relative(let relative): relative.text
    }
  }

  /// Events have whole seconds, so that a fraction excludes just what the next second does.
  private static func seconds(_ text: String) -> Int64? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ $0.isEmpty == false && $0.allSatisfy(isDigit) })
    else { return nil }
    let hasFraction = parts.count == 2 && parts[1].contains { $0 != "0" }
    return Int64(parts[0]).map { hasFraction && $0 < .max ? $0 + 1 : $0 }
  }

  /// `month/day/year:hour:minute:second`, or the day alone.
  private static func absolute(_ text: String) -> Int64? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let date = parts[0].split(separator: "/", omittingEmptySubsequences: false)
    let numbers = (date + parts.dropFirst()).map {
      $0.count <= 4 && $0.allSatisfy(isDigit) ? Int($0) : nil
    }
    let known = numbers.compactMap { $0 }
    guard date.count == 3, known.count == numbers.count, known.count == 3 || known.count == 6
    else { return nil }
    let (month, day, year) = (known[0], known[1], known[2])
    let clock = known.count == 6 ? Array(known[3...]) : [0, 0, 0]
    guard (1...12).contains(month), (1...Self.days(in: month, of: year)).contains(day),
      year >= 1970, clock[0] < 24, clock[1] < 60, clock[2] < 60
    else { return nil }
    let seconds = clock[0] * 3_600 + clock[1] * 60 + clock[2]
    return Int64(Self.daysSinceEpoch(year, month, day) * 86_400 + seconds)
  }

  private static func days(in month: Int, of year: Int) -> Int {
    let start = daysSinceEpoch(year, month, 1)
    return (month == 12 ? daysSinceEpoch(year + 1, 1, 1) : daysSinceEpoch(year, month + 1, 1))
      - start
  }

  /// Counted in years that begin with March, so that a leap day is a year's last.
  private static func daysSinceEpoch(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let marchYear = month < 3 ? year - 1 : year
    let monthFromMarch = (month + 9) % 12
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    return marchYear * 365 + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear - 719_468
  }
}

private func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
