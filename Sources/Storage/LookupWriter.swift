internal import Events
internal import Findings
internal import Foundation
internal import GRDB

/// Lookup tables that rules write: one version for each window that changed a table.
struct LookupWriter {
  let database: Database

  /// Versions of a table that are kept, the newest: a week of hours.
  static let keptVersions = 168

  func write(_ versions: [LookupVersion]) throws {
    for version in versions {
      let place: StatementArguments = [
        StoredText.encode(version.name), version.window.start.seconds,
      ]
      guard let table = version.table else {
        try database.cachedStatement(
          sql: "DELETE FROM lookup_tables WHERE name = ? AND window = ?"
        ).execute(arguments: place)
        continue
      }
      try database.cachedStatement(
        sql: """
          INSERT INTO lookup_tables (name, window, body) VALUES (?, ?, ?)
          ON CONFLICT DO UPDATE SET body = excluded.body
          """
      ).execute(arguments: place + [RecordText.pack(table)])
      try forgetOld(version.name)
    }
  }

  private func forgetOld(_ name: String) throws {
    try database.cachedStatement(
      sql: """
        DELETE FROM lookup_tables WHERE name = ?1 AND window < (
          SELECT window FROM lookup_tables WHERE name = ?1
          ORDER BY window DESC LIMIT 1 OFFSET ?2)
        """
    ).execute(arguments: [StoredText.encode(name), Self.keptVersions - 1])
  }

  /// The newest version before a window, or of all.
  func table(_ name: String, before window: Window?) throws -> [UInt8]? {
    let find = try database.cachedStatement(
      sql: """
        SELECT body FROM lookup_tables WHERE name = ? AND window < ?
        ORDER BY window DESC LIMIT 1
        """)
    let body = try Data.fetchOne(
      find, arguments: [StoredText.encode(name), window?.start.seconds ?? .max])
    return try body.map(RecordText.unpack)
  }
}
