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
  package var deadLetters: Int
  package var files: Int
  /// Findings that somebody has touched.
  package var triaged: Int
  package var suppressions: Int
  package var oldestWindow: Window?
  package var newestWindow: Window?
}

extension Store {
  package func facts() throws -> StateFacts {
    try guarded {
      try pool.read { database in
        func number(_ sql: String) throws -> Int { try Int.fetchOne(database, sql: sql) ?? 0 }
        func count(_ table: String) throws -> Int { try number("SELECT COUNT(*) FROM \(table)") }
        func window(_ sql: String) throws -> Window? {
          // The engine's own figures are kept under the window of the year 1970.
          try Int64.fetchOne(database, sql: "SELECT \(sql)(start) FROM windows WHERE start > 0")
            .map { Window(start: Timestamp(seconds: $0)) }
        }
        let page = Int64(try number("PRAGMA page_size"))
        return StateFacts(
          bytes: Store.size(place.database) + Store.size(place.database + "-wal"),
          freeBytes: page * Int64(try number("PRAGMA freelist_count")),
          rows: try count("rows"), findings: try count("findings"),
          riskEvents: try number(
            "SELECT ifnull(SUM(first), 0) FROM tallies WHERE kind = \(TallyKind.ruleRisk.rawValue)"),
          records: try count("records"),
          deadLetters: try count("dead_letters"), files: try count("files"),
          triaged: try count("triage"), suppressions: try count("suppressions"),
          oldestWindow: try window("MIN"), newestWindow: try window("MAX"))
      }
    }
  }

  private static func size(_ path: String) -> Int64 {
    var found = stat()
    return stat(path, &found) == 0 ? Int64(found.st_size) : 0
  }

  /// The first thing that is wrong with the database's pages, in SQLite's words; nil where all of
  /// it is whole.
  ///
  /// Reads the whole file.
  package func firstDamage() throws -> String? {
    try guarded {
      let verdict = try pool.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") }
      return verdict == "ok" ? nil : verdict ?? "no answer"
    }
  }
}
