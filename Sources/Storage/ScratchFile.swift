package import Findings
internal import Foundation
internal import GRDB

/// Blocks in a temporary SQLite database, which has no name from the moment that it is there: it
/// goes with the process, however that ends.
package final class ScratchFile: Scratch {
  /// Where SQLite puts temporary files: as it looks for one itself.
  private static var usual: String {
    let environment = ProcessInfo.processInfo.environment
    let named = [environment["SQLITE_TMPDIR"], environment["TMPDIR"]].compactMap(\.self)
    return (named + ["/var/tmp", "/usr/tmp", "/tmp"]).first { path in
      var isDirectory: ObjCBool = false
      return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
        && isDirectory.boolValue && FileManager.default.isWritableFile(atPath: path)
    } ?? "."
  }

  package let directory: String
  private let queue: DatabaseQueue

  package convenience init() throws(ScratchProblem) { try self.init(mostPages: nil) }

  /// `mostPages` of 32 KiB stand for a small disk.
  init(mostPages: Int?) throws(ScratchProblem) {
    directory = Self.usual
    var configuration = Configuration()
    configuration.label = "scratch"
    configuration.prepareDatabase { database in
      // Whoever cannot read it back after a crash need not be able to.
      try database.execute(
        sql: """
          PRAGMA page_size = 32768;
          PRAGMA journal_mode = OFF;
          PRAGMA synchronous = OFF;
          PRAGMA secure_delete = OFF;
          PRAGMA cache_size = -1024;
          CREATE TABLE block (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)
          """)
      if let mostPages { try database.execute(sql: "PRAGMA max_page_count = \(mostPages)") }
    }
    do {
      // A database of no name is a file that SQLite unlinks when it has opened it.
      queue = try DatabaseQueue(path: "", configuration: configuration)
    } catch {
      throw ScratchProblem(error, in: directory)
    }
  }

  package func keep(_ block: [UInt8]) throws(ScratchProblem) -> Int64 {
    try reach { database in
      let insert = try RawStatement(database, "INSERT INTO block (bytes) VALUES (?)")
      insert.bind(block, at: 1)
      try insert.run()
      return database.lastInsertedRowID
    }
  }

  package func take(_ block: Int64) throws(ScratchProblem) -> [UInt8] {
    let bytes = try reach { database in
      let select = try RawStatement(database, "SELECT bytes FROM block WHERE id = ?")
      select.bind(block, at: 1)
      let bytes = try select.first { $0.bytes(0) }
      let delete = try RawStatement(database, "DELETE FROM block WHERE id = ?")
      delete.bind(block, at: 1)
      try delete.run()
      return bytes
    }
    guard let bytes else { throw .damaged(directory: directory) }
    return bytes
  }

  private func reach<Result>(
    _ body: (Database) throws -> Result
  ) throws(ScratchProblem) -> Result {
    do {
      return try queue.inDatabase(body)
    } catch {
      throw ScratchProblem(error, in: directory)
    }
  }
}

extension ScratchProblem {
  fileprivate init(_ error: any Error, in directory: String) {
    guard let error = error as? DatabaseError else {
      self = .failed(directory: directory, detail: "\(error)")
      return
    }
    let detail = error.message ?? "no further word"
    switch error.resultCode {
    case .SQLITE_FULL: self = .full(directory: directory)
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged(directory: directory)
    default: self = .failed(directory: directory, detail: detail)
    }
  }
}
