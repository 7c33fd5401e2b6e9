internal import Events
internal import Findings
internal import GRDB

/// Lines about what was scanned: repositories, and images in their repositories.
enum ScannedLines {
  static func repositories(_ database: Database, _ query: Query) throws -> Page<RepositoryLine> {
    let page = try PageQuery(query)
    let tallied = try Tallied(database, query)
    let (rows, total) = try page.fetch(
      database, tallied: tallied,
      with: tallied == nil
        ? groups(page.selection, keys: ["repository"], others: "image") : Tallied.repositories,
      """
      SELECT k0, name.text AS name, words, others, first, last, COUNT(*) OVER ()
      FROM lines JOIN terms name ON name.id = k0 LEFT JOIN sums USING (k0)
      \(page.order(
        sorts.merging([.name: "name", .repository: "name", .images: "others"]) { $1 },
        standard: standard, tie: "name"))
      """)
    let hours = try hours(database, query, rows.map { $0[0] })
    let names = try severityNames(database, rows, column: 2)
    let lines = rows.map { row in
      RepositoryLine(
        repository: StoredText.decode(row[1]),
        severities: SeverityCounts.named(row[2], names), images: row[3],
        hours: hours[row[0]] ?? noHours, firstSeen: Timestamp(seconds: row[4]),
        lastSeen: Timestamp(seconds: row[5]))
    }
    return page.page(lines, total)
  }

  /// An image that is in several repositories has a line for each.
  static func images(_ database: Database, _ query: Query) throws -> Page<ImageLine> {
    let page = try PageQuery(query)
    let tallied = try Tallied(database, query)
    let (rows, total) = try page.fetch(
      database, tallied: tallied,
      with: tallied == nil
        ? groups(page.selection, keys: ["image", "repository"], others: "user") : Tallied.images,
      """
      SELECT name.text AS name, ifnull(other.text, '') AS repository, words, others, first, last,
        COUNT(*) OVER ()
      FROM lines JOIN terms name ON name.id = lines.k0 LEFT JOIN terms other ON other.id = lines.k1
      LEFT JOIN sums ON sums.k0 = lines.k0 AND sums.k1 IS lines.k1
      \(page.order(
        sorts.merging([.name: "name", .repository: "repository", .readers: "others"]) { $1 },
        standard: standard,
        tie: "name, repository, lines.k1 IS NOT NULL"))
      """)
    let names = try severityNames(database, rows, column: 2)
    let origins = ImageOrigins(database, until: query.range.to)
    let lines = try rows.map { row in
      var line = ImageLine(
        image: StoredText.decode(row[0]), repository: StoredText.decode(row[1]),
        severities: SeverityCounts.named(row[2], names), readers: row[3],
        firstSeen: Timestamp(seconds: row[4]), lastSeen: Timestamp(seconds: row[5]))
      line.origin = try origins.origin(of: line.image, in: line.repository)
      return line
    }
    return page.page(lines, total)
  }

  private static let standard = "ifnull(critical, 0) DESC, ifnull(high, 0) DESC, last DESC"

  private static let sorts: [SortColumn: String] = [
    .critical: "ifnull(critical, 0)", .high: "ifnull(high, 0)", .first: "first", .last: "last",
  ]

  /// Tables `lines` and `sums` by those role columns, the first of them not null; a line counts
  /// the distinct `others`.
  ///
  /// Pairs are read off an index where there is one in their order; lines read so much of each row
  /// that the signs keep SQLite to the table itself.
  private static func groups(_ selection: Selection, keys: [String], others: String) -> [String] {
    let named = keys.enumerated().map { "r.\($1) AS k\($0)" }.joined(separator: ", ")
    let numbers = keys.indices.map { "k\($0)" }.joined(separator: ", ")
    let chosen = "\(selection.inRange) AND +r.\(keys[0]) IS NOT NULL"
    return [
      """
      pairs AS (SELECT DISTINCT \(named), r.severity AS word, r.image AS i, r.finding AS f
        FROM rows r WHERE \(chosen) AND \(SeverityCounts.condition))
      """,
      "words AS (SELECT \(numbers), word, COUNT(*) AS n FROM pairs GROUP BY \(numbers), word)",
      SeverityCounts.sums(by: numbers),
      """
      lines AS (SELECT \(named.replacing("r.", with: "+r.")),
        COUNT(DISTINCT r.\(others)) AS others, MIN(r.first_seen) AS first,
        MAX(r.last_seen) AS last FROM rows r WHERE \(chosen) GROUP BY \(numbers))
      """,
    ]
  }

  private static func severityNames(
    _ database: Database, _ rows: [Row], column: Int
  ) throws -> TermNames {
    try TermNames(
      database, rows.flatMap { SeverityCounts.numbers($0[column]).map(\.word) })
  }

  private static let noHours = [Int](repeating: 0, count: 24)

  /// Rows by window, 24 windows up to the one with the end of the range, by repository number.
  ///
  /// The range's beginning does not matter: the column always shows a day.
  private static func hours(
    _ database: Database, _ query: Query, _ repositories: [Int64]
  ) throws -> [Int64: [Int]] {
    let newest = Window(containing: query.range.to)
    let oldest = newest.start - 23 * Window.length
    var selection = try Selection(
      scope: query.scope, filter: query.filter,
      range: TimeRange(from: oldest, to: query.range.to))
    selection.bind("repositories", numbers: repositories)
    let rows = try selection.rows(
      database,
      """
      SELECT r.repository, r.window, COUNT(*) FROM rows r WHERE \(selection.inRange)
        AND r.repository IN (SELECT value FROM json_each(:repositories))
      GROUP BY r.repository, r.window
      """)
    var result: [Int64: [Int]] = [:]
    for row in rows {
      let hour = (row[1] as Int64 - oldest.seconds) / Window.length
      guard (0..<24).contains(hour) else { continue }
      result[row[0], default: noHours][Int(hour)] += row[2] as Int
    }
    return result
  }
}
