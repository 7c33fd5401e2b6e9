internal import Events
internal import Findings
internal import GRDB

/// Writes risk events, each once by its id; a second time replaces the first.
struct RiskWriter {
  private let terms: Terms
  private let findRow: Statement
  private let put: Statement

  static let tactics: Text = "annotations.mitre_attack.mitre_tactic"

  init(_ database: Database, _ terms: Terms) throws {
    self.terms = terms
    findRow = try database.cachedStatement(sql: "SELECT pk FROM rows WHERE id = ?")
    put = try database.cachedStatement(
      sql: """
        INSERT INTO risk_events (id, row, rule, window, time, object, object_type, score,
          tactics, shape, body)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET row = excluded.row, rule = excluded.rule,
          window = excluded.window, time = excluded.time, object = excluded.object,
          object_type = excluded.object_type, score = excluded.score,
          tactics = excluded.tactics, shape = excluded.shape, body = excluded.body
        """)
  }

  /// Writes an event; `row` is the number of its row where that was just written.
  func write(_ event: RiskEvent, _ row: Int64?, _ cache: inout TermCache) throws {
    let known = try row ?? Int64.fetchOne(findRow, arguments: [StoredID.encode(event.row.digits)])
    guard let row = known else {
      throw StorageProblem.riskEventWithoutRow(id: event.id.digits)
    }
    let tactics = event.fields[RiskWriter.tactics]?.text
    let values: [(any DatabaseValueConvertible)?] = [
      StoredID.encode(event.id.digits), row,
      try terms.number(Text(event.rule), &cache),
      event.window.start.seconds, event.time.seconds,
      try terms.number(Text(event.object), &cache),
      try terms.number(Text(event.objectType), &cache),
      event.score,
      try tactics.map { try terms.number($0, &cache) },
      try terms.shape(RiskBody.names(of: event), &cache),
      RiskBody.encode(event),
    ]
    try put.execute(arguments: StatementArguments(values))
  }
}
