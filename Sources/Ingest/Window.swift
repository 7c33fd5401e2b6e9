internal import CFiles
internal import Glibc

/// Where bytes come from: a file's part, a gzip stream.
protocol ByteSource: AnyObject {
  /// Fills the buffer from its start: how many bytes, 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(IngestProblem) -> Int
}

/// The part of a text that is in memory: slides over a source of any size, or lies on a buffer.
///
/// Indices are into `bytes`; a refill moves them, and `cursor` and `anchor` with them.
final class Window {
  /// The next byte that is not yet dealt with.
  var cursor = 0
  /// The first byte that a refill has to keep, where that is not the cursor.
  var anchor: Int?
  /// One past the last byte in memory.
  private(set) var end = 0

  private let chunk: Int
  private var memory: UnsafeMutableRawBufferPointer
  private var borrowed: UnsafeRawBufferPointer?
  private var source: (any ByteSource)?
  /// Where index 0 lies in the text.
  private var base: Int64 = 0

  /// - Parameter chunk: how many bytes are read at once.
  init(chunk: Int = 256 << 10) {
    self.chunk = chunk
    memory = Self.allocate(chunk)
  }

  deinit { memory.deallocate() }

  /// Begins at a place of a text that comes from a source.
  func open(_ source: any ByteSource, at offset: Int64) {
    begin(at: offset)
    self.source = source
    if memory.count > 16 * chunk {
      memory.deallocate()
      memory = Self.allocate(chunk)
    }
  }

  /// Lies on bytes that stay where they are, with `Prefilter.readAhead` readable behind them.
  func borrow(_ bytes: UnsafeRawBufferPointer, at offset: Int64) {
    begin(at: offset)
    borrowed = bytes
    end = bytes.count
  }

  /// Lets go of source and bytes.
  func close() { begin(at: 0) }

  private func begin(at offset: Int64) {
    cursor = 0
    anchor = nil
    end = 0
    base = offset
    borrowed = nil
    source = nil
  }

  /// What is in memory.
  var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: (borrowed ?? UnsafeRawBufferPointer(memory))[..<end])
  }

  /// Where that index lies in the text.
  func offset(of index: Int) -> Int64 { base + Int64(index) }

  /// The index of that place of the text; it may lie outside.
  func index(of offset: Int64) -> Int { Int(offset - base) }

  /// Gets more bytes; false at the end of the text.
  func refill() throws(IngestProblem) -> Bool {
    guard let source else { return false }
    let kept = min(anchor ?? cursor, cursor)
    if kept > 0 {
      move(to: memory, from: kept)
      cursor -= kept
      anchor = anchor.map { $0 - kept }
      base += Int64(kept)
      end -= kept
    }
    if memory.count - Prefilter.readAhead - end < chunk {
      let larger = Self.allocate(2 * (end + chunk))
      move(to: larger, from: 0)
      memory.deallocate()
      memory = larger
    }
    let count = try source.read(
      into: UnsafeMutableRawBufferPointer(rebasing: memory[end..<(end + chunk)]))
    end += count
    return count > 0
  }

  private func move(to target: UnsafeMutableRawBufferPointer, from start: Int) {
    target.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[start..<end]))
  }

  private static func allocate(_ count: Int) -> UnsafeMutableRawBufferPointer {
    .allocate(byteCount: count + Prefilter.readAhead, alignment: 64)
  }
}

extension Window {
  /// The next byte that is no white space, at the cursor; nil at the end of the text.
  func significant() throws(IngestProblem) -> UInt8? {
    while true {
      let bytes = bytes
      while cursor < bytes.count {
        let byte = bytes[cursor]
        if byte > 0x20 { return byte }
        cursor += 1
      }
      guard try refill() else { return nil }
    }
  }

  /// The index of the first such byte in a part of the bytes.
  func firstIndex(of byte: UInt8, from start: Int, to end: Int) -> Int? {
    guard start < end, let base = bytes.baseAddress else { return nil }
    return memchr(base + start, Int32(byte), end - start).map { UnsafeRawPointer($0) - base }
  }

  /// The index of the last such byte in a part of the bytes.
  func lastIndex(of byte: UInt8, from start: Int, to end: Int) -> Int? {
    guard start < end, let base = bytes.baseAddress else { return nil }
    return cf_last_byte(base + start, Int32(byte), end - start).map { $0 - base }
  }
}
