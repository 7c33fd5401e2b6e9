package import Events

/// What became of the records that a rule had something of, since this engine was started.
package struct RuleCounters: Equatable, Sendable {
  /// Rows that came to qualify, less those withdrawn.
  package var rows = 0
  /// Records counted.
  package var records = 0
  /// Second copies of records, not counted.
  package var duplicates = 0
  /// Records of an eventID that was seen with other content; both are counted and marked.
  package var contested = 0
  /// Records that came after their window was closed; they are counted in it all the same.
  package var late = 0
  /// Rows that were dropped as in Splunk, by the BY field that was null.
  package var dropped: [Text: Int] = [:]
  /// Events whose BY fields had more combinations of values than are followed.
  package var truncated = 0
  /// What records gave to groups that are not followed, because their window has too many.
  package var leftOut = 0
  /// Regular expressions that were given up because of their limits.
  package var patternLimits = 0
  /// Windows that had too many groups.
  package var cappedWindows = 0

  package init() {}

  /// Whether rows of the rule may not say all that there was.
  package var isApproximate: Bool { leftOut + truncated + patternLimits + cappedWindows > 0 }

  /// The limits that were hit, in words.
  package var notes: [String] {
    let all = [
      (cappedWindows, "hour with too many groups", "hours with too many groups"),
      (leftOut, "event left out there", "events left out there"),
      (truncated, "event with too many BY values", "events with too many BY values"),
      (patternLimits, "regular expression given up", "regular expressions given up"),
    ]
    return all.filter { $0.0 > 0 }.map { "\($0.0) \($0.0 == 1 ? $0.1 : $0.2)" }
  }

  mutating func add(_ other: RuleCounters) {
    rows += other.rows
    records += other.records
    duplicates += other.duplicates
    contested += other.contested
    late += other.late
    dropped.merge(other.dropped, uniquingKeysWith: +)
    truncated += other.truncated
    leftOut += other.leftOut
    patternLimits += other.patternLimits
    cappedWindows += other.cappedWindows
  }
}
