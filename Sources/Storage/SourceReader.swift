internal import Findings
internal import Foundation
internal import GRDB

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
