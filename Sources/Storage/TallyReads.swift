internal import GRDB

/// What tallies have to look up in rows before and after they change.
final class TallyReads {
  private let findSpan: RawStatement
  private let findPair: RawStatement
  private let findRow: RawStatement
  private let findFacts: RawStatement
  private let countSpan: RawStatement
  private let countRepository: RawStatement
  private let countUser: RawStatement
  private let countSource: RawStatement
  private let countPlace: RawStatement

  init(_ database: Database) throws {
    findSpan = try RawStatement(
      database, "SELECT first_seen, last_seen, rank FROM findings WHERE pk = ?")
    findPair = try RawStatement(
      database,
      """
      SELECT last_seen, repository FROM rows
      WHERE image IS ? AND finding = ? AND severity = ? ORDER BY last_seen DESC
      """)
    findRow = try RawStatement(
      database,
      "SELECT 1 FROM rows WHERE finding_pk = ? AND last_seen >= ? AND last_seen < ? LIMIT 1")
    findFacts = try RawStatement(
      database, "SELECT \(RowFacts.columns) FROM rows WHERE pk = ?")
    countSpan = try RawStatement(
      database,
      """
      SELECT COUNT(*), MIN(first_seen), MAX(last_seen), MAX(severity_rank) FROM rows
      WHERE finding_pk = ?
      """)
    func count(_ condition: String) throws -> RawStatement {
      try RawStatement(
        database,
        "SELECT COUNT(*), MIN(first_seen), MAX(last_seen) FROM rows WHERE \(condition)")
    }
    let inHour = "last_seen >= ? AND last_seen < ?"
    countRepository = try count("repository = ? AND \(inHour)")
    countUser = try count("user IS ? AND \(inHour)")
    countSource = try count("+source = ? AND user IS ? AND \(inHour)")
    countPlace = try count(
      """
      (image, ifnull(+repository, 0)) = (SELECT image, repository FROM image_places WHERE pk = ?)
        AND \(inHour)
      """)
  }

  func facts(of row: Int64) throws -> RowFacts? {
    findFacts.bind(row, at: 1)
    return try findFacts.first { RowFacts($0) }
  }

  /// What is noted of a finding; nil where it has no rows.
  func span(of finding: Int64) throws -> Tallies.Span? {
    findSpan.bind(finding, at: 1)
    return try findSpan.first { row in
      row.optional(1).map { Tallies.Span(first: row.number(0), last: $0, rank: row.number(2)) }
    } ?? nil
  }

  /// The same by the rows themselves.
  func countedSpan(of finding: Int64) throws -> Tallies.Span? {
    countSpan.bind(finding, at: 1)
    return try countSpan.first { row in
      row.number(0) == 0
        ? nil : Tallies.Span(first: row.number(1), last: row.number(2), rank: row.number(3))
    } ?? nil
  }

  /// The last sighting of a pair anywhere, and in a repository; 0 is none.
  func last(
    _ pair: RowFacts.Pair, in repository: Int64?
  ) throws -> (anywhere: Int64?, inRepository: Int64?) {
    findPair.bind(pair.image, at: 1)
    findPair.bind(pair.name, at: 2)
    findPair.bind(pair.severity, at: 3)
    var found: (anywhere: Int64?, inRepository: Int64?) = (nil, nil)
    try findPair.each { row in
      let time = row.number(0)
      found.anywhere = found.anywhere ?? time
      if let repository, row.optional(1) ?? 0 == repository { found.inRepository = time }
      return repository != nil && found.inRepository == nil
    }
    return found
  }

  /// Whether a finding has a row in some hours.
  func hasRow(of finding: Int64, from start: Int64, hours: Int64) throws -> Bool {
    findRow.bind(finding, at: 1)
    findRow.bind(start * TallyKind.hour, at: 2)
    findRow.bind((start + hours) * TallyKind.hour, at: 3)
    return try findRow.first { _ in true } ?? false
  }

  /// A line of the table counted anew, of a kind that has a first or a last sighting.
  func counted(_ key: Tallies.Key) throws -> (n: Int64, first: Int64, last: Int64) {
    let statement: RawStatement
    var hourAt: CInt = 2
    switch key.kind {
    case .userRows:
      statement = countUser
      statement.bind(key.key == 0 ? nil : key.key, at: 1)
    case .sourceRows:
      statement = countSource
      statement.bind(key.key, at: 1)
      statement.bind(key.other == 0 ? nil : key.other, at: 2)
      hourAt = 3
    case .placeRows:
      statement = countPlace
      statement.bind(key.key, at: 1)
    default:
      statement = countRepository
      statement.bind(key.key, at: 1)
    }
    statement.bind(key.hour * TallyKind.hour, at: hourAt)
    statement.bind((key.hour + 1) * TallyKind.hour, at: hourAt + 1)
    return try statement.first { row in
      (row.number(0), row.number(1), row.number(2))
    } ?? (0, 0, 0)
  }
}
