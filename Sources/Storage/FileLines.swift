internal import Events
internal import Findings
internal import Foundation
internal import GRDB

/// The list of files: those that are read, and those that only digests speak of.
struct FileLines {
  private let database: Database

  init(_ database: Database) { self.database = database }

  private static let lines = """
    WITH letters (path, count) AS MATERIALIZED (
      SELECT path, COUNT(*) FROM dead_letters GROUP BY path),
    lines AS (
      SELECT f.path, nullif(f.format, '') AS format, f.state,
        ifnull(f.reason, iif(i.state = 'verified', NULL, i.reason)) AS reason, f.offset, f.size,
        f.records, f.rate, f.read_at, i.state AS integrity, ifnull(l.count, 0) AS letters
      FROM files f LEFT JOIN integrity i ON i.path = f.path LEFT JOIN letters l ON l.path = f.path
      UNION ALL
      SELECT i.path, iif(i.kind = 'digest', 'digest', NULL), NULL,
        iif(i.state = 'verified', NULL, i.reason), 0, 0, 0, 0.0, NULL, i.state, 0
      FROM integrity i WHERE NOT EXISTS (SELECT 1 FROM files f WHERE f.path = i.path))
    """

  private static let columns =
    "path, format, state, reason, offset, size, records, rate, read_at, integrity, letters"

  /// Bytes that are there and not taken.
  private static let behind = "iif(state IS NULL OR state = 'gone', 0, max(0, size - offset))"

  /// What is wrong stands first, what is read now before what was read long ago.
  private static let attention = """
    CASE WHEN integrity IN ('MISMATCH', 'missing') THEN 0
      WHEN state IN ('unreadable', 'incomplete') OR (state = 'gone' AND offset < size) THEN 1
      WHEN letters > 0 THEN 2 WHEN state = 'gone' THEN 4 WHEN state IS NULL THEN 5 ELSE 3 END,
    read_at DESC
    """

  private static let sorts: [SortColumn: String] = [
    .name: "path", .state: "state", .format: "format", .offset: "offset", .size: "size",
    .count: "records", .rate: "rate", .behind: behind, .integrity: "integrity",
    .letters: "letters", .last: "read_at",
  ]

  func page(_ query: Query) throws -> Page<FileLine> {
    var filter = FileFilterSQL(
      columns: [
        .path: "path", .state: "state", .format: "format", .integrity: "integrity",
        .reason: "reason", .offset: "offset", .size: "size", .behind: FileLines.behind,
        .records: "records", .letters: "letters",
      ], texts: [.path, .state, .format, .integrity, .reason])
    let condition = try filter.condition(query.filter)
    return try PageOfLines(query, filter.arguments).fetch(
      database, FileLines.lines, FileLines.columns, from: "lines", where: condition,
      order: FileLines.sorts, standard: FileLines.attention, tie: "path", FileLines.line)
  }

  /// Nil where nothing is known of the path.
  func card(_ path: String) throws -> FileCard? {
    let stored = StoredText.encode(path)
    let row = try Row.fetchOne(
      database,
      sql: "\(FileLines.lines) SELECT \(FileLines.columns) FROM lines WHERE path = ?",
      arguments: [stored])
    guard let row else { return nil }
    let letters = try Row.fetchAll(
      database,
      sql: """
        SELECT \(LetterLines.columns) FROM dead_letters WHERE path = ? ORDER BY pk DESC LIMIT 100
        """, arguments: [stored])
    return FileCard(
      line: FileLines.line(row), file: try SourceReader.file(database, at: path),
      integrity: try IntegrityTable(database).file(at: path),
      letters: letters.map(LetterLines.line))
  }

  func summary() throws -> FilesSummary {
    var summary = FilesSummary()
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT state, COUNT(*), SUM(records), SUM(\(FileLines.behind)) FROM files GROUP BY state
        """)
    for row in rows {
      summary.states[StoredText.decode(row[0])] = row[1]
      summary.records += row[2] as Int64
      summary.behind += row[3] as Int64
    }
    summary.integrity = try IntegrityTable(database).counts()
    summary.deadLetters = try SourceReader.deadLetterCount(database)
    summary.lettersKept =
      try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM dead_letters") ?? 0
    summary.jobs = try JobTables(database).jobs()
    summary.notTaken = try JobTables(database).notTaken()
    return summary
  }

  private static func line(_ row: Row) -> FileLine {
    func text(_ index: Int) -> String? { (row[index] as String?).map(StoredText.decode) }
    var line = FileLine(path: StoredText.decode(row[0]))
    line.format = text(1)
    line.state = text(2)
    line.reason = text(3)
    line.offset = row[4]
    line.size = row[5]
    line.records = row[6]
    line.rate = row[7]
    line.readAt = (row[8] as Int64?).map { Timestamp(seconds: $0) }
    line.integrity = text(9)
    line.deadLetters = row[10]
    return line
  }
}

/// The list of dead letters that are kept, the newest first.
struct LetterLines {
  static let columns = "pk, path, offset, reason, head"

  private let database: Database

  init(_ database: Database) { self.database = database }

  func page(_ query: Query) throws -> Page<LetterLine> {
    var filter = FileFilterSQL(
      columns: [.path: "path", .reason: "reason", .offset: "offset"], texts: [.path, .reason])
    let condition = try filter.condition(query.filter)
    return try PageOfLines(query, filter.arguments).fetch(
      database, "", LetterLines.columns, from: "dead_letters", where: condition,
      order: [.name: "path", .offset: "offset", .state: "reason"], standard: "pk DESC", tie: "pk",
      LetterLines.line)
  }

  static func line(_ row: Row) -> LetterLine {
    LetterLine(
      number: row[0],
      letter: DeadLetter(
        path: StoredText.decode(row[1]), offset: row[2], reason: StoredText.decode(row[3]),
        head: [UInt8](row[4] as Data)))
  }
}

/// Some lines of a list that is not made of rows, and how many there are.
private struct PageOfLines {
  private let query: Query
  private let arguments: [String: DatabaseValue]

  init(_ query: Query, _ arguments: [String: DatabaseValue]) {
    self.query = query
    self.arguments = arguments
  }

  func fetch<Line>(
    _ database: Database, _ tables: String, _ columns: String, from table: String,
    where condition: String, order: [SortColumn: String], standard: String, tie: String,
    _ line: (Row) -> Line
  ) throws -> Page<Line> {
    let total = try Int.fetchOne(
      database, sql: "\(tables) SELECT COUNT(*) FROM \(table) WHERE \(condition)",
      arguments: StatementArguments(arguments))
    var bound = arguments
    bound["limit"] = max(0, query.limit).databaseValue
    bound["offset"] = max(0, query.offset).databaseValue
    let rows = try Row.fetchAll(
      database,
      sql: """
        \(tables) SELECT \(columns) FROM \(table) WHERE \(condition)
        ORDER BY \(sorted(by: order) ?? standard), \(tie) LIMIT :limit OFFSET :offset
        """, arguments: StatementArguments(bound))
    return Page(offset: max(0, query.offset), total: total ?? 0, lines: rows.map(line))
  }

  private func sorted(by columns: [SortColumn: String]) -> String? {
    guard let sort = query.sort, let column = columns[sort.column] else { return nil }
    return "\(column) \(sort.descending ? "DESC" : "ASC") NULLS LAST"
  }
}
