package import Events
internal import GRDB
internal import Synchronization

extension Store {
  /// 30 days after a window last changed, by the wall clock.
  package static let retention: Int64 = 30 * 86_400

  /// One small step of forgetting windows that last changed before `time`; triage stays.
  ///
  /// - Returns: whether there is more to do.
  package func retire(before time: Timestamp, rows: Int = 500) throws -> Bool {
    try changing(forgetting: true) { try Retention(database: $0, limit: rows).step(before: time) }
  }

  /// Gives free space back to the file system; takes as much room again while it runs.
  package func vacuum() throws {
    if case .viewer(let pid) = access {
      throw StorageProblem.readOnly(path: place.path, writer: pid)
    }
    try guarded {
      try pool.vacuum()
      try pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    }
  }

  /// Opens the database anew after the disk failed or was full, and checks it.
  ///
  /// Throws what is still wrong; commits go on from the last one that succeeded.
  package func recover() throws {
    guard access == .writer else { return }
    try guarded {
      try terms.withLock { cache in
        cache = TermCache()
        let fresh = try DatabasePool(
          path: place.database, configuration: Opening.configuration())
        let mode = try fresh.writeWithoutTransaction { database in
          if place.isTemporary { try database.execute(sql: "PRAGMA synchronous = OFF") }
          return try String.fetchOne(database, sql: "PRAGMA journal_mode") ?? ""
        }
        guard mode == "wal" else { throw StorageProblem.notWAL(path: place.database, found: mode) }
        let verdict = try fresh.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") }
        guard verdict == "ok" else {
          throw StorageProblem.damaged(path: place.database, detail: verdict ?? "no answer")
        }
        connections.withLock { $0 = fresh }
      }
    }
  }
}
