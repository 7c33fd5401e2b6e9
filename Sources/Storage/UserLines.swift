internal import Events
internal import Findings
internal import GRDB

/// Lines about who asked: users with their risk, and the sources that requests came from.
enum UserLines {
  static let day: Int64 = 86_400
  static let week: Int64 = 7 * 86_400

  /// Risk is the user's own, over all rules and repositories, whatever the rows are narrowed to.
  static func users(_ database: Database, _ query: Query) throws -> Page<UserLine> {
    var page = try PageQuery(query)
    let end = query.range.to
    page.selection.bind("day", (end - day).seconds)
    page.selection.bind("week", (end - week).seconds)
    page.selection.bind("since", query.range.from?.seconds ?? Int64.min)
    var tallied = try Tallied(database, query)
    tallied?.bind(from: (end - day).seconds, "day", "day_full", "day_start")
    tallied?.bind(from: (end - week).seconds, "week", "week_full", "week_start")
    let (rows, total) = try page.fetch(
      database, tallied: tallied, with: tallied == nil ? tables(page.selection) : Tallied.users,
      """
      SELECT ifnull(t.text, '\(Selection.noUser)') AS name, ifnull(risk.day, 0) AS day,
        ifnull(risk.week, 0), ifnull(risk.own, 0), n, last, COUNT(*) OVER ()
      FROM lines LEFT JOIN risk USING (k) LEFT JOIN terms t ON t.id = k
      \(page.order(
        [.name: "name", .user: "name", .risk: "day", .count: "n", .last: "last"],
        standard: "day DESC, last DESC", tie: "name"))
      """)
    let lines = rows.map { row in
      UserLine(
        user: StoredText.decode(row[0]), risk24h: row[1], risk7d: row[2], riskInRange: row[3],
        rows: row[4], lastSeen: Timestamp(seconds: row[5]))
    }
    return page.page(lines, total)
  }

  private static func tables(_ selection: Selection) -> [String] {
    [
      """
      lines AS (SELECT \(Selection.userKey) AS k, COUNT(*) AS n, MAX(r.last_seen) AS last
        FROM rows r WHERE \(selection.inRange) GROUP BY k)
      """,
      """
      risk AS (SELECT object AS k, SUM(score) FILTER (WHERE time >= :day) AS day,
        SUM(score) FILTER (WHERE time >= :week) AS week,
        SUM(score) FILTER (WHERE time >= :since) AS own
        FROM (\(RiskTables.select("e.time, e.object, e.score", where: ofUsers))) GROUP BY object)
      """,
    ]
  }

  private static let ofUsers = """
    e.object_type = (SELECT id FROM terms WHERE text = 'user')
      AND e.time <= :to AND e.time >= min(:week, :since)
    """

  static func sources(_ database: Database, _ query: Query) throws -> Page<SourceLine> {
    let page = try PageQuery(query)
    let tallied = try Tallied(database, query)
    let counted = """
      lines AS (SELECT r.source AS k, COUNT(DISTINCT r.user) AS users, COUNT(*) AS n,
        MAX(r.last_seen) AS last
        FROM rows r WHERE \(page.selection.inRange) AND r.source IS NOT NULL GROUP BY r.source)
      """
    let (rows, total) = try page.fetch(
      database, tallied: tallied, with: [tallied == nil ? counted : Tallied.sources],
      """
      SELECT t.text AS name, users, n, last, COUNT(*) OVER ()
      FROM lines JOIN terms t ON t.id = k
      \(page.order(
        [.name: "name", .source: "name", .readers: "users", .count: "n", .last: "last"],
        standard: "last DESC", tie: "name"))
      """)
    let lines = rows.map { row in
      SourceLine(
        source: StoredText.decode(row[0]), users: row[1], rows: row[2],
        lastSeen: Timestamp(seconds: row[3]))
    }
    return page.page(lines, total)
  }
}
