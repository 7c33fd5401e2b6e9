internal import Events
internal import Findings
internal import Foundation
internal import GRDB

/// Reads whole rows, risk events and records back as they were committed.
struct RowFetch {
  let database: Database

  init(_ database: Database) { self.database = database }

  private static let roles = PaneRole.allCases.map { "r.\($0.rawValue)" }.joined(separator: ", ")
  private static let rolesStart = 12

  /// The rows of those numbers, by number, without their references to records.
  func rows(_ numbers: some Sequence<Int64>) throws -> [Int64: ResultRow] {
    let list = numbers.map(String.init).joined(separator: ",")
    let find = try database.cachedStatement(
      sql: """
        SELECT r.pk, r.id, r.rule, r.rule_id, r.window, r.count, r.first_seen, r.last_seen,
          f.id, f.identity, r.shape, b.body, \(RowFetch.roles)
        FROM rows r JOIN findings f ON f.pk = r.finding_pk JOIN bodies b ON b.row = r.pk
        WHERE r.pk IN (SELECT value FROM json_each(?))
        """)
    let rows = try Row.fetchAll(find, arguments: ["[\(list)]"])
    let roleColumns = PaneRole.allCases.indices.map { $0 + RowFetch.rolesStart }
    var shapes = Shapes(database)
    let inBodies = try rows.flatMap { row in
      try RowBody.terms(in: row[11], names: shapes.names(row[10]))
    }
    let names = try TermNames(
      database,
      inBodies + rows.flatMap { row in ([2, 3] + roleColumns).compactMap { row[$0] as Int64? } })
    var result: [Int64: ResultRow] = [:]
    for row in rows {
      result[row[0]] = try resultRow(row, names, shape: shapes.names(row[10]))
    }
    return result
  }

  private func resultRow(_ row: Row, _ names: TermNames, shape: [Text]) throws -> ResultRow {
    var identity = try BlobReader(row[9])
    let body = try RowBody.decode(row[11], names: shape, names)
    var roles: [PaneRole: String] = [:]
    for (index, role) in PaneRole.allCases.enumerated() {
      roles[role] = names[row[index + RowFetch.rolesStart]]
    }
    return ResultRow(
      id: RowID(digits: StoredID.decode(row[1])), rule: names[row[2]] ?? "",
      ruleID: names[row[3]] ?? "", window: Window(start: Timestamp(seconds: row[4])),
      key: body.key, columns: body.columns, values: body.values, count: row[5],
      firstSeen: Timestamp(seconds: row[6]), lastSeen: Timestamp(seconds: row[7]),
      sample: body.sample, roles: roles, finding: FindingID(digits: StoredID.decode(row[8])),
      identity: try identity.texts(), marks: body.marks, records: [])
  }

  /// Risk events by a condition over `risk_events e`, whose arguments are numbered; the newest
  /// first.
  func riskEvents(_ condition: String, _ arguments: StatementArguments) throws -> [RiskEvent] {
    let columns = "e.rule, e.window, e.time, e.object, e.object_type, e.score, e.shape"
    let find = try database.cachedStatement(
      sql: """
        SELECT e.id, r.id, \(columns), e.body FROM risk_events e JOIN rows r ON r.pk = e.row
        WHERE \(condition)
        UNION ALL SELECT b.risk_id, r.id, \(columns), b.risk FROM \(RiskTables.inRows) e
        JOIN rows r ON r.pk = e.row JOIN bodies b ON b.row = e.row WHERE \(condition)
        ORDER BY 5 DESC, 1
        """)
    let rows = try Row.fetchAll(find, arguments: arguments)
    var shapes = Shapes(database)
    let inBodies = try rows.flatMap { row in
      try RiskBody.terms(in: row[9], shapes.frame(row[8]))
    }
    let names = try TermNames(
      database, inBodies + rows.flatMap { row in [2, 5, 6].map { row[$0] as Int64 } })
    return try rows.map { row in
      var event = RiskEvent(
        id: RiskEventID(digits: StoredID.decode(row[0])),
        row: RowID(digits: StoredID.decode(row[1])), rule: names[row[2]] ?? "",
        window: Window(start: Timestamp(seconds: row[3])), time: Timestamp(seconds: row[4]),
        object: names[row[5]] ?? "", objectType: names[row[6]] ?? "", score: row[7],
        message: "", fields: [:])
      try RiskBody.complete(&event, with: row[9], shapes.frame(row[8]), names)
      return event
    }
  }

  /// The record of a hash; none where it is not kept.
  func record(_ hash: [UInt8]) throws -> [StoredRecord] {
    try records(
      "SELECT hash, time, source, sourcetype, raw FROM records WHERE hash = ?", [Data(hash)])
  }

  /// Records that a statement answers as `hash, time, source, sourcetype, raw`.
  func records(_ select: String, _ arguments: StatementArguments) throws -> [StoredRecord] {
    let rows = try Row.fetchAll(
      database.cachedStatement(sql: select), arguments: arguments)
    let names = try TermNames(database, rows.flatMap { row in [2, 3].map { row[$0] as Int64 } })
    return try rows.map { row in
      StoredRecord(
        contentHash: [UInt8](row[0] as Data), time: Timestamp(seconds: row[1]),
        source: names[row[2]] ?? "", sourcetype: names[row[3]] ?? "",
        raw: try RecordText.unpack(row[4]))
    }
  }
}
