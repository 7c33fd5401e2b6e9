import Events
import JSON

/// When a scan was completed, in any of the spellings in which records tell it.
///
/// CloudTrail writes Java's: `Aug 11, 2021, 11:30:16 AM`, since some version with a narrow space
/// before the `AM`; saved answers have ISO 8601 or seconds since 1970.
enum ScanTime {
  static func read(_ value: JSONValue?) -> Timestamp? {
    guard let text = value?.text else { return nil }
    if value?.kind == .number {
      guard let seconds = Double(text), abs(seconds) < 253_402_300_800 else { return nil }
      return Timestamp(seconds: Int64(seconds.rounded(.down)))
    }
    return Timestamp(iso8601: text) ?? java(text)
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func java(_ text: String) -> Timestamp? {
    let words = text.unicodeScalars.split { $0.properties.isWhitespace || $0 == "," || $0 == ":" }
      .map { String($0) }
    guard words.count == 7, let month = months.firstIndex(of: words[0]),
      let day = Int(words[1]), let year = Int(words[2]), let hour = Int(words[3]),
      let minute = Int(words[4]), let second = Int(words[5]),
      (1970...9999).contains(year), day >= 1,
      day <= CalendarTime.days(inMonth: month + 1, of: year), (1...12).contains(hour),
      (0..<60).contains(minute), (0...60).contains(second)
    else { return nil }
    let isAfternoon: Bool
    switch words[6] {
    case "AM": isAfternoon = false
    case "PM": isAfternoon = true
    default: return nil
    }
    return Timestamp(
      year: year, month: month + 1, day: day, hour: hour % 12 + (isAfternoon ? 12 : 0),
      minute: minute, second: second)
  }
}
