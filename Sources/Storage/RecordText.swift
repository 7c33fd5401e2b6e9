internal import Foundation

/// A record's text as a blob: a first byte that says how it is packed, then its bytes.
enum RecordText {
  private static let plain: UInt8 = 0

  static func pack(_ raw: [UInt8]) -> Data { Data([plain] + raw) }

  static func unpack(_ blob: Data) throws -> [UInt8] {
    guard blob.first == plain else { throw BlobReader.damage("packing") }
    return [UInt8](blob.dropFirst())
  }
}
