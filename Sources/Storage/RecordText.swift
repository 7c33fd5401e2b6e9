internal import Compression
internal import Foundation

/// A record's text as a blob: deflated with its size before, or as it is behind a zero byte where
/// deflating does not make it smaller.
enum RecordText {
  private static let plain: UInt8 = 0
  /// No record is as large; a damaged length must not ask for more memory than this.
  private static let limit: UInt64 = 1 << 28

  static func pack(_ raw: [UInt8]) -> Data {
    var packed = BlobWriter()
    packed.count(raw.count)
    packed.bytes(Blob.deflated(raw))
    return packed.bytes.count <= raw.count ? packed.data : Data([plain] + raw)
  }

  static func unpack(_ blob: Data) throws -> [UInt8] {
    if blob.first == plain { return [UInt8](blob.dropFirst()) }
    var reader = try BlobReader(blob)
    let size = try reader.number()
    guard size <= limit else { throw BlobReader.damage("size") }
    do {
      return try Blob.inflated(reader.byteString(), size: Int(size))
    } catch is CompressionProblem {
      throw BlobReader.damage("compressed text")
    }
  }
}
