internal import Events
internal import Findings
internal import GRDB

/// Changes the triage of findings inside a transaction, with a line of history for each change.
struct TriageWriter {
  /// Who reopens a finding that is seen in a new image.
  static let ourselves = "watchfloor"

  let database: Database

  func apply(_ moves: [TriageMove]) throws -> Int64? {
    var batch: Int64?
    for move in moves {
      for id in move.findings {
        let finding = try number(of: id)
        let former = try current(finding)
        var next = move.change.applied(to: former)
        guard next != former else { continue }
        next.by = move.by
        next.at = move.at
        batch = try put(next, over: former, of: finding, .move, batch: batch)
      }
    }
    return batch
  }

  /// Takes back what a batch changed, the newest entry first; other fields stay as they are.
  func undo(batch undone: Int64, by: String, at: Timestamp) throws -> Int64? {
    let entries = try Row.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT number, finding, before, after FROM triage_log
          WHERE batch = ? ORDER BY number DESC
          """), arguments: [undone])
    var batch: Int64?
    for entry in entries {
      let before = try StoredTriage.triage(BlobReader(entry[2]))
      let after = try StoredTriage.triage(BlobReader(entry[3]))
      let former = try current(entry[1])
      var next = TriageWriter.restored(former, from: after, to: before)
      guard next != former else { continue }
      next.by = by
      next.at = at
      batch = try put(next, over: former, of: entry[1], .undo(of: entry[0]), batch: batch)
    }
    return batch
  }

  private static func restored(
    _ current: Triage, from after: Triage, to before: Triage
  ) -> Triage {
    var triage = current
    if before.status != after.status { triage.status = before.status }
    if before.owner != after.owner { triage.owner = before.owner }
    if before.urgency != after.urgency { triage.urgency = before.urgency }
    if before.disposition != after.disposition { triage.disposition = before.disposition }
    if before.comment != after.comment { triage.comment = before.comment }
    return triage
  }

  func number(of id: FindingID) throws -> Int64 {
    let find = try database.cachedStatement(sql: "SELECT pk FROM findings WHERE id = ?")
    guard let number = try Int64.fetchOne(find, arguments: [StoredID.encode(id.digits)]) else {
      throw StorageProblem.noFinding(id: id.digits)
    }
    return number
  }

  func current(_ finding: Int64) throws -> Triage {
    let find = try database.cachedStatement(
      sql: "SELECT \(StoredTriage.columns) FROM triage WHERE finding = ?")
    guard let row = try Row.fetchOne(find, arguments: [finding]) else { return .untouched }
    return try StoredTriage.triage(row, from: 0)
  }

  /// Sets a finding's triage and writes its history; answers the batch.
  func put(
    _ triage: Triage, over former: Triage, of finding: Int64, _ cause: TriageEntry.Cause,
    batch: Int64?
  ) throws -> Int64 {
    try set(triage, of: finding)
    return try log(former, triage, of: finding, cause, batch: batch).batch
  }

  func set(_ triage: Triage, of finding: Int64) throws {
    let put = try database.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO triage (finding, \(StoredTriage.columns))
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try put.execute(arguments: StatementArguments([finding] + StoredTriage.values(triage)))
    if !triage.status.isOpen { try rememberImages(finding) }
  }

  func log(
    _ before: Triage, _ after: Triage, of finding: Int64, _ cause: TriageEntry.Cause,
    batch: Int64?
  ) throws -> (number: Int64, batch: Int64) {
    let add = try database.cachedStatement(
      sql: """
        INSERT INTO triage_log (batch, finding, cause, detail, by, undone, before, after)
        VALUES (ifnull(?, (SELECT ifnull(MAX(number), 0) + 1 FROM triage_log)),
          ?, ?, ?, ?, 0, ?, ?)
        """)
    let (word, detail) = cause.stored
    try add.execute(arguments: [
      batch, finding, word, detail, after.by.map(StoredText.encode),
      StoredTriage.blob(before).data, StoredTriage.blob(after).data,
    ])
    let number = database.lastInsertedRowID
    if case .undo(let undone) = cause { try mark(undone) }
    return (number, batch ?? number)
  }

  /// The entry is undone; where it undid another itself, that one holds again.
  private func mark(_ number: Int64) throws {
    try database.execute(
      sql: """
        UPDATE triage_log SET undone = (number = :n) WHERE number = :n
          OR number = (SELECT detail FROM triage_log WHERE number = :n AND cause = 'undo')
        """, arguments: ["n": number])
  }

  /// What closes with the finding: an image that comes later opens it again.
  private func rememberImages(_ finding: Int64) throws {
    let add = try database.cachedStatement(
      sql: """
        INSERT OR IGNORE INTO triage_images (finding, image)
        SELECT finding_pk, image FROM rows WHERE finding_pk = ? AND image IS NOT NULL
        """)
    try add.execute(arguments: [finding])
  }
}
