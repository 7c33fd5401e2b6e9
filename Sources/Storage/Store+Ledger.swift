package import Events
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
      ).map { try unfolded([UInt8]($0), database) }
    }
  }

  package func groups(of plan: String, in window: Window) throws -> [GroupID: [UInt8]] {
    try onWriter { database in
      let find = try database.cachedStatement(
        sql: """
          SELECT key, state FROM groups WHERE plan = (SELECT id FROM terms WHERE text = ?)
            AND window = ?
          """)
      var found: [GroupID: [UInt8]] = [:]
      let rows = try Row.fetchCursor(
        find, arguments: [StoredText.encode(plan), window.start.seconds])
      while let row = try rows.next() {
        let key: Data = row[0]
        let state: Data = row[1]
        let id = GroupID(plan: plan, window: window, key: [UInt8](key))
        found[id] = try unfolded([UInt8](state), database)
      }
      return found
    }
  }

  /// A group's state as it was handed over, its long texts in their places.
  private func unfolded(_ state: [UInt8], _ database: Database) throws -> [UInt8] {
    try names.withLock { names in
      try FoldedTexts.unfold(state) { number in
        if let known = names[number] { return known }
        let find = try RawStatement(database, "SELECT text FROM terms WHERE id = ?")
        find.bind(number, at: 1)
        let name = try find.first { StoredText.decode($0.text(0)) }
        if names.count >= Store.mostNames { names = [:] }
        names[number] = name
        return name
      }
    }
  }

  package func lookupTable(_ name: String, before window: Window?) throws -> [UInt8]? {
    try onWriter { try LookupWriter(database: $0).table(name, before: window) }
  }

  package func rowVersions(of rows: [RowID]) throws -> [RowID: RowVersion] {
    try onWriter { try JobTables($0).versions(of: rows) }
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

  /// What is known of files by their digests, as last committed; sorted by path.
  package func integrity() throws -> [FileIntegrity] {
    try onWriter { try IntegrityTable($0).files() }
  }

  /// On the connection that commits: sees all that is committed, and keeps its statements.
  private func onWriter<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try guarded {
      access == .writer ? try pool.writeWithoutTransaction(body) : try pool.read(body)
    }
  }
}
