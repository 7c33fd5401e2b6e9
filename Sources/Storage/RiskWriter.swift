internal import Events
internal import Findings
internal import GRDB

/// Writes risk events, each once by its id; a second time replaces the first.
///
/// An event's id tells its row: no two rows have one of the same id.
struct RiskWriter {
  private let terms: Terms
  private let findRow: RawStatement
  private let findEvents: RawStatement
  private let drop: RawStatement
  private let put: RawStatement
  private let findInRow: RawStatement
  private let dropFromRow: RawStatement
  private let dropFromBody: RawStatement
  private let userType: Int64?

  static let tactics: Text = "annotations.mitre_attack.mitre_tactic"

  init(_ database: Database, _ terms: Terms, _ cache: inout TermCache) throws {
    self.terms = terms
    userType = try terms.number("user", &cache)
    findRow = try RawStatement(database, "SELECT pk FROM rows WHERE id = ?")
    findEvents = try RawStatement(
      database,
      """
      SELECT pk, score, object, object_type, rule, time, id FROM risk_events WHERE row = ?
      """)
    drop = try RawStatement(database, "DELETE FROM risk_events WHERE pk = ?")
    findInRow = try RawStatement(
      database,
      "SELECT b.risk_id FROM bodies b JOIN rows r ON r.pk = b.row WHERE b.row = ? AND r.score IS NOT NULL"
    )
    dropFromRow = try RawStatement(
      database, "UPDATE rows SET score = NULL, risk_shape = NULL WHERE pk = ?")
    dropFromBody = try RawStatement(
      database, "UPDATE bodies SET risk_id = NULL, risk = NULL WHERE row = ?")
    put = try RawStatement(
      database,
      """
      INSERT INTO risk_events (id, row, rule, window, time, object, object_type, score,
        tactics, shape, body)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
  }

  /// Writes an event; `row` is the number of its row where that was just written, and its former
  /// events deleted.
  func write(
    _ event: RiskEvent, _ row: Int64?, _ tallies: inout Tallies, _ cache: inout TermCache
  ) throws {
    let row = try row ?? knownRow(of: event, &tallies)
    let object = try terms.number(Text(event.object), &cache)
    let type = try terms.number(Text(event.objectType), &cache)
    let rule = try terms.number(Text(event.rule), &cache)
    let (body, frame) = try terms.body(of: event, &cache)
    put.bind(id: event.id.digits, at: 1)
    let tactics = try event.fields[RiskWriter.tactics]?.text.map { try terms.number($0, &cache) }
    let numbers: [Int64?] = [
      row, rule, event.window.start.seconds, event.time.seconds, object, type,
      Int64(event.score), tactics, frame,
    ]
    for (place, number) in numbers.enumerated() { put.bind(number, at: CInt(place + 2)) }
    put.bind(body, at: 11)
    try put.run()
    tallies.count(
      Int64(event.score), of: object, isUser: type == userType, rule: rule,
      at: event.time.seconds, sign: 1)
  }

  /// The row of an event that comes without it; what was there of the event is deleted.
  private func knownRow(of event: RiskEvent, _ tallies: inout Tallies) throws -> Int64 {
    findRow.bind(id: event.row.digits, at: 1)
    guard let row = try findRow.first({ $0.number(0) }) else {
      throw StorageProblem.riskEventWithoutRow(id: event.id.digits)
    }
    let id = StoredID.bytes(event.id.digits) ?? Array(StoredText.encode(event.id.digits).utf8)
    try delete(of: row, &tallies) { $0 == id }
    try deleteInRow(row, id, &tallies)
    return row
  }

  /// Deletes the risk that is in a row, where it is of that id.
  private func deleteInRow(_ row: Int64, _ id: [UInt8], _ tallies: inout Tallies) throws {
    findInRow.bind(row, at: 1)
    guard try findInRow.first({ $0.bytes(0) }) == id, let old = try tallies.read.facts(of: row)
    else { return }
    var new = old
    new.score = nil
    let touched = try tallies.touch(old, isNewFinding: false)
    tallies.replace(old, touched, with: new, touched)
    for statement in [dropFromRow, dropFromBody] {
      statement.bind(row, at: 1)
      try statement.run()
    }
  }

  /// Deletes events of a row: all, or those with ids that `body` chooses.
  func delete(
    of row: Int64, _ tallies: inout Tallies, where isChosen: ([UInt8]) -> Bool = { _ in true }
  ) throws {
    var found: [Int64] = []
    findEvents.bind(row, at: 1)
    try findEvents.each { event in
      guard isChosen(event.bytes(6)) else { return true }
      found.append(event.number(0))
      tallies.count(
        event.number(1), of: event.number(2), isUser: event.number(3) == userType,
        rule: event.number(4), at: event.number(5), sign: -1)
      return true
    }
    for event in found {
      drop.bind(event, at: 1)
      try drop.run()
    }
  }
}
