internal import CDeflate

/// Inflates whole gzip buffers into one that is reused.
///
/// Several members one after the other are one text. The size that a member claims is a hint only:
/// it may lie, and it wraps at 4 GiB.
package final class GzipInflater {
  /// An inflated text, valid until the inflater's next call.
  package struct Inflated {
    /// Followed by `readAhead` bytes that may be read and mean nothing.
    package let bytes: UnsafeRawBufferPointer
    /// Bytes after the last member that are no member, not counting zero padding.
    package let trailingBytes: Int
  }

  /// How far beyond the text memory can be read.
  package static let readAhead = 96

  private let decompressor: OpaquePointer
  private var memory = UnsafeMutableRawBufferPointer.allocate(
    byteCount: 1 << 20 + readAhead, alignment: 16)

  package init() {
    guard let decompressor = libdeflate_alloc_decompressor() else {
      preconditionFailure("memory for a decompressor should be there")
    }
    self.decompressor = decompressor
  }

  deinit {
    libdeflate_free_decompressor(decompressor)
    memory.deallocate()
  }

  /// The text of a gzip file that inflates to at most `limit` bytes.
  package func inflate(
    _ gzip: UnsafeRawBufferPointer, limit: Int
  ) throws(CompressionProblem)
    -> Inflated
  {
    guard GzipStream.isMember(gzip, at: 0) else { throw gzip.count < 2 ? .cutOff : .notGzip }
    var taken = 0
    var made = 0
    while GzipStream.isMember(gzip, at: taken) {
      let member = UnsafeRawBufferPointer(rebasing: gzip[taken...])
      let (input, output) = try inflateMember(member, after: made, limit: limit)
      taken += input
      made += output
    }
    let rest = gzip[taken...]
    return Inflated(
      bytes: UnsafeRawBufferPointer(rebasing: memory[..<made]),
      trailingBytes: rest.allSatisfy { $0 == 0 } ? 0 : rest.count)
  }

  /// Adds the first member's text behind what is there: bytes taken and bytes made.
  private func inflateMember(
    _ gzip: UnsafeRawBufferPointer, after made: Int, limit: Int
  )
    throws(CompressionProblem) -> (Int, Int)
  {
    reserve(made + min(limit - made, Self.claimedSize(gzip)), keeping: made)
    while true {
      let room = min(memory.count - Self.readAhead, limit) - made
      var input = 0
      var output = 0
      let result = libdeflate_gzip_decompress_ex(
        decompressor, gzip.baseAddress, gzip.count, memory.baseAddress.map { $0 + made }, room,
        &input, &output)
      switch result {
      case LIBDEFLATE_SUCCESS: return (input, output)
      case LIBDEFLATE_INSUFFICIENT_SPACE:
        guard made + room < limit else { throw .tooLarge(limit: limit) }
        reserve(min(limit, 2 * (made + room)), keeping: made)
      default: throw Self.reason(gzip)
      }
    }
  }

  /// The text's size by the last four bytes, where that is believable.
  private static func claimedSize(_ gzip: UnsafeRawBufferPointer) -> Int {
    guard gzip.count >= 18 else { return 0 }
    let claim = Int(gzip.loadUnaligned(fromByteOffset: gzip.count - 4, as: UInt32.self))
    return claim <= 1100 * gzip.count ? claim : 0
  }

  private func reserve(_ count: Int, keeping made: Int) {
    guard count + Self.readAhead > memory.count else { return }
    let larger = UnsafeMutableRawBufferPointer.allocate(
      byteCount: count + Self.readAhead, alignment: 16)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<made]))
    memory.deallocate()
    memory = larger
  }

  /// Whether bad data is damaged or just ends too early: only a stream can tell.
  private static func reason(_ gzip: UnsafeRawBufferPointer) -> CompressionProblem {
    var rest = gzip[...]
    let stream = GzipStream { buffer in
      let count = min(buffer.count, rest.count)
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: rest.prefix(count)))
      rest = rest.dropFirst(count)
      return count
    }
    do throws(CompressionProblem) {
      try stream.verify()
      return .corrupt
    } catch {
      return error
    }
  }
}
