internal import Events
internal import Findings
internal import GRDB

/// Lists and figures over all rows of a range, read off the tallies: whole hours from these, the
/// parts of hours at its beginning and its end from the rows themselves.
///
/// The parts of statements name `:from`, `:full` (the first whole hour), `:start` (its time), `:stop`
/// (the time of the hour that the range ends in) and `:ending`. Where nothing is later than the
/// range, it ends in no hour: all are whole.
struct Tallied {
  let database: Database
  private var arguments: [String: DatabaseValue] = [:]

  /// Rows from the last hour of a range on, up to which these are looked at one by one.
  private static let mostLate = 20_000

  /// Nil where rows have to be looked at one by one: narrowed down by a scope or a filter, or with
  /// many rows behind the end of the range.
  init?(_ database: Database, _ query: Query) throws {
    guard query.scope.isEmpty, query.filter == .everything else { return nil }
    self.database = database
    let later = try Bool.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT EXISTS (SELECT 1 FROM rows WHERE last_seen > :to)
            OR EXISTS (SELECT 1 FROM risk_events WHERE time > :to)
          """), arguments: ["to": query.range.to.seconds])
    let stop = TallyKind.hour(of: query.range.to.seconds) * TallyKind.hour
    if later == true {
      guard try isRare(after: stop, since: query.range.from?.seconds ?? .min) else { return nil }
    }
    bind("to", query.range.to.seconds)
    bind("stop", later == true ? stop : .max)
    bind("ending", later == true ? TallyKind.hour(of: stop) : .max)
    bind(from: query.range.from?.seconds, "from", "full", "start")
    bind("limit", Int64(max(0, query.limit)))
    bind("offset", Int64(max(0, query.offset)))
  }

  /// Whether few rows come after a time, and the range begins an hour before it at least.
  private func isRare(after stop: Int64, since from: Int64) throws -> Bool {
    guard from <= stop - TallyKind.hour else { return false }
    let find = try RawStatement(
      database, "SELECT 1 FROM rows WHERE last_seen >= ? LIMIT 1 OFFSET \(Tallied.mostLate)")
    find.bind(stop, at: 1)
    return try find.first { _ in true } == nil
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

  /// Rows of the parts of hours, a select of `columns` of rows `r` for each.
  static func inParts(_ columns: String, where condition: String = "1") -> String {
    """
    SELECT \(columns) FROM rows r
    WHERE r.last_seen >= :from AND r.last_seen < :start AND \(condition)
    UNION ALL SELECT \(columns) FROM rows r
    WHERE r.last_seen >= :stop AND r.last_seen <= :to AND \(condition)
    """
  }

  /// Lines of a kind of whole hours.
  static func hours(_ kind: TallyKind) -> String {
    "kind = \(kind.rawValue) AND hour >= :full AND hour < :ending"
  }

  /// Distinct (image, name) that were last seen in no whole hour of the range, as `columns` of rows
  /// `r`: in the part of an hour at its beginning, or in the last hour or later, having been seen in
  /// the range too.
  static func pairsInParts(
    _ columns: String, sameRepository: Bool, where condition: String = "1"
  ) -> String {
    let same = """
      SELECT 1 FROM rows n WHERE n.image IS r.image AND n.finding = r.finding
        AND n.severity = r.severity \(sameRepository ? "AND n.repository IS r.repository" : "")
      """
    return """
      SELECT DISTINCT \(columns), r.image, r.finding FROM rows r
      WHERE r.last_seen >= :from AND r.last_seen < :start AND \(SeverityCounts.condition)
        AND \(condition) AND NOT EXISTS (\(same) AND n.last_seen >= :start)
      UNION ALL SELECT DISTINCT \(columns), r.image, r.finding FROM rows r
      WHERE r.last_seen >= :stop AND \(SeverityCounts.condition) AND \(condition)
        AND EXISTS (\(same) AND n.last_seen >= :from AND n.last_seen <= :to)
      """
  }

  /// Whether a finding has a row in the range, of one that was last seen in its last hour or later.
  private static let isSeenInRange = """
    EXISTS (SELECT 1 FROM rows r WHERE r.finding_pk = f.pk AND r.last_seen >= :from
      AND r.last_seen <= :to)
    """

  func findings() throws -> Int {
    try number(
      """
      SELECT (SELECT ifnull(SUM(n), 0) FROM tallies WHERE \(Tallied.hours(.findings)))
        + (SELECT COUNT(DISTINCT r.finding_pk) FROM rows r JOIN findings f ON f.pk = r.finding_pk
          WHERE r.last_seen >= :from AND r.last_seen < :start AND f.last_seen < :start)
        + (SELECT COUNT(*) FROM (
          SELECT DISTINCT r.finding_pk AS pk FROM rows r WHERE r.last_seen >= :stop) f
          WHERE \(Tallied.isSeenInRange))
      """)
  }

  /// The numbers of a page of findings, the last seen first; of those that came at once, the worst.
  ///
  /// Read off the times of rows from the newest on: a finding's place is that of its newest row.
  func findingsByLast(_ query: Query) throws -> [Int64] {
    let (offset, limit) = (max(0, query.offset), max(0, query.limit))
    let walk = try RawStatement(
      database,
      """
      SELECT last_seen, finding_pk FROM rows WHERE last_seen >= ? AND last_seen <= ?
      ORDER BY last_seen DESC
      """)
    walk.bind(query.range.from?.seconds ?? .min, at: 1)
    walk.bind(query.range.to.seconds, at: 2)
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
        FROM (\(Tallied.pairsInParts("r.severity", sameRepository: false))))
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
        UNION SELECT * FROM (\(Tallied.inParts("r.\(column)", where: "r.\(column) IS NOT NULL"))))
      """)
  }

  func overview() throws -> Overview {
    let findings = try findings()
    let closed = try number(
      """
      SELECT COUNT(*) FROM triage t JOIN findings f ON f.pk = t.finding
      WHERE t.status IN (\(Reopening.closed)) AND f.last_seen >= :from
        AND (f.last_seen < :stop OR \(Tallied.isSeenInRange))
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
    let last = counts.count - 1
    for part in last > 0 && tallied.endsInAnHour ? [0, last] : [0] {
      let begin = start + Int64(part) * step
      tallied.bind("begin", max(begin.seconds, part == 0 ? tallied.number(of: "from") : .min))
      tallied.bind("next", (begin + step).seconds)
      counts[part] = try tallied.number(
        """
        SELECT COUNT(DISTINCT r.finding_pk) FROM rows r
        WHERE r.last_seen >= :begin AND r.last_seen < :next AND r.last_seen <= :to
        """)
    }
    return counts
  }

  /// Whether something is later than the range, so that the hour it ends in is not all in it.
  private var endsInAnHour: Bool { number(of: "stop") != .max }

  private func number(of name: String) -> Int64 {
    arguments[name].flatMap { Int64.fromDatabaseValue($0) } ?? 0
  }
}
