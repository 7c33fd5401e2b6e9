internal import Events
internal import Findings
internal import GRDB

/// The card of a user: all rows and risk events of theirs up to the as-of time.
struct UserCardQuery {
  private let database: Database
  private let user: String
  private let asOf: Timestamp
  private var selection: Selection

  init(_ database: Database, user: String, asOf: Timestamp) throws {
    self.database = database
    self.user = user
    self.asOf = asOf
    selection = try Selection(
      scope: [.user: user], range: TimeRange(from: nil, to: asOf))
    selection.bind("object", StoredText.encode(user))
    selection.bind("day", (asOf - UserLines.day).seconds)
    selection.bind("week", (asOf - UserLines.week).seconds)
    selection.bind("midnight", UserCardQuery.firstMidnight(upTo: asOf).seconds)
  }

  /// Nil for a user without rows.
  func card() throws -> UserCard? {
    let times = try rows(
      "SELECT MIN(r.first_seen), MAX(r.last_seen) FROM rows r WHERE \(selection.inRange)"
    ).first
    guard let times, let first: Int64 = times[0], let last: Int64 = times[1] else { return nil }
    let risk = try risk()
    return UserCard(
      user: user, risk24h: risk.day, risk7d: risk.week, distinct7d: try distinct(),
      days: try days(), tactics: try tactics(), sources: try tally("source"),
      userAgents: try tally("agent"), accounts: try tally("account"),
      sessions: try tally("session"), rules: try rules(), firstSeen: Timestamp(seconds: first),
      lastSeen: Timestamp(seconds: last))
  }

  private func rows(_ select: String) throws -> [Row] {
    try selection.rows(database, select)
  }

  private static let ownRisk = """
    e.object = (SELECT id FROM terms WHERE text = :object)
    AND e.object_type = (SELECT id FROM terms WHERE text = 'user') AND e.time <= :to
    """

  /// Risk of the 24 hours and of the 7 days up to the as-of time, both ends included.
  private func risk() throws -> (day: Int, week: Int) {
    let sums = try rows(
      """
      SELECT SUM(score) FILTER (WHERE time >= :day), SUM(score) FROM (\(RiskTables.select(
        "e.time, e.score", where: "\(UserCardQuery.ownRisk) AND e.time >= :week")))
      """
    ).first
    return (sums?[0] ?? 0, sums?[1] ?? 0)
  }

  /// Risk by UTC calendar day, the as-of's day last.
  private func days() throws -> [Int] {
    var result = [Int](repeating: 0, count: 7)
    let sums = try rows(
      """
      SELECT (time - :midnight) / \(UserLines.day) AS day, SUM(score) FROM (\(RiskTables.select(
        "e.time, e.score", where: "\(UserCardQuery.ownRisk) AND e.time >= :midnight")))
      GROUP BY day
      """)
    for row in sums { result[row[0]] = row[1] }
    return result
  }

  /// When the calendar day begins that is six days before the as-of's.
  private static func firstMidnight(upTo asOf: Timestamp) -> Timestamp {
    let time = CalendarTime(asOf)
    let sinceMidnight = Int64(time.hour * 3600 + time.minute * 60 + time.second)
    return asOf - sinceMidnight - 6 * UserLines.day
  }

  /// Each (rule, finding, image) once, at its highest score.
  private func distinct() throws -> Int {
    try rows(
      """
      SELECT ifnull(SUM(score), 0) FROM (
        SELECT MAX(e.score) AS score FROM (\(RiskTables.select(
          "e.row, e.score", where: "\(UserCardQuery.ownRisk) AND e.time >= :week"))) e
        JOIN rows r ON r.pk = e.row GROUP BY r.rule, r.finding_pk, r.image)
      """
    ).first?[0] ?? 0
  }

  private func tactics() throws -> [Tally] {
    try tallies(
      """
      SELECT t.text, SUM(n) FROM (
        SELECT e.tactics AS tactics, COUNT(*) AS n FROM risk_events e
        WHERE \(UserCardQuery.ownRisk) GROUP BY e.tactics
        UNION ALL SELECT s.tactics, COUNT(*) FROM \(RiskTables.inRows) e
        JOIN shapes s ON s.id = e.shape WHERE \(UserCardQuery.ownRisk) GROUP BY s.tactics)
      JOIN terms t ON t.id = tactics GROUP BY tactics
      """)
  }

  private func tally(_ column: String) throws -> [Tally] {
    try tallies(
      """
      SELECT t.text, COUNT(*) FROM rows r JOIN terms t ON t.id = r.\(column)
      WHERE \(selection.inRange) GROUP BY r.\(column)
      """)
  }

  /// Each value of a text of several, which line feeds join, is counted; the most frequent first.
  private func tallies(_ select: String) throws -> [Tally] {
    var counts: [Text: Int] = [:]
    for row in try rows(select) {
      let text = Text(StoredText.decode(row[0]))
      for value in text.string.unicodeScalars.split(separator: "\n") {
        counts[Text(String(value)), default: 0] += row[1] as Int
      }
    }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { Tally(name: $0.key.string, count: $0.value) }
  }

  private func rules() throws -> [UserRule] {
    try rows(
      """
      SELECT t.text, COUNT(*), MIN(r.window), MAX(r.window) FROM rows r
      JOIN terms t ON t.id = r.rule WHERE \(selection.inRange) GROUP BY r.rule ORDER BY t.text
      """
    ).map { row in
      UserRule(
        rule: StoredText.decode(row[0]), rows: row[1], earliest: Timestamp(seconds: row[2]),
        latest: Timestamp(seconds: row[3]) + Window.length)
    }
  }
}
