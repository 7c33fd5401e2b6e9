internal import Events
internal import Findings
internal import Foundation
internal import GRDB

/// What is known of files by CloudTrail's digests, a row a file.
struct IntegrityTable {
  static let columns =
    "path, kind, state, reason, digest, time, hash, object, stamp, turn, raised"

  private let database: Database

  init(_ database: Database) { self.database = database }

  func write(_ files: [FileIntegrity], forgotten: [String]) throws {
    for path in forgotten {
      try database.cachedStatement(sql: "DELETE FROM integrity WHERE path = ?")
        .execute(arguments: [StoredText.encode(path)])
    }
    guard !files.isEmpty else { return }
    let put = try database.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO integrity (\(IntegrityTable.columns))
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for file in files {
      let values: [(any DatabaseValueConvertible)?] = [
        StoredText.encode(file.path), file.kind, file.state, file.reason.map(StoredText.encode),
        file.digest.map(StoredText.encode), file.time?.seconds, Data(file.hash),
        file.object.map(StoredText.encode), Data(file.stamp), file.turn, file.raised?.seconds,
      ]
      try put.execute(arguments: StatementArguments(values))
    }
  }

  /// All of it, sorted by path.
  func files() throws -> [FileIntegrity] {
    try Row.fetchAll(
      database, sql: "SELECT \(IntegrityTable.columns) FROM integrity ORDER BY path"
    ).map(IntegrityTable.file)
  }

  func file(at path: String) throws -> FileIntegrity? {
    try Row.fetchOne(
      database, sql: "SELECT \(IntegrityTable.columns) FROM integrity WHERE path = ?",
      arguments: [StoredText.encode(path)]
    ).map(IntegrityTable.file)
  }

  /// How many files are in each state.
  func counts() throws -> [String: Int] {
    let rows = try Row.fetchAll(
      database, sql: "SELECT state, COUNT(*) FROM integrity GROUP BY state")
    return Dictionary(rows.map { ($0[0] as String, $0[1] as Int) }) { $0 + $1 }
  }

  private static func file(_ row: Row) -> FileIntegrity {
    func text(_ index: Int) -> String? { (row[index] as String?).map(StoredText.decode) }
    func time(_ index: Int) -> Timestamp? {
      (row[index] as Int64?).map { Timestamp(seconds: $0) }
    }
    var file = FileIntegrity(path: StoredText.decode(row[0]), kind: row[1], state: row[2])
    file.reason = text(3)
    file.digest = text(4)
    file.time = time(5)
    file.hash = [UInt8](row[6] as Data)
    file.object = text(7)
    file.stamp = [UInt8](row[8] as Data)
    file.turn = row[9]
    file.raised = time(10)
    return file
  }
}
