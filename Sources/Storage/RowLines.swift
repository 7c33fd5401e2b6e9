internal import Events
internal import Findings
internal import Foundation
internal import GRDB

/// Lists of result rows, and one row with everything that is kept of it.
enum RowLines {
  static func page(_ database: Database, _ query: Query) throws -> Page<RowLine> {
    var page = try PageQuery(query)
    let total = try page.selection.rows(
      database, "SELECT COUNT(*) FROM rows r WHERE \(page.selection.inRange)")
    page.bindLimits()
    // Not counted in the same statement, which can then stop at the end of the page.
    let numbers: [Int64] = try page.selection.rows(
      database,
      """
      SELECT r.pk FROM rows r WHERE \(page.selection.inRange)
      \(page.order(sorts, standard: "r.last_seen DESC", tie: "r.id")) LIMIT :limit OFFSET :offset
      """
    ).map { $0[0] }
    let rows = try RowFetch(database).rows(numbers)
    let risk = try risk(database, numbers)
    let lines = numbers.compactMap { number in
      rows[number].map { row in
        RowLine(
          id: row.id, rule: row.rule, roles: row.roles, count: row.count,
          firstSeen: row.firstSeen, lastSeen: row.lastSeen, risk: risk[number] ?? 0,
          marks: row.marks)
      }
    }
    return page.page(lines, total.first?[0] ?? 0)
  }

  private static let sorts: [SortColumn: String] = [
    .name: text("finding"), .package: text("package"), .repository: text("repository"),
    .images: text("image"), .user: text("user"), .source: text("source"),
    .severity: "r.severity_rank", .count: "r.count", .first: "r.first_seen",
    .last: "r.last_seen",
    .risk: RiskTables.scoreOfRow,
  ]

  private static func text(_ column: String) -> String {
    "(SELECT text FROM terms WHERE id = r.\(column))"
  }

  private static func risk(_ database: Database, _ rows: [Int64]) throws -> [Int64: Int] {
    let list = "[\(rows.map(String.init).joined(separator: ","))]"
    let sums = try Row.fetchAll(
      database,
      sql: """
        SELECT r.pk, \(RiskTables.scoreOfRow) FROM rows r
        WHERE r.pk IN (SELECT value FROM json_each(?))
        """, arguments: [list])
    return Dictionary(uniqueKeysWithValues: sums.map { ($0[0], $0[1]) })
  }

  /// A row with its risk events and records, the newest record first; nil where there is none.
  static func card(_ database: Database, _ id: RowID) throws -> RowCard? {
    let fetch = RowFetch(database)
    guard
      let number = try Int64.fetchOne(
        database, sql: "SELECT pk FROM rows WHERE id = ?",
        arguments: [StoredID.encode(id.digits)]),
      var row = try fetch.rows([number])[number]
    else { return nil }
    row.records =
      try Data.fetchOne(
        database, sql: "SELECT records FROM bodies WHERE row = ?", arguments: [number]
      ).map { try RecordNames.decode([UInt8]($0)) } ?? []
    let events = try fetch.riskEvents("e.row = ?1", [number])
    let records = try row.records.flatMap { try fetch.record($0) }
    let links = RecordLinks(database)
    return RowCard(
      row: row, riskEvents: events, records: records,
      links: try records.flatMap { try links.links(of: $0.contentHash) })
  }

  /// A record by itself; nil where it is not kept.
  static func record(_ database: Database, _ hash: [UInt8]) throws -> RecordCard? {
    try RowFetch(database).record(hash).first.map {
      RecordCard(record: $0, links: try RecordLinks(database).links(of: hash))
    }
  }
}
