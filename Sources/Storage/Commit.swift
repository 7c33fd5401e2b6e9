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
    var tallies = try Tallies(database)
    let deletion = try RowDeletion(database, terms, &cache)
    var windows: Set<Window> = []
    for id in changes.withdrawn { try deletion.withdraw(id, &tallies, &windows) }
    if !changes.records.isEmpty { try store(changes.records, &cache) }
    try store(changes.rows, changes.riskEvents, changes, &tallies, &windows, &cache)
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
    try tallies.settle(database)
  }

  /// Writes rows, and the risk that they raise now in place of what they raised before.
  private func store(
    _ rows: [ResultRow], _ events: [RiskEvent], _ changes: Changes, _ tallies: inout Tallies,
    _ windows: inout Set<Window>, _ cache: inout TermCache
  ) throws {
    guard !rows.isEmpty || !events.isEmpty else { return }
    let rowsOfEvents = Commit.places(of: events, in: rows)
    var firstEvents = [Int?](repeating: nil, count: rows.count)
    for (event, row) in rowsOfEvents.enumerated() {
      if let row, firstEvents[row] == nil { firstEvents[row] = event }
    }
    var numbers = [Int64](repeating: 0, count: rows.count)
    var isWritten = [Bool](repeating: false, count: events.count)
    let writer = try RowWriter(database, terms, changedAt: changes.changedAt, &cache)
    let risk = try RiskWriter(database, terms, &cache)
    for (place, row) in rows.enumerated() {
      let event = firstEvents[place]
      let written = try writer.write(row, event.map { events[$0] }, &tallies, &cache)
      if !written.isNew { try risk.delete(of: written.number, &tallies) }
      if let event, written.hasRisk { isWritten[event] = true }
      numbers[place] = written.number
      windows.insert(row.window)
    }
    for (place, event) in events.enumerated() where !isWritten[place] {
      try risk.write(event, rowsOfEvents[place].map { numbers[$0] }, &tallies, &cache)
    }
  }

  /// Of each event the place of its row; nil where the row is not there.
  private static func places(of events: [RiskEvent], in rows: [ResultRow]) -> [Int?] {
    var places = TextNumbers()
    // Of a row that is there twice the last is what stays, and the first that was added is found.
    for (place, row) in rows.enumerated().reversed() {
      Text(row.id.digits).withBytes { places.add($0, hash: places.hash($0), number: Int64(place)) }
    }
    return events.map { event in
      Text(event.row.digits).withBytes { places.number(of: $0, hash: places.hash($0)) }
        .map { Int($0) }
    }
  }

  private func store(_ records: [StoredRecord], _ cache: inout TermCache) throws {
    let add = try RawStatement(
      database,
      """
      INSERT INTO records (hash, time, source, sourcetype, raw, event) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """)
    let links = RecordLinks(database)
    for record in records {
      add.bind(record.contentHash, at: 1)
      add.bind(record.time.seconds, at: 2)
      add.bind(try terms.number(Text(record.source), &cache), at: 3)
      add.bind(try terms.number(Text(record.sourcetype), &cache), at: 4)
      add.bind([UInt8](RecordText.pack(record.raw)), at: 5)
      add.bind(record.eventID.map(StoredText.encode), at: 6)
      try add.run()
      try links.write(record)
    }
  }

  private func store(
    _ groups: [GroupID: [UInt8]], _ windows: inout Set<Window>, _ cache: inout TermCache
  ) throws {
    let put = try RawStatement(
      database,
      """
      INSERT INTO groups (plan, window, key, state) VALUES (?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET state = excluded.state
      """)
    // In the table's order, in which writing is cheapest: told by the first bytes of most keys.
    var inOrder = groups.map { id, state in
      (start: id.window.start.seconds, first: Commit.firstBytes(of: id.key), id: id, state: state)
    }
    inOrder.sort { left, right in
      if left.start != right.start { return left.start < right.start }
      if left.first != right.first { return left.first < right.first }
      return left.id.key.lexicographicallyPrecedes(right.id.key)
    }
    for (_, _, id, state) in inOrder {
      put.bind(try terms.number(Text(id.plan), &cache), at: 1)
      put.bind(id.window.start.seconds, at: 2)
      put.bind(id.key, at: 3)
      put.bind(try FoldedTexts.fold(state, terms, &cache), at: 4)
      try put.run()
      windows.insert(id.window)
    }
  }

  /// Eight bytes as a number, the first of them the highest.
  private static func firstBytes(of key: [UInt8]) -> UInt64 {
    var number: UInt64 = 0
    for place in 0..<8 { number = number << 8 | UInt64(place < key.count ? key[place] : 0) }
    return number
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
    let put = try RawStatement(
      database,
      """
      INSERT INTO seen (plan, window, event, hash) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING
      """)
    for record in seen {
      put.bind(try terms.number(Text(record.plan), &cache), at: 1)
      put.bind(record.window.start.seconds, at: 2)
      put.bind(StoredText.encode(record.eventID), at: 3)
      put.bind(record.contentHash, at: 4)
      try put.run()
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
