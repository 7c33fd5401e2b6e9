internal import Events
internal import Findings
internal import GRDB

/// A user's rows apart by session and account, the latest first.
enum SessionLines {
  static func page(_ database: Database, _ query: Query) throws -> Page<SessionLine> {
    guard let user = query.scope[.user] else { return Page(offset: 0, total: 0, lines: []) }
    var page = try PageQuery(query)
    page.selection.bind("object", StoredText.encode(user))
    let (rows, total) = try page.fetch(
      database,
      with: [
        """
        lines AS (SELECT r.session AS k, r.account AS a, COUNT(*) AS n,
          COUNT(DISTINCT r.source) AS sources, MIN(r.first_seen) AS first,
          MAX(r.last_seen) AS last,
          SUM(iif(r.user = (SELECT id FROM terms WHERE text = :object), ifnull(r.score, 0), 0)
            + (SELECT ifnull(SUM(e.score), 0) FROM risk_events e WHERE e.row = r.pk
              AND e.object = (SELECT id FROM terms WHERE text = :object))) AS risk
          FROM rows r WHERE \(page.selection.inRange) GROUP BY r.session, r.account)
        """
      ],
      """
      SELECT t.text AS name, (SELECT text FROM terms WHERE id = a) AS account, n, risk, sources,
        first, last, COUNT(*) OVER ()
      FROM lines LEFT JOIN terms t ON t.id = k
      \(page.order(
        [
          .name: "name", .count: "n", .risk: "risk", .source: "sources", .first: "first",
          .last: "last",
        ],
        standard: "last DESC", tie: "name, account"))
      """)
    let lines = rows.map { row in
      SessionLine(
        user: user, session: (row[0] as String?).map(StoredText.decode),
        account: (row[1] as String?).map(StoredText.decode), rows: row[2], risk: row[3],
        sources: row[4], firstSeen: Timestamp(seconds: row[5]), lastSeen: Timestamp(seconds: row[6])
      )
    }
    return page.page(lines, total)
  }
}
