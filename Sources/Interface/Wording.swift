package import Events
import SafeText

/// Numbers and times as the screen writes them.
package enum Wording {
  /// Stands for the user where a record names none.
  static let noUser = "(no user)"

  /// `1,284`.
  package static func count(_ number: Int) -> String {
    let digits = String(number.magnitude)
    guard digits.utf8.count > 3 else { return String(number) }
    var text = ""
    for (offset, digit) in digits.enumerated() {
      if offset > 0, (digits.utf8.count - offset) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return number < 0 ? "-" + text : text
  }

  /// `3.2k`, `41M`, four characters at most; for figures that change all the time.
  package static func rate(_ number: Double) -> String {
    guard number.isFinite, number > 0 else { return "0" }
    if number < 10 { return number < 0.95 ? tenths(number) : whole(tenths(number)) }
    var value = number
    var unit = ""
    for next in ["k", "M", "G"] where value >= 999.5 {
      value /= 1000
      unit = next
    }
    return (value < 9.95 ? whole(tenths(value)) : String(Int(min(value, 9999).rounded()))) + unit
  }

  /// `512 B`, `12 KiB`, `3.4 MiB`.
  package static func bytes(_ number: Int64) -> String {
    var value = Double(max(0, number))
    guard value >= 1024 else { return "\(max(0, number)) B" }
    var unit = "KiB"
    value /= 1024
    for next in ["MiB", "GiB", "TiB"] where value >= 1023.5 {
      value /= 1024
      unit = next
    }
    return (value < 9.95 ? whole(tenths(value)) : String(Int(min(value, 1e9).rounded())))
      + " " + unit
  }

  /// How long ago: `12s`, `2m`, `1h`, `3d`; `future` for what the clock has not reached yet.
  package static func age(_ time: Timestamp, at now: Timestamp) -> String {
    let seconds = now - time
    return seconds < -60 ? "future" : span(max(0, seconds))
  }

  /// `12s`, `2m`, `1h`, `3d`.
  package static func span(_ seconds: Int64) -> String {
    switch seconds {
    case ..<60: "\(seconds)s"
    case ..<3600: "\(seconds / 60)m"
    case ..<86400: "\(seconds / 3600)h"
    default: count(Int(seconds / 86400)) + "d"
    }
  }

  /// `14:00:11` of today, `2021-08-11 11:52` of any other day.
  package static func moment(_ time: Timestamp, today: Timestamp) -> String {
    time.date == today.date ? time.timeOfDay : minute(time)
  }

  /// `14:00:11` of today, `08-11 11:52` of a day of the last months, `2021-08-11 11:52` of one that
  /// is further away: for lists.
  package static func listed(_ time: Timestamp, today: Timestamp) -> String {
    let days = abs(today - time) / 86400
    return days < 300 && time.date != today.date
      ? String(minute(time).dropFirst(5)) : moment(time, today: today)
  }

  /// `2021-08-11 11:52`.
  package static func minute(_ time: Timestamp) -> String {
    time.date + " " + time.timeOfDay.prefix(5)
  }

  /// `1 image`, `3 images`, `1,204 findings`.
  package static func counted(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(count(number)) \(number == 1 ? noun : plural ?? noun + "s")"
  }

  /// The first digits of an image's digest: `a27d7318`.
  package static func short(digest: String) -> String {
    let digits = digest.split(separator: ":", maxSplits: 1).last.map(String.init) ?? digest
    return String(digits.prefix(12))
  }

  /// A sentence on one line: line breaks and tabs are spaces.
  package static func flat(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 >= 0x09 && $0 <= 0x0D }) else { return text }
    return text.split { $0.isNewline || $0 == "\t" }.joined(separator: " ")
  }

  /// Both ends of a name that is too wide: names of rules begin alike and end otherwise.
  package static func ends(of name: String, width room: Int, isASCII: Bool = false) -> String {
    let sign = isASCII ? "..." : "…"
    guard width(name) > room, room > 8, name.allSatisfy(\.isASCII) else { return name }
    let head = (room - sign.count) / 3
    return name.prefix(head) + sign + name.suffix(room - sign.count - head)
  }

  /// Cells that a text takes.
  package static func width(_ text: String) -> Int { SafeText.width(of: text) }

  /// A field's value on one line: `-` where there is none, several with commas between them.
  package static func cell(_ value: Value) -> String {
    value.isNull ? "-" : value.each.compactMap(\.text?.string).joined(separator: ", ")
  }

  private static func tenths(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// The number without a `.0`.
  private static func whole(_ text: String) -> String {
    text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
