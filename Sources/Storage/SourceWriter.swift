internal import Findings
internal import Foundation
internal import GRDB

/// Writes how far files were read, and the records that could not be.
struct SourceWriter {
  /// The newest so many are kept; all are counted.
  static let deadLettersKept = 10_000

  let database: Database

  func write(_ files: [SourceFile]) throws {
    let put = try database.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO files (path, state, offset, size, records, reason, checkpoint)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
    for file in files {
      try put.execute(arguments: [
        StoredText.encode(file.path), StoredText.encode(file.state), file.offset, file.size,
        file.records, file.reason.map(StoredText.encode), Data(file.checkpoint),
      ])
    }
  }

  func write(_ letters: [DeadLetter]) throws {
    guard !letters.isEmpty else { return }
    let add = try database.cachedStatement(
      sql: "INSERT INTO dead_letters (path, offset, reason, head) VALUES (?, ?, ?, ?)")
    for letter in letters.suffix(SourceWriter.deadLettersKept) {
      try add.execute(arguments: [
        StoredText.encode(letter.path), letter.offset, StoredText.encode(letter.reason),
        Data(letter.head),
      ])
    }
    try database.execute(
      sql: "DELETE FROM dead_letters WHERE pk <= ?",
      arguments: [database.lastInsertedRowID - Int64(SourceWriter.deadLettersKept)])
    try database.execute(
      sql: """
        INSERT INTO facts (name, value) VALUES ('dead_letters', ?)
        ON CONFLICT DO UPDATE SET value = value + excluded.value
        """, arguments: [letters.count])
  }
}
