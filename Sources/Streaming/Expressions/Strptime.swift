import Events

/// A time format in strftime's notation, ready to read texts; UTC where the text has no zone.
struct Strptime: Sendable {
  private let format: [Character]

  init(_ format: String) { self.format = Array(format) }

  /// Seconds since 1970, with a fraction where the text has one; nil for what does not fit.
  func seconds(of text: Text) -> Number? {
    var reader = TimeTextReader(text.string)
    guard reader.read(format[...]) else { return nil }
    return reader.seconds
  }
}

/// Reads a text by a format, and what it has read so far.
private struct TimeTextReader {
  private var rest: Substring
  private var year: Int?
  private var month = 1
  private var day = 1
  private var hour = 0
  private var isAfternoon: Bool?
  private var minute = 0
  private var second = 0
  private var fraction = 0.0
  private var offset = 0
  private var epoch: Int64?

  init(_ text: String) { rest = Substring(text) }

  var seconds: Number? {
    if let epoch { return fraction == 0 ? .whole(epoch) : Number(Double(epoch) + fraction) }
    // A time of day alone belongs to no day.
    guard let year, day <= CalendarTime.days(inMonth: month, of: year) else { return nil }
    let clockHour = isAfternoon.map { hour % 12 + ($0 ? 12 : 0) } ?? hour
    let time = Timestamp(
      year: year, month: month, day: day, hour: clockHour, minute: minute, second: second)
    let moment = time.seconds - Int64(offset)
    return fraction == 0 ? .whole(moment) : Number(Double(moment) + fraction)
  }

  mutating func read(_ format: ArraySlice<Character>) -> Bool {
    var format = format
    while let character = format.popFirst() {
      if character == "%", let conversion = format.popFirst() {
        var letter = conversion
        while letter.isNumber || letter == ":" || letter == "E", let next = format.popFirst() {
          letter = next
        }
        guard convert(letter) else { return false }
      } else if character.isWhitespace {
        rest = rest.drop { $0.isWhitespace }
      } else {
        guard rest.popFirst() == character else { return false }
      }
    }
    return true
  }

  private mutating func convert(_ letter: Character) -> Bool {
    switch letter {
    case "Y": take(4) { $0.year = $1 }
    case "y": take(2, 0...99) { $0.year = $1 + ($1 < 69 ? 2000 : 1900) }
    case "m": take(2, 1...12) { $0.month = $1 }
    case "d", "e": take(2, 1...31) { $0.day = $1 }
    case "H", "k": take(2, 0...23) { $0.hour = $1 }
    case "I", "l": take(2, 1...12) { $0.hour = $1 }
    case "M": take(2, 0...59) { $0.minute = $1 }
    case "S": take(2, 0...60) { $0.second = $1 }
    case "b", "B", "h": takeMonth()
    case "a", "A": takeLetters()
    case "p", "P": takeHalf()
    case "N", "Q", "f": takeFraction()
    case "s": takeEpoch()
    case "z", "Z": takeZone()
    case "F": read(Array("%Y-%m-%d")[...])
    case "T", "X": read(Array("%H:%M:%S")[...])
    case "R": read(Array("%H:%M")[...])
    case "D", "x": read(Array("%m/%d/%y")[...])
    case "%": rest.popFirst() == "%"
    default: false
    }
  }

  private mutating func digits(_ most: Int) -> Substring {
    let digits = rest.prefix(most).prefix { $0.isASCII && $0.isNumber }
    rest = rest.dropFirst(digits.count)
    return digits
  }

  private mutating func take(
    _ most: Int, _ range: ClosedRange<Int> = 0...9999, _ keep: (inout Self, Int) -> Void
  ) -> Bool {
    if rest.first == " " { rest.removeFirst() }
    guard let number = Int(digits(most)), range.contains(number) else { return false }
    keep(&self, number)
    return true
  }

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  private mutating func letters() -> String {
    let letters = rest.prefix { $0.isASCII && $0.isLetter }
    rest = rest.dropFirst(letters.count)
    return letters.lowercased()
  }

  private mutating func takeMonth() -> Bool {
    let name = letters()
    guard let index = Self.months.firstIndex(of: String(name.prefix(3))) else { return false }
    month = index + 1
    return true
  }

  private mutating func takeLetters() -> Bool { !letters().isEmpty }

  private mutating func takeHalf() -> Bool {
    let half = letters()
    isAfternoon = half == "pm"
    return half == "am" || half == "pm"
  }

  private mutating func takeFraction() -> Bool {
    let digits = digits(9)
    fraction = Double("0.\(digits)") ?? 0
    return !digits.isEmpty
  }

  private mutating func takeEpoch() -> Bool {
    epoch = Int64(digits(11))
    return epoch != nil
  }

  /// `Z`, `UTC`, `+0200`, `+02:00`; other names of zones are not known.
  private mutating func takeZone() -> Bool {
    guard let sign = rest.first, sign == "+" || sign == "-" else {
      return ["z", "utc", "gmt"].contains(letters())
    }
    rest.removeFirst()
    guard let hours = Int(digits(2)) else { return false }
    if rest.first == ":" { rest.removeFirst() }
    let minutes = digits(2)
    offset = (hours * 60 + (Int(minutes) ?? 0)) * (sign == "-" ? -60 : 60)
    return true
  }
}
