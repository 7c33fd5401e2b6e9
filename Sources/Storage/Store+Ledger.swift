internal import Events
package import Findings
internal import Foundation
internal import GRDB
internal import Synchronization

extension Store: Ledger {
  package func group(_ id: GroupID) throws -> [UInt8]? {
    try onWriter { database in
      let find = try database.cachedStatement(
        sql: """
          SELECT state FROM groups WHERE plan = (SELECT id FROM terms WHERE text = ?)
            AND window = ? AND key = ?
          """)
      return try Data.fetchOne(
        find,
        arguments: [StoredText.encode(id.plan), id.window.start.seconds, Data(id.key)]
      ).map { [UInt8]($0) }
    }
  }

  package func seen(_ records: [SeenRecord]) throws -> Set<SeenRecord> {
    try onWriter { database in
      let find = try database.cachedStatement(
        sql: """
          SELECT 1 FROM seen WHERE plan = (SELECT id FROM terms WHERE text = ?)
            AND window = ? AND event = ? AND hash = ?
          """)
      var found: Set<SeenRecord> = []
      for record in records {
        let isSeen = try Bool.fetchOne(
          find,
          arguments: [
            StoredText.encode(record.plan), record.window.start.seconds,
            StoredText.encode(record.eventID), Data(record.contentHash),
          ])
        if isSeen == true { found.insert(record) }
      }
      return found
    }
  }

  package func commit(_ changes: Changes) throws {
    if case .viewer(let pid) = access {
      throw StorageProblem.readOnly(path: place.path, writer: pid)
    }
    try guarded {
      try terms.withLock { cache in
        do {
          try pool.write { try Commit($0).apply(changes, &cache) }
          cache.bound()
        } catch {
          // Numbers given in a transaction that did not happen mean nothing.
          cache = TermCache()
          throw error
        }
      }
    }
  }

  package func files() throws -> [SourceFile] {
    try onWriter { try SourceReader.files($0) }
  }

  /// On the connection that commits: sees all that is committed, and keeps its statements.
  private func onWriter<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try guarded {
      access == .writer ? try pool.writeWithoutTransaction(body) : try pool.read(body)
    }
  }
}

/// Reads what `SourceWriter` wrote.
enum SourceReader {
  /// The files, sorted by path.
  static func files(_ database: Database) throws -> [SourceFile] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT path, state, offset, size, records, reason, checkpoint FROM files ORDER BY path
        """
    ).map { row in
      SourceFile(
        path: StoredText.decode(row[0]), state: StoredText.decode(row[1]), offset: row[2],
        size: row[3], records: row[4], reason: (row[5] as String?).map(StoredText.decode),
        checkpoint: [UInt8](row[6] as Data))
    }
  }

  /// The newest first.
  static func deadLetters(_ database: Database) throws -> [DeadLetter] {
    try Row.fetchAll(
      database, sql: "SELECT path, offset, reason, head FROM dead_letters ORDER BY pk DESC"
    ).map { row in
      DeadLetter(
        path: StoredText.decode(row[0]), offset: row[1], reason: StoredText.decode(row[2]),
        head: [UInt8](row[3] as Data))
    }
  }

  /// Records that could not be read, those no longer kept included.
  static func deadLetterCount(_ database: Database) throws -> Int {
    try Int.fetchOne(database, sql: "SELECT value FROM facts WHERE name = 'dead_letters'") ?? 0
  }
}
