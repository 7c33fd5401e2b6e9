internal import Events
internal import Foundation
internal import GRDB

/// The lists of field names behind shapes, and the frames of risk events, each read once.
struct Shapes {
  private let database: Database
  private var known: [Int64: [Text]] = [:]
  private var frames: [Int64: RiskFrame] = [:]

  init(_ database: Database) { self.database = database }

  mutating func names(_ number: Int64) throws -> [Text] {
    if let names = known[number] { return names }
    var reader = try BlobReader(blob(number))
    let names = try reader.texts().map { Text($0) }
    known[number] = names
    return names
  }

  mutating func frame(_ number: Int64) throws -> RiskFrame {
    if let frame = frames[number] { return frame }
    let frame = try RiskFrame(decoding: blob(number))
    frames[number] = frame
    return frame
  }

  private func blob(_ number: Int64) throws -> Data {
    let find = try database.cachedStatement(sql: "SELECT names FROM shapes WHERE id = ?")
    guard let blob = try Data.fetchOne(find, arguments: [number]) else {
      throw BlobReader.damage("shape")
    }
    return blob
  }
}
