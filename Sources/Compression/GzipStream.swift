internal import CZlib

/// Inflates gzip of any size piece by piece, in constant memory; checks each member's sum and size.
package final class GzipStream {
  /// Fills the buffer with compressed bytes: how many, 0 at the end, a negative errno on failure.
  package typealias Source = (UnsafeMutableRawBufferPointer) -> Int

  /// Inflated bytes may be this many times the compressed ones; deflate's own limit is 1,032.
  package static let ratioLimit = 300
  /// Below this many inflated bytes no ratio is an attack.
  package static let ratioFloor = 64 << 20

  private let source: Source
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 128 << 10, alignment: 16)
  private var isInMember = false
  private var isAtEnd = false
  private var compressed = 0
  private var inflated = 0
  /// Bytes after the last member that are no member, not counting zero padding; known at the end.
  package private(set) var trailingBytes = 0

  package init(source: @escaping Source) {
    self.source = source
    stream.initialize(to: z_stream())
    // 16: gzip only, with its trailer checked.
    let status = inflateInit2_(
      stream, 15 + 16, zlibVersion(), Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "memory for a decompressor should be there")
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    input.deallocate()
  }

  /// Whether a member begins at that place of the bytes.
  package static func isMember(_ bytes: UnsafeRawBufferPointer, at place: Int) -> Bool {
    place + 2 <= bytes.count && bytes[place] == 0x1f && bytes[place + 1] == 0x8b
  }

  /// Inflates into the buffer: how many bytes, 0 at the end of a whole file.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(CompressionProblem) -> Int {
    guard !isAtEnd, let target = buffer.baseAddress else { return 0 }
    stream.pointee.next_out = target.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(buffer.count)
    while stream.pointee.avail_out == buffer.count {
      if !isInMember {
        guard try beginMember() else {
          isAtEnd = true
          return 0
        }
      }
      let isFed = try fill()
      // Called even without input: the last call may have had more than the buffer's room.
      switch inflate(stream, Z_NO_FLUSH) {
      case Z_OK: break
      case Z_BUF_ERROR:
        guard isFed else { throw .cutOff }
      case Z_STREAM_END: isInMember = false
      default: throw .corrupt
      }
    }
    let count = buffer.count - Int(stream.pointee.avail_out)
    inflated += count
    let ratio = inflated / max(1, compressed)
    guard inflated < Self.ratioFloor || ratio <= Self.ratioLimit else { throw .bomb(ratio: ratio) }
    return count
  }

  /// Reads to the end and throws the text away: what is whole passes.
  package func verify() throws(CompressionProblem) {
    let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
    defer { scratch.deallocate() }
    while try read(into: scratch) > 0 {}
  }

  /// Whether another member begins; what comes else is counted as trailing bytes.
  private func beginMember() throws(CompressionProblem) -> Bool {
    let isFirst = compressed == 0
    guard try fill() else {
      if isFirst { throw .cutOff }
      return false
    }
    if stream.pointee.avail_in == 1 { try fillBehindLast() }
    if Self.isMember(rest, at: 0) {
      inflateReset(stream)
      isInMember = true
      return true
    }
    if isFirst { throw .notGzip }
    var isPadding = true
    var count = 0
    repeat {
      count += rest.count
      isPadding = isPadding && rest.allSatisfy { $0 == 0 }
      stream.pointee.avail_in = 0
    } while try fill()
    trailingBytes = isPadding ? 0 : count
    return false
  }

  /// The compressed bytes in hand.
  private var rest: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: stream.pointee.next_in, count: Int(stream.pointee.avail_in))
  }

  /// Makes sure of a compressed byte in hand; false at the end of the source.
  private func fill() throws(CompressionProblem) -> Bool {
    guard stream.pointee.avail_in == 0 else { return true }
    return try refill(after: 0)
  }

  /// Gets the second byte of a member's mark, which a piece may have cut in two.
  private func fillBehindLast() throws(CompressionProblem) {
    input[0] = rest[0]
    if try refill(after: 1) == false {
      stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.pointee.avail_in = 1
    }
  }

  private func refill(after kept: Int) throws(CompressionProblem) -> Bool {
    let count = source(UnsafeMutableRawBufferPointer(rebasing: input[kept...]))
    guard count >= 0 else { throw .unreadable(Int32(-count)) }
    guard count > 0 else { return false }
    compressed += count
    stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = UInt32(kept + count)
    return true
  }
}
