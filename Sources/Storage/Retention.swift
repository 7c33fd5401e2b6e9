internal import Events
internal import GRDB

/// Forgets windows whose time is over, the longest unchanged first, a little at a time.
struct Retention {
  let database: Database
  /// Rows, and likewise records, that one step deletes at most.
  let limit: Int

  func step(before time: Timestamp) throws -> Bool {
    let oldest = try Int64.fetchOne(
      database,
      sql: "SELECT start FROM windows WHERE changed < ? ORDER BY changed, start LIMIT 1",
      arguments: [time.seconds])
    guard let start = oldest else {
      return try deleteScans(before: time) || deleteFiles(before: time)
    }
    if try deleteRows(of: start, since: start) { return true }
    // Rows over risk look further back than their window.
    if try deleteRows(of: start, since: start - 8 * 86_400) { return true }
    if try deleteRecords(of: start) { return true }
    for table in ["groups", "seen", "row_versions"] {
      try database.execute(sql: "DELETE FROM \(table) WHERE window = ?", arguments: [start])
    }
    try database.execute(
      sql: """
        DELETE FROM image_places WHERE pk NOT IN (
          SELECT key FROM tallies WHERE kind = \(TallyKind.placeRows.rawValue))
        """)
    try database.execute(sql: "DELETE FROM windows WHERE start = ?", arguments: [start])
    return true
  }

  /// Files that have long been gone: one of that content is read as a new one from then on, as its
  /// records are no longer known either.
  private func deleteFiles(before time: Timestamp) throws -> Bool {
    try database.execute(
      sql: """
        DELETE FROM files WHERE path IN (
          SELECT path FROM files WHERE state = 'gone' AND read_at < ? LIMIT ?)
        """, arguments: [time.seconds, limit])
    return database.changesCount > 0
  }

  /// Scans that long nobody has asked for, with the tags and pushes of images of which none is left.
  private func deleteScans(before time: Timestamp) throws -> Bool {
    let scans = try Row.fetchAll(
      database, sql: "SELECT pk, image FROM scans WHERE changed < ? LIMIT ?",
      arguments: [time.seconds, limit])
    for scan in scans {
      for sql in ["DELETE FROM scans WHERE pk = ?", "DELETE FROM scan_bodies WHERE scan = ?"] {
        try database.cachedStatement(sql: sql).execute(arguments: [scan[0] as Int64])
      }
    }
    for image in Set(scans.map { $0[1] as Int64 }) {
      for table in ["image_tags", "pushes"] {
        try database.cachedStatement(
          sql: """
            DELETE FROM \(table) WHERE image = :image
              AND NOT EXISTS (SELECT 1 FROM scans WHERE image = :image)
            """
        ).execute(arguments: ["image": image])
      }
    }
    return !scans.isEmpty
  }

  private func deleteRows(of window: Int64, since time: Int64) throws -> Bool {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT pk, finding_pk FROM rows
        WHERE last_seen >= ? AND last_seen < ? AND window = ? LIMIT ?
        """, arguments: [time, window + Window.length, window, limit])
    var cache = TermCache()
    var tallies = try Tallies(database)
    let deletion = try RowDeletion(database, Terms(database), &cache)
    for row in rows { try deletion.delete(row[0], &tallies) }
    try tallies.settle(database)
    for finding in Set(rows.map { $0[1] as Int64 }) { try forget(finding) }
    return !rows.isEmpty
  }

  /// Deletes a finding that no row is of any more and nobody has ever said anything of.
  private func forget(_ finding: Int64) throws {
    try database.cachedStatement(
      sql: """
        DELETE FROM findings WHERE pk = :pk
          AND NOT EXISTS (SELECT 1 FROM rows WHERE finding_pk = :pk)
          AND NOT EXISTS (SELECT 1 FROM triage WHERE finding = :pk)
          AND NOT EXISTS (SELECT 1 FROM triage_log WHERE finding = :pk)
        """
    ).execute(arguments: ["pk": finding])
  }

  /// A record counts in its own window only: with that, nothing refers to it.
  private func deleteRecords(of window: Int64) throws -> Bool {
    try database.execute(
      sql: """
        DELETE FROM records WHERE pk IN (
          SELECT pk FROM records WHERE time >= ? AND time < ? LIMIT ?)
        """, arguments: [window, window + Window.length, limit])
    return database.changesCount > 0
  }
}
