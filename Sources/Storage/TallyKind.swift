/// What is counted in the table `tallies`, by the hour of a row's, a finding's or a pair's last
/// sighting.
///
/// `n`, `first` and `last` are the number, the first sighting and the last where a kind has them;
/// `key` and `other` are numbers of terms, 0 for none. An hour is a number of hours since 1970.
enum TallyKind: Int64, CaseIterable {
  /// Rows of the repository `key`.
  case repositoryRows = 1
  /// Rows of the user `key`.
  case userRows = 2
  /// Risk of the user `key`: `n` is the sum of scores, `first` how many events.
  case risk = 3
  /// Findings.
  case findings = 4
  /// Distinct (image digest, finding name) of the severity `other`.
  case pairs = 5
  /// The same of the repository `key`.
  case repositoryPairs = 6
  /// Findings with a row in `key` hours from the hour on: 1, 6 or 24 of them.
  case findingsSeen = 7
  /// All rows of the rule `key`, in hour 0.
  case ruleRows = 8
  /// All risk of the rule `key`, in hour 0: as `risk`.
  case ruleRisk = 9
  /// Risk of the rule `key` on the object `other`: as `risk`. (10 counted images once.)
  case objectRisk = 11
  /// Rows of the source `key` and the user `other`.
  case sourceRows = 12
  /// Rows of the place `key`, an image in a repository (`image_places`).
  case placeRows = 13
  /// Rows of the place `key` and the user `other`: only how many.
  case placeUsers = 14
  /// Distinct finding names of the place `key` and the severity `other`.
  case placePairs = 15

  /// Whether `n` is a sum of scores, and `first` how many.
  var isRisk: Bool { self == .risk || self == .ruleRisk || self == .objectRisk }
  /// Those in a list, for SQL.
  static let ofRisk = "(\(risk.rawValue), \(ruleRisk.rawValue), \(objectRisk.rawValue))"

  static let hour: Int64 = 3600
  /// Hours of the parts of a timeline.
  static let parts: [Int64] = [1, 6, 24]

  /// The hour of a time, also of one before 1970.
  static func hour(of time: Int64) -> Int64 {
    time >= 0 ? time / hour : (time - (hour - 1)) / hour
  }

  /// The first hour of the part of `hours` that a time is in.
  static func part(of time: Int64, hours: Int64) -> Int64 {
    let hour = hour(of: time)
    return hour - ((hour % hours) + hours) % hours
  }

  /// `hour(of:)` in SQL.
  static func hour(_ column: String) -> String {
    "((\(column) - (\(column) % 3600 + 3600) % 3600) / 3600)"
  }

  /// `part(of:hours:)` in SQL.
  static func part(_ column: String, hours: Int64) -> String {
    let hour = hour(column)
    return "(\(hour) - (\(hour) % \(hours) + \(hours)) % \(hours))"
  }
}
