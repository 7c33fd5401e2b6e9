import Events
import Findings
import Foundation
import GRDB

@testable import Storage

/// A state as it was written before texts were folded and counts were kept.
enum OldState {
  static let schema = Schema(steps: Array(Schema.current.steps.prefix(4)))

  /// Writes rows with their risk and a group into a new state.
  static func write(
    _ rows: [ResultRow], _ events: [RiskEvent], group: (GroupID, [UInt8]), to path: String
  ) throws {
    let store = try Opening(
      place: StateDirectory(path: path), roots: nil, mode: .writer, schema: schema
    ).store()
    try store.pool.write { database in
      var numbers: [RowID: Int64] = [:]
      for row in rows { numbers[row.id] = try write(row, database) }
      for event in events { try write(event, numbers[event.row] ?? 0, database) }
      try database.execute(
        sql: "INSERT INTO groups VALUES (?, ?, ?, ?)",
        arguments: [
          term(group.0.plan, database), group.0.window.start.seconds, Data(group.0.key),
          Data(group.1),
        ])
    }
  }

  private static func term(_ text: String?, _ database: Database) throws -> Int64? {
    guard let text else { return nil }
    let stored = StoredText.encode(text)
    try database.execute(
      sql: "INSERT OR IGNORE INTO terms (text) VALUES (?)", arguments: [stored])
    return try Int64.fetchOne(
      database, sql: "SELECT id FROM terms WHERE text = ?", arguments: [stored])
  }

  private static func shape(_ names: [String], _ database: Database) throws -> Int64? {
    var blob = BlobWriter()
    blob.texts(names)
    try database.execute(
      sql: "INSERT OR IGNORE INTO shapes (names) VALUES (?)", arguments: [blob.data])
    return try Int64.fetchOne(
      database, sql: "SELECT id FROM shapes WHERE names = ?", arguments: [blob.data])
  }

  private static func write(_ row: ResultRow, _ database: Database) throws -> Int64 {
    var identity = BlobWriter()
    identity.texts(row.identity)
    let id = StoredID.encode(row.finding.digits)
    try database.execute(
      sql: "INSERT OR IGNORE INTO findings (id, identity, name, repository) VALUES (?, ?, ?, ?)",
      arguments: [
        id, identity.data, term(row.roles[.finding], database),
        term(row.roles[.repository], database),
      ])
    let finding = try Int64.fetchOne(
      database, sql: "SELECT pk FROM findings WHERE id = ?", arguments: [id])
    let sample = row.sample.keys.sorted()
    var values: [(any DatabaseValueConvertible)?] = [
      StoredID.encode(row.id.digits), try term(row.rule, database),
      try term(row.ruleID, database), row.window.start.seconds, row.count,
      row.firstSeen.seconds, row.lastSeen.seconds, finding,
      try shape(([Text("\(row.columns.count)")] + row.columns + sample).map(\.string), database),
      SeverityRank.of(row.roles[.severity]),
    ]
    for role in PaneRole.allCases { values.append(try term(row.roles[role], database)) }
    values.append(try term(RowBody.description(of: row)?.string, database))
    values.append(try term(row.sample["user_agent"]?.text?.string, database))
    let places = values.map { _ in "?" }.joined(separator: ", ")
    try database.execute(
      sql: "INSERT INTO rows VALUES (NULL, \(places))", arguments: StatementArguments(values))
    let number = database.lastInsertedRowID
    var body = BlobWriter()
    body.bytes(row.key)
    for value in row.values + sample.map({ row.sample[$0] ?? .null }) { body.value(value) }
    body.texts(row.marks)
    try database.execute(
      sql: "INSERT INTO bodies VALUES (?, ?)", arguments: [number, body.data])
    for (ordinal, hash) in row.records.enumerated() {
      try database.execute(
        sql: "INSERT INTO row_records VALUES (?, ?, ?)", arguments: [number, ordinal, Data(hash)])
    }
    return number
  }

  private static func write(_ event: RiskEvent, _ row: Int64, _ database: Database) throws {
    let names = event.fields.keys.sorted()
    var body = BlobWriter()
    body.text(event.message)
    for name in names { body.value(event.fields[name] ?? .null) }
    try database.execute(
      sql: "INSERT INTO risk_events VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        StoredID.encode(event.id.digits), row, term(event.rule, database),
        event.window.start.seconds, event.time.seconds, term(event.object, database),
        term(event.objectType, database), event.score,
        term(event.fields[RiskWriter.tactics]?.text?.string, database),
        shape(names.map(\.string), database), body.data,
      ])
  }
}
