internal import Glibc

/// Finds where a JSON value ends, over bytes that may come in pieces.
///
/// It knows strings, escapes and kinds of bracket, not the grammar: `{"a" 1}` passes, a string
/// followed by text (as a missing quote makes it) or `{]` does not.
package struct JSONSkimmer {
  /// What a piece of text came to.
  package enum Outcome: Equatable {
    /// The value ends before this index.
    case ended(Int)
    /// The text ends inside the value; go on with the next piece.
    case more
    /// No value can have this byte here.
    case broken(Int)
  }

  /// Values nested deeper than this are broken.
  package static let depthLimit = 512

  private enum Place { case start, between, string, afterString, scalar }

  private var place = Place.start
  private var depth = 0
  /// The kinds of the innermost 64 brackets, the last in bit 0; 1 for `[`.
  private var kinds: UInt64 = 0
  /// Whether `kinds` has lost brackets: then closing ones are counted, not compared.
  private var isDeep = false
  /// Whether a piece ended inside an escape sequence.
  private var isEscaped = false

  package init() {}

  /// Goes on from `index`, which is the start of the value or of its next piece.
  package mutating func scan(_ bytes: UnsafeRawBufferPointer, from index: Int) -> Outcome {
    var index = index
    while index < bytes.count {
      switch place {
      case .start:
        if let outcome = begin(bytes[index], at: index) { return outcome }
        index += 1
      case .between:
        if let outcome = structure(bytes, &index) { return outcome }
      case .string:
        guard let close = endOfString(bytes, from: index) else { return .more }
        index = close + 1
        if depth == 0 { return .ended(index) }
        place = .afterString
      case .afterString:
        guard Self.canFollowString(bytes[index]) else { return .broken(index) }
        place = .between
      case .scalar:
        let byte = bytes[index]
        if byte <= 0x20 || byte == 0x2c || byte | 0x20 == 0x7d { return .ended(index) }
        index += 1
      }
    }
    return .more
  }

  private mutating func begin(_ byte: UInt8, at index: Int) -> Outcome? {
    switch byte {
    case 0x22: place = .string
    case 0x7b, 0x5b:
      place = .between
      _ = open(byte)
    case 0x2c, 0x3a, 0x5d, 0x7d: return .broken(index)
    default: place = .scalar
    }
    return nil
  }

  /// Outside strings, until the next one begins or the value ends.
  private mutating func structure(_ bytes: UnsafeRawBufferPointer, _ index: inout Int) -> Outcome? {
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x22 {
        // The usual string begins and ends here, without a turn through the states.
        guard let close = endOfString(bytes, from: index + 1) else {
          place = .string
          index = bytes.count
          return nil
        }
        index = close + 1
        guard index < bytes.count else {
          place = .afterString
          return nil
        }
        guard Self.canFollowString(bytes[index]) else { return .broken(index) }
        continue
      }
      // Brackets differ from braces in one bit; nothing else comes out as { or }.
      if byte | 0x20 == 0x7b {
        guard open(byte) else { return .broken(index) }
      } else if byte | 0x20 == 0x7d {
        guard close(byte) else { return .broken(index) }
        if depth == 0 {
          index += 1
          return .ended(index)
        }
      }
      index += 1
    }
    return nil
  }

  private mutating func open(_ byte: UInt8) -> Bool {
    depth += 1
    if depth > 64 { isDeep = true }
    kinds = kinds << 1 | (byte == 0x5b ? 1 : 0)
    return depth <= Self.depthLimit
  }

  private mutating func close(_ byte: UInt8) -> Bool {
    depth -= 1
    let matches = kinds & 1 == (byte == 0x5d ? 1 : 0)
    kinds >>= 1
    return matches || isDeep
  }

  /// The closing quote of the string that `start` is in; nil, with the escape kept, if not here.
  private mutating func endOfString(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard start < bytes.count, let base = bytes.baseAddress else { return nil }
    var from = start
    if isEscaped {
      isEscaped = false
      from += 1
    }
    let first = from
    while from < bytes.count {
      guard let found = memchr(base + from, 0x22, bytes.count - from) else { break }
      let quote = UnsafeRawPointer(found) - base
      if Self.backslashes(bytes, before: quote, from: first) & 1 == 0 { return quote }
      from = quote + 1
    }
    isEscaped = Self.backslashes(bytes, before: bytes.count, from: first) & 1 == 1
    return nil
  }

  @inline(__always)
  private static func backslashes(
    _ bytes: UnsafeRawBufferPointer, before end: Int, from start: Int
  ) -> Int {
    var index = end
    while index > start, bytes[index - 1] == 0x5c { index -= 1 }
    return end - index
  }

  @inline(__always)
  private static func canFollowString(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == 0x2c || byte == 0x3a || byte | 0x20 == 0x7d
  }
}
