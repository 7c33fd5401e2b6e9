internal import Foundation
internal import GRDB
internal import Glibc

/// The paths that a state belongs to, as it remembers them.
enum RootsFact {
  /// Real paths, sorted by bytes, each once; a path that is not there stays as it was given.
  static func real(_ paths: [String]) -> [String] {
    let found = paths.map { path -> String in
      guard let real = realpath(path, nil) else { return path }
      defer { free(real) }
      return String(cString: real)
    }
    return Set(found.map(Array.init(utf8:))).sorted { $0.lexicographicallyPrecedes($1) }
      .map { String(decoding: $0, as: UTF8.self) }
  }

  static func readIfSet(_ database: Database) throws -> [String]? {
    guard
      let blob = try Data.fetchOne(database, sql: "SELECT value FROM facts WHERE name = 'roots'")
    else { return nil }
    var reader = try BlobReader(blob)
    return try reader.texts()
  }

  static func read(_ database: Database) throws -> [String] {
    try readIfSet(database) ?? []
  }

  static func write(_ roots: [String], _ database: Database) throws {
    var blob = BlobWriter()
    blob.texts(roots)
    try database.execute(
      sql: "INSERT OR REPLACE INTO facts (name, value) VALUES ('roots', ?)",
      arguments: [blob.data])
  }
}

extension Array<UInt8> {
  fileprivate init(utf8 string: String) { self.init(string.utf8) }
}
