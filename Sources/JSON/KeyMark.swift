/// What a lookup compares before it compares keys: 24 bits of a hash, and what kind of bytes.
///
/// The hash is cheap and not keyed: it only spares comparisons, and objects of many members are
/// checked for duplicates by the standard library's seeded hash.
struct KeyMark {
  /// In the upper 24 bits; the low byte is zero.
  var hash: UInt32
  var isASCII: Bool
  /// Whether the key holds a dot or a brace, which a path writes between keys, or nothing at all.
  var joins: Bool

  static let hashMask: UInt32 = 0xFFFF_FF00
  private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15
  private static let highBits: UInt64 = 0x8080_8080_8080_8080

  init(_ key: UnsafeBufferPointer<UInt8>) {
    let raw = UnsafeRawBufferPointer(key)
    let count = raw.count
    var mixed = UInt64(count)
    var bits: UInt64 = 0
    var marks: UInt64 = 0
    func take(_ word: UInt64) {
      bits |= word
      marks |= zeroBytes(word ^ repeated(UInt8(ascii: "."))) | zeroBytes(word ^ repeated(0x7B))
      mixed = (mixed ^ word) &* KeyMark.multiplier
      mixed ^= mixed >> 29
    }
    if count >= 8 {
      var offset = 0
      while offset + 8 < count {
        take(raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        offset += 8
      }
      take(raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self))
    } else if count >= 4 {
      let low = UInt64(raw.loadUnaligned(fromByteOffset: 0, as: UInt32.self))
      let high = UInt64(raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
      take(low | high << 32)
    } else if count > 0 {
      take(UInt64(raw[0]) | UInt64(raw[count / 2]) << 8 | UInt64(raw[count - 1]) << 16)
    }
    hash = UInt32(truncatingIfNeeded: (mixed &* KeyMark.multiplier) >> 32) & KeyMark.hashMask
    isASCII = bits & KeyMark.highBits == 0
    joins = marks != 0 || count == 0
  }
}

/// A word of eight times that byte.
@inline(__always) func repeated(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

/// Non-zero where a byte of the word is zero: the lowest set bit is in the first zero byte.
@inline(__always) func zeroBytes(_ word: UInt64) -> UInt64 {
  (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
}
