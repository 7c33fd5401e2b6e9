internal import Events
internal import Findings
internal import Foundation
internal import GRDB

/// One commit inside its transaction: withdrawals first, then rows, then what refers to them.
struct Commit {
  private let database: Database
  private let terms: Terms

  init(_ database: Database) throws {
    self.database = database
    terms = try Terms(database)
  }

  func apply(_ changes: Changes, _ cache: inout TermCache) throws {
    var rows: [RowID: Int64] = [:]
    var windows: Set<Window> = []
    for id in changes.withdrawn { try withdraw(id, &windows) }
    if !changes.records.isEmpty { try store(changes.records, &cache) }
    if !changes.rows.isEmpty {
      let writer = try RowWriter(database, terms, changedAt: changes.changedAt, &cache)
      for row in changes.rows {
        rows[row.id] = try writer.write(row, &cache)
        windows.insert(row.window)
      }
    }
    try dropRisk(ofChanged: rows, now: changes.riskEvents)
    if !changes.riskEvents.isEmpty {
      let writer = try RiskWriter(database, terms)
      for event in changes.riskEvents { try writer.write(event, rows[event.row], &cache) }
    }
    try store(changes.groups, &windows, &cache)
    try forget(changes.forgotten)
    try store(changes.seen, &windows, &cache)
    try LookupWriter(database: database).write(changes.lookups)
    let jobs = JobTables(database)
    try jobs.write(changes.rowVersions)
    windows.formUnion(changes.rowVersions.map(\.window))
    try jobs.write(changes.jobBatches)
    try jobs.write(changes.notTaken, takenSince: changes.takenSince)
    try stamp(windows, changes.changedAt)
    try store(changes.scans, changes.pushes, at: changes.changedAt, &cache)
    let sources = SourceWriter(database: database)
    try sources.write(changes.files, at: changes.changedAt)
    try sources.write(changes.deadLetters)
    try IntegrityTriage(database).follow(changes.integrity, at: changes.changedAt, &cache)
    try IntegrityTable(database).write(changes.integrity, forgotten: changes.integrityForgotten)
  }

  /// Deletes what changed rows have raised and raise no more, as on a user who is no more theirs.
  private func dropRisk(ofChanged rows: [RowID: Int64], now events: [RiskEvent]) throws {
    guard !rows.isEmpty else { return }
    let raised = Set(events.map { StoredID.encode($0.id.digits) })
    let find = try database.cachedStatement(sql: "SELECT pk, id FROM risk_events WHERE row = ?")
    let drop = try database.cachedStatement(sql: "DELETE FROM risk_events WHERE pk = ?")
    for number in rows.values {
      for event in try Row.fetchAll(find, arguments: [number]) {
        let id: DatabaseValue = event[1]
        let pk: Int64 = event[0]
        if !raised.contains(id) { try drop.execute(arguments: [pk]) }
      }
    }
  }

  private func withdraw(_ id: RowID, _ windows: inout Set<Window>) throws {
    let find = try database.cachedStatement(sql: "SELECT pk, window FROM rows WHERE id = ?")
    guard let row = try Row.fetchOne(find, arguments: [StoredID.encode(id.digits)]) else { return }
    let number: Int64 = row[0]
    windows.insert(Window(start: Timestamp(seconds: row[1])))
    try Commit.delete(row: number, database)
  }

  /// Deletes a row with everything that is its alone.
  static func delete(row number: Int64, _ database: Database) throws {
    for sql in [
      "DELETE FROM risk_events WHERE row = ?", "DELETE FROM row_records WHERE row = ?",
      "DELETE FROM bodies WHERE row = ?", "DELETE FROM rows WHERE pk = ?",
    ] {
      try database.cachedStatement(sql: sql).execute(arguments: [number])
    }
  }

  private func store(_ records: [StoredRecord], _ cache: inout TermCache) throws {
    let add = try database.cachedStatement(
      sql: """
        INSERT INTO records (hash, time, source, sourcetype, raw, event) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """)
    let links = RecordLinks(database)
    for record in records {
      let values: [(any DatabaseValueConvertible)?] = [
        Data(record.contentHash), record.time.seconds,
        try terms.number(Text(record.source), &cache),
        try terms.number(Text(record.sourcetype), &cache),
        RecordText.pack(record.raw), record.eventID.map(StoredText.encode),
      ]
      try add.execute(arguments: StatementArguments(values))
      try links.write(record)
    }
  }

  private func store(
    _ groups: [GroupID: [UInt8]], _ windows: inout Set<Window>, _ cache: inout TermCache
  ) throws {
    let put = try database.cachedStatement(
      sql: """
        INSERT INTO groups (plan, window, key, state) VALUES (?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET state = excluded.state
        """)
    for (id, state) in groups {
      let values: [(any DatabaseValueConvertible)?] = [
        try terms.number(Text(id.plan), &cache),
        id.window.start.seconds, Data(id.key),
        Data(state),
      ]
      try put.execute(arguments: StatementArguments(values))
      windows.insert(id.window)
    }
  }

  private func store(
    _ scans: [ScanPage], _ pushes: [ImagePush], at time: Timestamp, _ cache: inout TermCache
  ) throws {
    guard !scans.isEmpty || !pushes.isEmpty else { return }
    let writer = try ScanWriter(database, terms, changedAt: time)
    for page in scans { try writer.write(page, &cache) }
    for push in pushes { try writer.write(push, &cache) }
  }

  private func forget(_ groups: [GroupID]) throws {
    guard !groups.isEmpty else { return }
    let delete = try database.cachedStatement(
      sql: """
        DELETE FROM groups
        WHERE plan = (SELECT id FROM terms WHERE text = ?) AND window = ? AND key = ?
        """)
    for id in groups {
      try delete.execute(
        arguments: [StoredText.encode(id.plan), id.window.start.seconds, Data(id.key)])
    }
  }

  private func store(
    _ seen: [SeenRecord], _ windows: inout Set<Window>, _ cache: inout TermCache
  ) throws {
    let put = try database.cachedStatement(
      sql: """
        INSERT INTO seen (plan, window, event, hash) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING
        """)
    for record in seen {
      let values: [(any DatabaseValueConvertible)?] = [
        try terms.number(Text(record.plan), &cache),
        record.window.start.seconds,
        StoredText.encode(record.eventID), Data(record.contentHash),
      ]
      try put.execute(arguments: StatementArguments(values))
      windows.insert(record.window)
    }
  }

  /// Retention counts from when a window last changed by the wall clock.
  private func stamp(_ windows: Set<Window>, _ changed: Timestamp) throws {
    let put = try database.cachedStatement(
      sql: """
        INSERT INTO windows (start, changed) VALUES (?, ?)
        ON CONFLICT DO UPDATE SET changed = max(changed, excluded.changed)
        """)
    for window in windows {
      try put.execute(arguments: [window.start.seconds, changed.seconds])
    }
  }
}
