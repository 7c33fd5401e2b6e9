package import Events
internal import GRDB
internal import Glibc
internal import Synchronization

/// How large a state is and how far back it goes.
package struct StateFacts: Equatable, Sendable {
  /// Bytes of the database and its log, and those of them that a vacuum would give back.
  package var bytes: Int64
  package var freeBytes: Int64
  package var rows: Int
  package var findings: Int
  package var riskEvents: Int
  package var records: Int
  /// Findings that somebody has touched.
  package var triaged: Int
  package var oldestWindow: Window?
}

extension Store {
  /// 30 days after a window last changed, by the wall clock.
  package static let retention: Int64 = 30 * 86_400

  package func facts() throws -> StateFacts {
    try guarded {
      try pool.read { database in
        func number(_ sql: String) throws -> Int { try Int.fetchOne(database, sql: sql) ?? 0 }
        let page = Int64(try number("PRAGMA page_size"))
        let oldest = try Int64.fetchOne(database, sql: "SELECT MIN(start) FROM windows")
        return StateFacts(
          bytes: Store.size(place.database) + Store.size(place.database + "-wal"),
          freeBytes: page * Int64(try number("PRAGMA freelist_count")),
          rows: try number("SELECT COUNT(*) FROM rows"),
          findings: try number("SELECT COUNT(*) FROM findings"),
          riskEvents: try number("SELECT COUNT(*) FROM risk_events"),
          records: try number("SELECT COUNT(*) FROM records"),
          triaged: try number("SELECT COUNT(*) FROM triage"),
          oldestWindow: oldest.map { Window(start: Timestamp(seconds: $0)) })
      }
    }
  }

  private static func size(_ path: String) -> Int64 {
    var found = stat()
    return stat(path, &found) == 0 ? Int64(found.st_size) : 0
  }

  /// One small step of forgetting windows that last changed before `time`; triage stays.
  ///
  /// - Returns: whether there is more to do.
  package func retire(before time: Timestamp, rows: Int = 500) throws -> Bool {
    try changing { try Retention(database: $0, limit: rows).step(before: time) }
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
