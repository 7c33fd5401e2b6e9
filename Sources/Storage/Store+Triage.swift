package import Events
package import Findings
internal import GRDB
internal import Synchronization

extension Store: TriageLedger {
  package func apply(_ moves: [TriageMove]) throws -> Int64? {
    try changing { try TriageWriter(database: $0).apply(moves) }
  }

  package func undo(batch: Int64, by: String, at: Timestamp) throws -> Int64? {
    try changing { try TriageWriter(database: $0).undo(batch: batch, by: by, at: at) }
  }

  package func lastBatch(by: String) throws -> Int64? {
    try guarded {
      try pool.read { database in
        try Int64.fetchOne(
          database,
          sql: """
            SELECT batch FROM triage_log WHERE by = ? AND cause = 'move' AND undone = 0
            ORDER BY number DESC LIMIT 1
            """, arguments: [StoredText.encode(by)])
      }
    }
  }

  package func suppress(_ suppression: Suppression) throws -> Int64 {
    // Lists would fail over a filter that SQLite cannot compare: it is tried before it is kept.
    let selection = try Selection(
      scope: [:], filter: suppression.filter,
      range: TimeRange(from: nil, to: suppression.at))
    return try changing { database in
      _ = try selection.rows(
        database, "SELECT 1 FROM rows r WHERE \(selection.inRange) LIMIT 1")
      return try Suppressions(database: database).add(suppression)
    }
  }

  /// All that were ever said and not lifted, the newest first.
  package func suppressions() throws -> [Suppression] {
    try guarded { try pool.read { try Suppressions(database: $0).all() } }
  }

  package func lift(suppression number: Int64) throws {
    try changing { try Suppressions(database: $0).remove(number) }
  }

  package func setting(_ name: String) throws -> String? {
    try guarded {
      try pool.read { database in
        try String.fetchOne(
          database, sql: "SELECT value FROM settings WHERE name = ?",
          arguments: [StoredText.encode(name)]
        ).map(StoredText.decode)
      }
    }
  }

  package func set(_ name: String, to value: String?) throws {
    try changing { database in
      guard let value else {
        try database.execute(
          sql: "DELETE FROM settings WHERE name = ?", arguments: [StoredText.encode(name)])
        return
      }
      try database.execute(
        sql: "INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)",
        arguments: [StoredText.encode(name), StoredText.encode(value)])
    }
  }

  /// One transaction of the writer; what it knows by heart may no longer hold afterwards.
  ///
  /// `forgetting` is for what deletes findings: their numbers mean nothing then.
  func changing<Result: Sendable>(
    forgetting: Bool = false, _ body: (Database) throws -> Result
  ) throws -> Result {
    if case .viewer(let pid) = access {
      throw StorageProblem.readOnly(path: place.path, writer: pid)
    }
    return try guarded {
      try terms.withLock { cache in
        cache.hasClosed = nil
        if forgetting { cache.findings = TextNumbers() }
        return try pool.write(body)
      }
    }
  }
}
