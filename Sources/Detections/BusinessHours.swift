import SPL

/// When people work, and where: `business_hours.csv`, a line for each part of the week.
///
/// ```
/// zone,days,from,to
/// Europe/Berlin,monday-friday,08:00,20:00
/// Europe/Berlin,saturday,09:00,13:00
/// ```
///
/// The zone is an IANA name, the same in all lines. Days are names and ranges parted by `|`. A part
/// that ends before it begins goes over midnight.
struct BusinessHours: Equatable, Sendable {
  /// One line.
  struct Part: Equatable, Sendable {
    var days: [String]
    /// Minutes of the day; `to` no longer belongs to it.
    var from: Int
    var to: Int
  }

  static let columns = ["zone", "days", "from", "to"]

  private(set) var zone = "UTC"
  private(set) var parts: [Part] = []
  /// What is wrong with the file, line by line.
  private(set) var problems: [String] = []

  init(_ table: CSVTable) {
    for (number, record) in table.records.enumerated() {
      let line = "line \(number + 2)"
      let zone = record["zone"] ?? ""
      if number == 0, !zone.isEmpty { self.zone = zone }
      if !zone.isEmpty, zone != self.zone {
        problems.append("\(line) has the zone '\(zone)', the first line '\(self.zone)'")
      }
      guard let days = Self.days(record["days"] ?? "") else {
        problems.append(
          "\(line) has the days '\(record["days"] ?? "")', expected such as monday-friday|sunday")
        continue
      }
      guard let from = Self.minutes(record["from"]), let to = Self.minutes(record["to"]) else {
        problems.append(
          "\(line) is from '\(record["from"] ?? "")' to '\(record["to"] ?? "")', expected such as "
            + "08:00 and 20:00")
        continue
      }
      parts.append(Part(days: days, from: from, to: to))
    }
  }

  /// A condition that holds outside of these hours, over `local_wday` and `local_minute`.
  var outside: String {
    let conditions = parts.map { part in
      let days = "local_wday IN (\(part.days.joined(separator: ", ")))"
      let hours =
        part.from < part.to
        ? "local_minute>=\(part.from) local_minute<\(part.to)"
        : "(local_minute>=\(part.from) OR local_minute<\(part.to))"
      return "(\(days) \(hours))"
    }
    return "NOT (\(conditions.joined(separator: " OR ")))"
  }

  private static let week = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]

  private static func days(_ text: String) -> [String]? {
    var found: [String] = []
    for item in text.lowercased().split(separator: "|") {
      let ends = item.split(separator: "-").map { end in
        week.firstIndex(of: String(end.filter { $0 != " " }))
      }
      guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count < 3
      else { return nil }
      let count = (last - first + 7) % 7
      found += (0...count).map { week[(first + $0) % 7] }
    }
    return found.isEmpty ? nil : found
  }

  /// `08:30` is 510; `24:00` is the day's end.
  private static func minutes(_ text: String?) -> Int? {
    let parts = (text ?? "").split(separator: ":").map { Int($0) }
    guard parts.count == 2, let hour = parts[0], let minute = parts[1],
      (0...24).contains(hour), (0..<60).contains(minute), hour * 60 + minute <= 1440
    else { return nil }
    return hour * 60 + minute
  }
}

/// From when on a zone's clocks differ from UTC by so much.
package struct ZoneChange: Equatable, Sendable {
  /// Seconds since 1970; the first is before all records.
  package var from: Int64
  /// Seconds east of Greenwich.
  package var offset: Int64

  package init(from: Int64, offset: Int64) {
    self.from = from
    self.offset = offset
  }
}
