internal import Events
internal import Foundation
internal import GRDB

/// The lists of field names behind shapes, each read once.
struct Shapes {
  private let database: Database
  private var known: [Int64: [Text]] = [:]

  init(_ database: Database) { self.database = database }

  mutating func names(_ number: Int64) throws -> [Text] {
    if let names = known[number] { return names }
    let find = try database.cachedStatement(sql: "SELECT names FROM shapes WHERE id = ?")
    guard let blob = try Data.fetchOne(find, arguments: [number]) else {
      throw BlobReader.damage("shape")
    }
    var reader = try BlobReader(blob)
    let names = try reader.texts().map { Text($0) }
    known[number] = names
    return names
  }
}
