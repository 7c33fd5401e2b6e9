internal import Events
internal import Findings
internal import Foundation
internal import GRDB

/// Writes how far files were read, and the records that could not be.
struct SourceWriter {
  /// The newest so many are kept; all are counted.
  static let deadLettersKept = 10_000

  let database: Database

  /// Records a second are counted over this long at least; what was read before is left out.
  private static let rateSpan = 10

  /// Writes files as they are at a time of the wall clock.
  func write(_ files: [SourceFile], at time: Timestamp) throws {
    guard !files.isEmpty else { return }
    let put = try database.cachedStatement(sql: SourceWriter.upsert)
    for file in files {
      let values: [(any DatabaseValueConvertible)?] = [
        StoredText.encode(file.path), StoredText.encode(file.state), file.offset, file.size,
        file.records, file.reason.map(StoredText.encode), Data(file.checkpoint), file.format,
        file.generation, Data(file.content), file.firstRecord?.seconds, file.lastRecord?.seconds,
        file.offset > 0 ? time.seconds : nil, time.seconds, 0,
      ]
      try put.execute(arguments: StatementArguments(values))
    }
  }

  /// A file that has only gone or come keeps what it was read as.
  private static let upsert = """
    INSERT INTO files (path, state, offset, size, records, reason, checkpoint, format, generation,
      content, first_record, last_record, read_at, rate_from, rate_records)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET
      state = excluded.state, offset = excluded.offset, size = excluded.size,
      records = excluded.records, reason = excluded.reason, checkpoint = excluded.checkpoint,
      format = iif(excluded.format = '', format, excluded.format),
      generation = iif(excluded.format = '', generation, excluded.generation),
      content = iif(excluded.format = '', content, excluded.content),
      first_record = min(ifnull(first_record, excluded.first_record),
        ifnull(excluded.first_record, first_record)),
      last_record = max(ifnull(last_record, excluded.last_record),
        ifnull(excluded.last_record, last_record)),
      read_at = iif(excluded.offset > offset, excluded.rate_from, read_at),
      rate = iif(excluded.records > rate_records AND excluded.rate_from > rate_from,
        (excluded.records - rate_records) * 1.0 / (excluded.rate_from - rate_from), rate),
      rate_records = iif(excluded.rate_from - rate_from >= \(rateSpan), excluded.records,
        rate_records),
      rate_from = iif(excluded.rate_from - rate_from >= \(rateSpan), excluded.rate_from, rate_from)
    """

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
