internal import GRDB
internal import GRDBSQLite

/// Lets the statements of a connection be given up while they run.
struct Interruption {
  private let database: Database
  private let isOver: @Sendable () -> Bool

  /// `isOver` is asked every millisecond or so, on the thread that reads.
  init(_ database: Database, isOver: @escaping @Sendable () -> Bool) {
    self.database = database
    self.isOver = isOver
  }

  /// Steps of SQLite's machine between two questions.
  private static let steps: CInt = 20_000

  private final class Question {
    let isOver: @Sendable () -> Bool
    init(_ isOver: @escaping @Sendable () -> Bool) { self.isOver = isOver }
  }

  /// Runs `body`, which throws when `isOver` says so.
  func during<Result>(_ body: () throws -> Result) throws -> Result {
    let question = Question(isOver)
    let connection = database.sqliteConnection
    return try withExtendedLifetime(question) {
      sqlite3_progress_handler(
        connection, Self.steps,
        { question in
          guard let question else { return 0 }
          return Unmanaged<Question>.fromOpaque(question).takeUnretainedValue().isOver() ? 1 : 0
        }, Unmanaged.passUnretained(question).toOpaque())
      defer { sqlite3_progress_handler(connection, 0, nil, nil) }
      return try body()
    }
  }
}
