/// A string that is compared, ordered and hashed by its UTF-8 bytes.
///
/// Swift's `String` compares by canonical equivalence: "é" and "e" followed by U+0301 are one
/// dictionary key. To a detection they are two users. Splunk compares bytes, and so do we.
public struct Text: Sendable {
  /// The text as Swift has it, for whatever does not compare.
  public let string: String

  /// Text of a string, byte for byte.
  public init(_ string: String) { self.string = string }

  /// Text of bytes; ill-formed UTF-8 becomes U+FFFD, one for each maximal subpart.
  public init(utf8 bytes: some Collection<UInt8>) {
    string = String(decoding: bytes, as: UTF8.self)
  }

  /// Whether there is not one byte.
  public var isEmpty: Bool { string.isEmpty }

  /// The text with its ASCII letters in lower case, as `search` compares values.
  public var foldingASCIICase: Text {
    guard string.utf8.contains(where: { $0 >= 0x41 && $0 <= 0x5a }) else { return self }
    return Text(
      String(
        decoding: string.utf8.map { $0 >= 0x41 && $0 <= 0x5a ? $0 | 0x20 : $0 }, as: UTF8.self))
  }

  /// Calls `body` with the UTF-8 bytes, without a copy where the string is native.
  public func withBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows
    -> Result
  {
    var copy = string
    return try copy.withUTF8 { try body(UnsafeRawBufferPointer($0)) }
  }
}

extension Text: Hashable {
  /// Whether both have the same bytes.
  @inlinable
  public static func == (left: Text, right: Text) -> Bool {
    left.isSame(as: right) || left.hasBytes(of: right)
  }

  /// Whether both are the same words in memory, and so the same text.
  ///
  /// They are the same storage, or the same few bytes in place of storage. Fields of one record
  /// mostly are.
  @inlinable
  public func isSame(as other: Text) -> Bool {
    unsafeBitCast(string, to: SIMD2<UInt64>.self)
      == unsafeBitCast(other.string, to: SIMD2<UInt64>.self)
  }

  @usableFromInline
  func hasBytes(of other: Text) -> Bool {
    guard string.utf8.count == other.string.utf8.count else { return false }
    return withBytes { left in other.withBytes { Self.sameBytes(left, $0) } }
  }

  /// Compares word by word: columns of long texts that differ only in their ends are common.
  private static func sameBytes(
    _ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer
  ) -> Bool {
    var offset = 0
    while offset + 8 <= left.count {
      guard
        left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
          == right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      else { return false }
      offset += 8
    }
    while offset < left.count {
      guard left[offset] == right[offset] else { return false }
      offset += 1
    }
    return true
  }

  /// Hashes the bytes and an end that no text holds.
  public func hash(into hasher: inout Hasher) {
    withBytes { hasher.combine(bytes: $0) }
    hasher.combine(UInt8(0xFF))  // ends the text, so that ("a", "bc") and ("ab", "c") differ
  }
}

extension Text: Comparable {
  /// Orders by bytes, a text before what it begins.
  public static func < (left: Text, right: Text) -> Bool {
    if left.isSame(as: right) { return false }
    return left.withBytes { left in right.withBytes { precedes(left, $0) } }
  }

  /// Compares word by word up to the first that differs.
  private static func precedes(
    _ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer
  ) -> Bool {
    let count = min(left.count, right.count)
    var offset = 0
    while offset + 8 <= count {
      let one = left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let other = right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      guard one == other else { return one.bigEndian < other.bigEndian }
      offset += 8
    }
    while offset < count {
      guard left[offset] == right[offset] else { return left[offset] < right[offset] }
      offset += 1
    }
    return left.count < right.count
  }
}

extension Text: ExpressibleByStringLiteral, ExpressibleByStringInterpolation,
  CustomStringConvertible
{
  /// Text of a literal.
  public init(stringLiteral value: String) { self.init(value) }
  /// The text itself.
  public var description: String { string }
}
