internal import Events
internal import Findings
internal import Foundation
internal import GRDB

/// Reads what `SourceWriter` wrote.
enum SourceReader {
  private static let columns = """
    path, state, offset, size, records, reason, checkpoint, format, generation, content,
    first_record, last_record
    """

  /// The files, sorted by path.
  static func files(_ database: Database) throws -> [SourceFile] {
    try Row.fetchAll(database, sql: "SELECT \(columns) FROM files ORDER BY path").map(file)
  }

  static func file(_ database: Database, at path: String) throws -> SourceFile? {
    try Row.fetchOne(
      database, sql: "SELECT \(columns) FROM files WHERE path = ?",
      arguments: [StoredText.encode(path)]
    ).map(file)
  }

  private static func file(_ row: Row) -> SourceFile {
    var file = SourceFile(
      path: StoredText.decode(row[0]), state: StoredText.decode(row[1]), offset: row[2],
      size: row[3], records: row[4], reason: (row[5] as String?).map(StoredText.decode),
      checkpoint: [UInt8](row[6] as Data))
    file.format = row[7]
    file.generation = row[8]
    file.content = [UInt8](row[9] as Data)
    file.firstRecord = (row[10] as Int64?).map { Timestamp(seconds: $0) }
    file.lastRecord = (row[11] as Int64?).map { Timestamp(seconds: $0) }
    return file
  }

  static func deadLetter(_ database: Database, _ number: Int64) throws -> LetterLine? {
    try Row.fetchOne(
      database, sql: "SELECT \(LetterLines.columns) FROM dead_letters WHERE pk = ?",
      arguments: [number]
    ).map(LetterLines.line)
  }

  /// Records that could not be read, those no longer kept included.
  static func deadLetterCount(_ database: Database) throws -> Int {
    try Int.fetchOne(database, sql: "SELECT value FROM facts WHERE name = 'dead_letters'") ?? 0
  }
}
