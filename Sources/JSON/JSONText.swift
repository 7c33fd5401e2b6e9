/// The text that the bytes of a JSON string stand for.
enum JSONText {
  /// The text of a string or a key on a tape.
  static func decode(_ node: JSONNode, of bytes: UnsafeBufferPointer<UInt8>) -> String {
    decode(UnsafeBufferPointer(rebasing: bytes[node.range]), isEscaped: node.isCoded)
  }

  /// The text between the quotes of a string whose escapes the parser has found well-formed.
  ///
  /// Ill-formed UTF-8 becomes U+FFFD, one for each maximal subpart. The escape of a surrogate
  /// without its other half stays what it was: `\ud800`, in lower case.
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>, isEscaped: Bool) -> String {
    guard isEscaped else { return String(decoding: bytes, as: UTF8.self) }
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      guard byte == UInt8(ascii: "\\") else {
        decoded.append(byte)
        index += 1
        continue
      }
      let unit = escape(in: bytes, at: index)
      index += unit.length
      append(unit.scalar, to: &decoded)
    }
    return String(decoding: decoded, as: UTF8.self)
  }

  /// The code point that the escape at a backslash stands for, and how many bytes it takes; a
  /// pair of surrogates is one, a lone surrogate is itself.
  static func escape(
    in bytes: UnsafeBufferPointer<UInt8>, at backslash: Int
  ) -> (scalar: UInt32, length: Int) {
    switch bytes[backslash + 1] {
    case UInt8(ascii: "u"):
      let first = codeUnit(in: bytes, at: backslash + 2)
      let second = backslash + 6
      guard (0xD800..<0xDC00).contains(first), second + 6 <= bytes.count,
        bytes[second] == UInt8(ascii: "\\"), bytes[second + 1] == UInt8(ascii: "u")
      else { return (first, 6) }
      let low = codeUnit(in: bytes, at: second + 2)
      guard (0xDC00..<0xE000).contains(low) else { return (first, 6) }
      return (0x10000 + (first - 0xD800) << 10 + (low - 0xDC00), 12)
    case UInt8(ascii: "b"): return (0x08, 2)
    case UInt8(ascii: "f"): return (0x0C, 2)
    case UInt8(ascii: "n"): return (0x0A, 2)
    case UInt8(ascii: "r"): return (0x0D, 2)
    case UInt8(ascii: "t"): return (0x09, 2)
    case let other: return (UInt32(other), 2)
    }
  }

  /// Appends a code point as UTF-8; a surrogate, which has none, as its escape.
  static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
    if let scalar = Unicode.Scalar(scalar) {
      bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    } else {
      bytes.append(contentsOf: "\\u\(String(scalar, radix: 16))".utf8)
    }
  }

  /// Where the next backslash or control character is; the end where there is none.
  static func endOfPlainText(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let raw = UnsafeRawBufferPointer(bytes)
    var index = start
    while index + 8 <= bytes.count {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let controls = (word &- repeated(0x20)) & ~word & repeated(0x80)
      let hits = controls | zeroBytes(word ^ repeated(UInt8(ascii: "\\")))
      if hits != 0 { return index + hits.trailingZeroBitCount >> 3 }
      index += 8
    }
    while index < bytes.count, bytes[index] >= 0x20, bytes[index] != UInt8(ascii: "\\") {
      index += 1
    }
    return index
  }

  static func hexValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  private static func codeUnit(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> UInt32 {
    bytes[start..<start + 4].reduce(0) { $0 << 4 | (hexValue($1) ?? 0) }
  }
}

/// A decoded key that is compared, ordered and hashed by its bytes.
struct KeyText: Hashable, Comparable {
  let string: String

  init(_ string: String) { self.string = string }

  static func == (left: KeyText, right: KeyText) -> Bool {
    left.string.utf8.elementsEqual(right.string.utf8)
  }

  static func < (left: KeyText, right: KeyText) -> Bool {
    left.string.utf8.lexicographicallyPrecedes(right.string.utf8)
  }

  func hash(into hasher: inout Hasher) {
    var copy = string
    copy.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
