internal import Findings
internal import GRDB
internal import GRDBSQLite

/// Lets the statements of a connection be given up while they run.
struct Interruption {
  private let database: Database
  private let isOver: @Sendable (ReadProgress) -> Bool

  /// `isOver` is asked every millisecond or so, on the thread that reads.
  init(_ database: Database, isOver: @escaping @Sendable (ReadProgress) -> Bool) {
    self.database = database
    self.isOver = isOver
  }

  /// Steps of SQLite's machine between two questions.
  private static let steps: CInt = 20_000

  /// What is asked, and how many rows have to be looked at until the answer is there.
  final class Question {
    private let isOver: @Sendable (ReadProgress) -> Bool
    private let count: ReadCount?
    /// Rows of one go through them, and how often that is gone; nil where it is not known.
    var extent: (rows: Int, times: Int)?

    fileprivate init(_ isOver: @escaping @Sendable (ReadProgress) -> Bool, _ count: ReadCount?) {
      self.isOver = isOver
      self.count = count
      count?.rows = 0
    }

    fileprivate func ask() -> Bool {
      let read = (count?.rows ?? 0) / (extent?.times ?? 1)
      return isOver(
        ReadProgress(rows: extent.map { min(read, $0.rows) } ?? read, all: extent?.rows))
    }
  }

  /// Runs `body`, which throws when `isOver` says so.
  func during<Result>(_ body: (Question) throws -> Result) throws -> Result {
    let question = Question(isOver, ReadCount.of(database))
    let connection = database.sqliteConnection
    return try withExtendedLifetime(question) {
      sqlite3_progress_handler(
        connection, Self.steps,
        { question in
          guard let question else { return 0 }
          return Unmanaged<Question>.fromOpaque(question).takeUnretainedValue().ask() ? 1 : 0
        }, Unmanaged.passUnretained(question).toOpaque())
      defer { sqlite3_progress_handler(connection, 0, nil, nil) }
      return try body(question)
    }
  }
}
