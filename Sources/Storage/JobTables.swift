internal import Events
internal import Findings
internal import GRDB

/// What jobs elsewhere told: how far they are with each row, and their batches.
struct JobTables {
  private let database: Database

  init(_ database: Database) { self.database = database }

  func write(_ versions: [RowVersion]) throws {
    guard !versions.isEmpty else { return }
    let put = try database.cachedStatement(
      sql: "INSERT OR REPLACE INTO row_versions (row, window, version, stands) VALUES (?, ?, ?, ?)")
    for version in versions {
      try put.execute(arguments: [
        StoredID.encode(version.row.digits), version.window.start.seconds, version.version,
        version.stands,
      ])
    }
  }

  func versions(of rows: [RowID]) throws -> [RowID: RowVersion] {
    // Most states follow no job.
    guard !rows.isEmpty, try any("row_versions") else { return [:] }
    let find = try database.cachedStatement(
      sql: "SELECT window, version, stands FROM row_versions WHERE row = ?")
    var versions: [RowID: RowVersion] = [:]
    for row in rows {
      guard let found = try Row.fetchOne(find, arguments: [StoredID.encode(row.digits)]) else {
        continue
      }
      versions[row] = RowVersion(
        row: row, window: Window(start: Timestamp(seconds: found[0])), version: found[1],
        stands: found[2])
    }
    return versions
  }

  func write(_ batches: [JobBatch]) throws {
    guard !batches.isEmpty else { return }
    let put = try database.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO job_batches
          (directory, number, at, files, records, dead, late, newest)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for batch in batches {
      let values: [(any DatabaseValueConvertible)?] = [
        StoredText.encode(batch.directory), batch.number, batch.at.seconds, batch.files,
        batch.records, batch.dead, batch.late, batch.newest?.seconds,
      ]
      try put.execute(arguments: StatementArguments(values))
    }
  }

  /// Adds rows that were not taken, and forgets those of rules that have taken all theirs since.
  func write(_ notTaken: [RowsNotTaken], takenSince: [String]) throws {
    for rule in takenSince {
      try database.cachedStatement(sql: "DELETE FROM rows_not_taken WHERE rule_id = ?")
        .execute(arguments: [StoredText.encode(rule)])
    }
    let add = try database.cachedStatement(
      sql: """
        INSERT INTO rows_not_taken (rule_id, rule, rows) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET rule = excluded.rule, rows = rows + excluded.rows
        """)
    for rows in notTaken {
      try add.execute(arguments: [
        StoredText.encode(rows.ruleID), StoredText.encode(rows.rule), rows.rows,
      ])
    }
  }

  /// The jobs whose output was read, by directory.
  func jobs() throws -> [JobLine] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT directory, COUNT(*), MAX(at), SUM(files), SUM(records), SUM(dead), SUM(late),
          MAX(newest) FROM job_batches GROUP BY directory ORDER BY directory
        """)
    return rows.map { row in
      var line = JobLine(directory: StoredText.decode(row[0]))
      line.batches = row[1]
      line.at = Timestamp(seconds: row[2])
      line.files = row[3]
      line.records = row[4]
      line.dead = row[5]
      line.late = row[6]
      line.newest = (row[7] as Int64?).map { Timestamp(seconds: $0) }
      return line
    }
  }

  /// Rows that nothing became of, the most first.
  func notTaken() throws -> [RowsNotTaken] {
    try Row.fetchAll(
      database, sql: "SELECT rule_id, rule, rows FROM rows_not_taken ORDER BY rows DESC, rule_id"
    ).map {
      RowsNotTaken(
        ruleID: StoredText.decode($0[0]), rule: StoredText.decode($0[1]), rows: $0[2])
    }
  }

  private func any(_ table: String) throws -> Bool {
    try Bool.fetchOne(
      database.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM \(table))")) ?? false
  }
}
