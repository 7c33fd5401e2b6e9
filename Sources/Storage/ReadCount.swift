internal import GRDB
internal import GRDBSQLite
internal import Synchronization

/// `watchfloor_read(pk)`, which is always true: a connection counts by it the rows that its
/// statements look at.
///
/// SQLite's own count of steps says nothing about rows.
final class ReadCount {
  /// What the statements that are running have looked at; of the connection's thread alone.
  var rows = 0

  /// By the addresses of open connections.
  // Unchecked: a count is handed out inside of accesses to its connection only, and those come one
  // at a time.
  private struct Counts: @unchecked Sendable {
    var byConnection: [Int: ReadCount] = [:]
  }

  private static let counts = Mutex(Counts())

  /// The condition to begin with over `rows r`, so that no other is asked before.
  static let condition = "watchfloor_read(r.pk)"

  static func of(_ database: Database) -> ReadCount? {
    let address = Int(bitPattern: database.sqliteConnection)
    return counts.withLock { $0 }.byConnection[address]
  }

  static func install(on database: Database) throws {
    let count = ReadCount()
    let address = Int(bitPattern: database.sqliteConnection)
    let own = Unmanaged.passRetained(count)
    let code = sqlite3_create_function_v2(
      database.sqliteConnection, "watchfloor_read", 1, SQLITE_UTF8, own.toOpaque(),
      { context, _, _ in
        // The connection holds it until it is closed.
        if let own = sqlite3_user_data(context) {
          Unmanaged<ReadCount>.fromOpaque(own).takeUnretainedValue().rows += 1
        }
        sqlite3_result_int(context, 1)
      }, nil, nil,
      { own in
        guard let own else { return }
        let count = Unmanaged<ReadCount>.fromOpaque(own).takeRetainedValue()
        ReadCount.counts.withLock { counts in
          counts.byConnection = counts.byConnection.filter { $0.value !== count }
        }
      })
    guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    let added = Counts(byConnection: [address: count])
    counts.withLock { $0.byConnection.merge(added.byConnection) { $1 } }
  }
}
