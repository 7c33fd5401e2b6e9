internal import Events
internal import Findings
internal import Foundation
internal import GRDB

/// Writes result rows, new or changed, with their references to records.
struct RowWriter {
  private let terms: Terms
  private let database: Database
  private let find: Statement
  private let insert: Statement
  private let update: Statement
  private let putBody: Statement
  private let forget: Statement
  private let refer: Statement
  private let reopening: Reopening?
  private let changedAt: Timestamp

  /// After `id`, in the order of `values(of:)`.
  private static let columns =
    [
      "rule", "rule_id", "window", "count", "first_seen", "last_seen", "finding_pk", "shape",
      "severity_rank",
    ] + PaneRole.allCases.map(\.rawValue) + ["description", "agent"]

  init(
    _ database: Database, _ terms: Terms, changedAt: Timestamp, _ cache: inout TermCache
  ) throws {
    self.changedAt = changedAt
    reopening = try Reopening.ifNeeded(database, &cache)
    self.database = database
    self.terms = terms
    let names = RowWriter.columns
    find = try database.cachedStatement(sql: "SELECT pk FROM rows WHERE id = ?")
    insert = try database.cachedStatement(
      sql: """
        INSERT INTO rows (\(names.joined(separator: ", ")), id)
        VALUES (\(names.map { _ in "?, " }.joined())?)
        """)
    update = try database.cachedStatement(
      sql: "UPDATE rows SET \(names.map { "\($0) = ?" }.joined(separator: ", ")) WHERE pk = ?")
    putBody = try database.cachedStatement(
      sql: "INSERT OR REPLACE INTO bodies (row, body) VALUES (?, ?)")
    forget = try database.cachedStatement(sql: "DELETE FROM row_records WHERE row = ?")
    refer = try database.cachedStatement(
      sql: "INSERT INTO row_records (row, ordinal, hash) VALUES (?, ?, ?)")
  }

  /// Writes a row and answers its number.
  func write(_ row: ResultRow, _ cache: inout TermCache) throws -> Int64 {
    let id = StoredID.encode(row.id.digits)
    var values = try values(of: row, &cache)
    let number: Int64
    if let known = try Int64.fetchOne(find, arguments: [id]) {
      number = known
      values.append(known)
      try update.execute(arguments: StatementArguments(values))
      try forget.execute(arguments: [known])
    } else {
      values.append(id)
      try insert.execute(arguments: StatementArguments(values))
      number = database.lastInsertedRowID
    }
    try putBody.execute(arguments: [number, RowBody.encode(row)])
    if let reopening, let image = row.roles[.image] {
      try reopening.look(
        at: terms.finding(row, &cache), in: terms.number(Text(image), &cache), at: changedAt)
    }
    for (ordinal, hash) in row.records.enumerated() {
      try refer.execute(arguments: [number, ordinal, Data(hash)])
    }
    return number
  }

  private func values(
    of row: ResultRow, _ cache: inout TermCache
  ) throws
    -> [(any DatabaseValueConvertible)?]
  {
    var values: [(any DatabaseValueConvertible)?] = [
      try terms.number(Text(row.rule), &cache),
      try terms.number(Text(row.ruleID), &cache),
      row.window.start.seconds, row.count,
      row.firstSeen.seconds, row.lastSeen.seconds,
      try terms.finding(row, &cache),
      try terms.shape(RowBody.shape(of: row), &cache),
      SeverityRank.of(row.roles[.severity]),
    ]
    values.reserveCapacity(RowWriter.columns.count + 1)
    for role in PaneRole.allCases {
      values.append(try terms.number(row.roles[role], &cache))
    }
    for text in [RowBody.description(of: row), RowBody.agent(of: row)] {
      values.append(try text.map { try terms.number($0, &cache) })
    }
    return values
  }
}
