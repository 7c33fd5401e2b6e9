/// What tells that a file is the one that was read before, without reading it: where it is on disk,
/// how long, and when it was last written to.
package struct ArchiveStamp: Hashable, Sendable {
  /// Device, inode, size, and nanoseconds of the modification, eight bytes each.
  package let bytes: [UInt8]

  /// A stamp that was kept.
  package init(bytes: [UInt8]) { self.bytes = bytes }

  init(_ facts: FileFacts) {
    let words = [
      facts.id.device, facts.id.inode, UInt64(bitPattern: facts.size),
      UInt64(bitPattern: facts.modified),
    ]
    bytes = words.flatMap { word in withUnsafeBytes(of: word.bigEndian) { Array($0) } }
  }
}
