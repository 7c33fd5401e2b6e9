internal import GRDB
internal import GRDBSQLite

/// A statement of the writer, bound value by value: without arrays in between, which cost bulk
/// writes more than SQLite itself does.
final class RawStatement {
  private let database: Database
  /// Keeps the handle alive.
  private let statement: Statement
  private let handle: SQLiteStatement

  init(_ database: Database, _ sql: String) throws {
    self.database = database
    statement = try database.cachedStatement(sql: sql)
    handle = statement.sqliteStatement
  }

  /// SQLite copies what is bound.
  private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  func bind(_ number: Int64?, at place: CInt) {
    if let number {
      sqlite3_bind_int64(handle, place, number)
    } else {
      sqlite3_bind_null(handle, place)
    }
  }

  func bind(_ bytes: [UInt8], at place: CInt) {
    _ = bytes.withUnsafeBytes { buffer in
      // Without an address SQLite would bind null.
      sqlite3_bind_blob(
        handle, place, buffer.baseAddress ?? UnsafeRawPointer(bitPattern: 1), CInt(buffer.count),
        Self.copied)
    }
  }

  func bind(_ bytes: [UInt8]?, at place: CInt) {
    guard let bytes else { return bind(nil as Int64?, at: place) }
    bind(bytes, at: place)
  }

  func bind(_ text: String?, at place: CInt) {
    guard var text else {
      sqlite3_bind_null(handle, place)
      return
    }
    _ = text.withUTF8 { buffer in
      buffer.withMemoryRebound(to: CChar.self) {
        // Without an address SQLite would bind null.
        sqlite3_bind_text(
          handle, place, $0.baseAddress ?? UnsafePointer(bitPattern: 1), CInt($0.count),
          Self.copied)
      }
    }
  }

  /// An id, which is a blob where its digits are hexadecimal.
  func bind(id digits: String, at place: CInt) {
    if let id = StoredID.sixteenBytes(digits) {
      withUnsafeBytes(of: id) {
        _ = sqlite3_bind_blob(handle, place, $0.baseAddress, CInt($0.count), Self.copied)
      }
    } else if let bytes = StoredID.bytes(digits) {
      bind(bytes, at: place)
    } else {
      bind(StoredText.encode(digits), at: place)
    }
  }

  /// Runs to the end.
  func run() throws {
    while try step() {}
  }

  /// The first row's whole numbers by their columns; nil where there is no row.
  func first<Result>(_ read: (RawStatement) throws -> Result) throws -> Result? {
    defer { sqlite3_reset(handle) }
    return try step() ? try read(self) : nil
  }

  /// Calls `body` with each row until it answers false.
  func each(_ body: (RawStatement) throws -> Bool) throws {
    defer { sqlite3_reset(handle) }
    while try step() { guard try body(self) else { return } }
  }

  /// The number of the row that was put there last.
  var insertedRow: Int64 { sqlite3_last_insert_rowid(sqlite3_db_handle(handle)) }

  /// Whether the last statement that was run on the connection changed a row.
  var hasChanged: Bool { sqlite3_changes(sqlite3_db_handle(handle)) > 0 }

  func number(_ column: CInt) -> Int64 { sqlite3_column_int64(handle, column) }

  func optional(_ column: CInt) -> Int64? {
    sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : sqlite3_column_int64(handle, column)
  }

  func bytes(_ column: CInt) -> [UInt8] {
    let count = Int(sqlite3_column_bytes(handle, column))
    guard let start = sqlite3_column_blob(handle, column) else { return [] }
    return [UInt8](UnsafeRawBufferPointer(start: start, count: count))
  }

  func text(_ column: CInt) -> String { String(decoding: bytes(column), as: UTF8.self) }

  /// Whether there is a row; resets at the end.
  private func step() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE:
      sqlite3_reset(handle)
      return false
    case let code:
      let message = String(cString: sqlite3_errmsg(database.sqliteConnection))
      sqlite3_reset(handle)
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
    }
  }
}
