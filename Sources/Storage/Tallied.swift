internal import Events
internal import Findings
internal import GRDB

/// Lists and figures over all rows from some time on, read off the tallies: whole hours from these,
/// the part of an hour at the beginning from the rows themselves.
///
/// The parts of statements name `:from`, `:full` (the first whole hour) and `:start` (its time).
struct Tallied {
  let database: Database
  private var arguments: [String: DatabaseValue] = [:]

  /// Nil where rows have to be looked at one by one: narrowed down by a scope or a filter, or with
  /// rows or risk behind the end of the range.
  init?(_ database: Database, _ query: Query) throws {
    guard query.scope.isEmpty, query.filter == .everything else { return nil }
    let later = try Bool.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT EXISTS (SELECT 1 FROM rows WHERE last_seen > :to)
            OR EXISTS (SELECT 1 FROM risk_events WHERE time > :to)
          """), arguments: ["to": query.range.to.seconds])
    guard later != true else { return nil }
    self.database = database
    bind(from: query.range.from?.seconds, "from", "full", "start")
    bind("limit", Int64(max(0, query.limit)))
    bind("offset", Int64(max(0, query.offset)))
  }

  /// Binds a time, the first whole hour that is not before it, and when that begins.
  mutating func bind(from time: Int64?, _ from: String, _ full: String, _ start: String) {
    let hour = time.map { time in
      let hour = TallyKind.hour(of: time)
      return hour * TallyKind.hour < time ? hour + 1 : hour
    }
    bind(from, time ?? .min)
    bind(full, hour ?? .min)
    bind(start, hour.map { $0 * TallyKind.hour } ?? .min)
  }

  mutating func bind(_ name: String, _ number: Int64) {
    arguments[name] = number.databaseValue
  }

  /// Takes over which page is wanted.
  mutating func takeLimits(of selection: Selection) {
    for name in ["limit", "offset"] { arguments[name] = selection.arguments[name] }
  }

  func rows(_ select: String) throws -> [Row] {
    let statement = try database.cachedStatement(sql: select)
    // What a statement does not name must not be bound.
    let names = arguments.filter { select.contains(":\($0.key)") }
    return try Row.fetchAll(statement, arguments: StatementArguments(names))
  }

  func number(_ select: String) throws -> Int { try rows(select).first?[0] ?? 0 }

  /// Rows of the part of an hour.
  static let atStart = "r.last_seen >= :from AND r.last_seen < :start"

  /// Lines of a kind of whole hours.
  static func hours(_ kind: TallyKind) -> String { "kind = \(kind.rawValue) AND hour >= :full" }

  /// Distinct (image, name) that were last seen in the part of an hour, as `columns` of rows `r`.
  static func pairsAtStart(_ columns: String, sameRepository: Bool) -> String {
    """
    SELECT DISTINCT \(columns), r.image, r.finding FROM rows r
    WHERE \(atStart) AND \(SeverityCounts.condition)
      AND NOT EXISTS (SELECT 1 FROM rows n WHERE n.image IS r.image AND n.finding = r.finding
        AND n.severity = r.severity AND n.last_seen >= :start
        \(sameRepository ? "AND n.repository = r.repository" : ""))
    """
  }

  func findings() throws -> Int {
    try number(
      """
      SELECT (SELECT ifnull(SUM(n), 0) FROM tallies WHERE \(Tallied.hours(.findings)))
        + (SELECT COUNT(*) FROM findings WHERE last_seen >= :from AND last_seen < :start)
      """)
  }

  /// The numbers of a page of findings, the last seen first; of those that came at once, the worst.
  ///
  /// Read off the times of rows from the newest on: a finding's place is that of its newest row.
  func findingsByLast(_ query: Query) throws -> [Int64] {
    let (offset, limit) = (max(0, query.offset), max(0, query.limit))
    let walk = try RawStatement(
      database,
      "SELECT last_seen, finding_pk FROM rows WHERE last_seen >= ? ORDER BY last_seen DESC")
    walk.bind(query.range.from?.seconds ?? .min, at: 1)
    var known: Set<Int64> = []
    // Findings of the page and of the times at its ends; `first` is the place of the first of them.
    var (first, time) = (0, Int64?.none)
    var atOnce: [[Int64]] = []
    try walk.each { row in
      if row.number(0) != time {
        time = row.number(0)
        if known.count >= offset + limit { return false }
        if known.count <= offset { (first, atOnce) = (known.count, []) }
        atOnce.append([])
      }
      if known.insert(row.number(1)).inserted { atOnce[atOnce.count - 1].append(row.number(1)) }
      return true
    }
    let inOrder = try atOnce.flatMap(byRank)
    return Array(inOrder.dropFirst(offset - first).prefix(limit))
  }

  private func byRank(_ findings: [Int64]) throws -> [Int64] {
    guard findings.count > 1 else { return findings }
    return try Int64.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT pk FROM findings WHERE pk IN (SELECT value FROM json_each(?))
          ORDER BY rank DESC, id
          """), arguments: ["[\(findings.map(String.init).joined(separator: ","))]"])
  }

  func severities() throws -> [String: Int] {
    let rows = try rows(
      """
      SELECT (SELECT text FROM terms WHERE id = word), SUM(n) FROM (
        SELECT other AS word, n FROM tallies WHERE \(Tallied.hours(.pairs))
        UNION ALL SELECT severity, 1
        FROM (\(Tallied.pairsAtStart("r.severity", sameRepository: false))))
      GROUP BY word
      """)
    var result: [String: Int] = [:]
    for row in rows where row[1] as Int > 0 {
      result[StoredText.decode(row[0]), default: 0] += row[1] as Int
    }
    return result
  }

  /// How many distinct repositories or users there are.
  func count(_ kind: TallyKind, _ column: String) throws -> Int {
    try number(
      """
      SELECT COUNT(*) FROM (
        SELECT key FROM tallies WHERE \(Tallied.hours(kind)) AND key <> 0
        UNION SELECT r.\(column) FROM rows r
        WHERE \(Tallied.atStart) AND r.\(column) IS NOT NULL)
      """)
  }

  func overview() throws -> Overview {
    let findings = try findings()
    let closed = try number(
      """
      SELECT COUNT(*) FROM triage t JOIN findings f ON f.pk = t.finding
      WHERE t.status IN (\(Reopening.closed)) AND f.last_seen >= :from
      """)
    return Overview(
      severities: try severities(), repositories: try count(.repositoryRows, "repository"),
      users: try count(.userRows, "user"), findings: findings, open: findings - closed,
      deadLetters: 0)
  }

  /// Findings by parts of the range; what the first part has is looked up where the range begins
  /// within it.
  func timeline(from start: Timestamp, to end: Timestamp, step: Int64) throws -> [Int] {
    var tallied = self
    let first = start.seconds / TallyKind.hour
    tallied.bind("first", first)
    tallied.bind("hours", step / TallyKind.hour)
    var counts = [Int](repeating: 0, count: Int((end - start) / step) + 1)
    let rows = try tallied.rows(
      """
      SELECT hour, n FROM tallies WHERE kind = \(TallyKind.findingsSeen.rawValue)
        AND hour >= :first AND key = :hours
      """)
    for row in rows {
      let part = Int((row[0] as Int64 - first) * TallyKind.hour / step)
      if counts.indices.contains(part) { counts[part] = row[1] }
    }
    tallied.bind("second", (start + step).seconds)
    counts[0] = try tallied.number(
      """
      SELECT COUNT(DISTINCT r.finding_pk) FROM rows r
      WHERE r.last_seen >= max(:from, \(start.seconds)) AND r.last_seen < :second
      """)
    return counts
  }

  /// Statements of the tables `lines` and `sums` of repositories, as `ScannedLines` orders them.
  static let repositories = [
    """
    words AS (SELECT k0, word, SUM(n) AS n FROM (
      SELECT key AS k0, other AS word, n FROM tallies WHERE \(hours(.repositoryPairs))
      UNION ALL SELECT repository, severity, 1
      FROM (\(pairsAtStart("r.repository, r.severity", sameRepository: true))
        AND r.repository IS NOT NULL))
      GROUP BY k0, word)
    """,
    """
    sums AS (SELECT k0, group_concat(word || ':' || n) AS words,
      SUM(n) FILTER (WHERE word = (SELECT id FROM terms WHERE text = 'CRITICAL')) AS critical,
      SUM(n) FILTER (WHERE word = (SELECT id FROM terms WHERE text = 'HIGH')) AS high
      FROM words GROUP BY k0)
    """,
    """
    images AS (SELECT key AS k0, COUNT(*) AS others FROM tallies
      WHERE kind = \(TallyKind.images.rawValue) AND hour = 0 AND last >= :from GROUP BY key)
    """,
    """
    spans AS (SELECT k0, MIN(first) AS first, MAX(last) AS last FROM (
      SELECT key AS k0, first, last FROM tallies WHERE \(hours(.repositoryRows))
      UNION ALL SELECT r.repository, r.first_seen, r.last_seen FROM rows r
      WHERE \(atStart) AND r.repository IS NOT NULL) GROUP BY k0)
    """,
    "lines AS (SELECT k0, ifnull(others, 0) AS others, first, last FROM spans LEFT JOIN images USING (k0))",
  ]

  /// Statements of the tables `lines` and `risk` of users, as `UserLines` orders them.
  static let users = [
    """
    lines AS (SELECT k, SUM(n) AS n, MAX(last) AS last FROM (
      SELECT iif(key = 0, (SELECT id FROM terms WHERE text = '\(Selection.noUser)'), key) AS k, n,
        last FROM tallies WHERE \(hours(.userRows))
      UNION ALL SELECT \(Selection.userKey), 1, r.last_seen FROM rows r WHERE \(atStart))
      GROUP BY k)
    """,
    """
    risk AS (SELECT k, SUM(n) FILTER (WHERE span = 1) AS day,
      SUM(n) FILTER (WHERE span = 2) AS week, SUM(n) FILTER (WHERE span = 3) AS own FROM (
        \(riskSince(1, "day")) UNION ALL \(riskSince(2, "week")) UNION ALL \(riskSince(3, "from")))
      GROUP BY k)
    """,
  ]

  private static func riskSince(_ span: Int, _ name: String) -> String {
    let (full, start) = name == "from" ? ("full", "start") : (name + "_full", name + "_start")
    return """
      SELECT key AS k, \(span) AS span, SUM(n) AS n FROM tallies
      WHERE kind = \(TallyKind.risk.rawValue) AND hour >= :\(full) GROUP BY key
      UNION ALL \(RiskTables.select(
        "e.object, \(span), e.score",
        where: """
          e.time >= :\(name) AND e.time < :\(start)
            AND e.object_type = (SELECT id FROM terms WHERE text = 'user')
          """))
      """
  }
}
