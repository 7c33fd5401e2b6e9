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

  init(_ key: UnsafeBufferPointer<UInt8>) {
    let raw = UnsafeRawBufferPointer(key)
    var words = Words()
    var offset = 0
    while offset + 8 <= raw.count {
      words.take(UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
      offset += 8
    }
    if offset < raw.count {
      var last: UInt64 = 0
      for place in (offset..<raw.count).reversed() { last = last << 8 | UInt64(raw[place]) }
      words.take(last)
    }
    self = words.mark(ofLength: raw.count)
  }

  private init(hash: UInt32, isASCII: Bool, joins: Bool) {
    self.hash = hash
    self.isASCII = isASCII
    self.joins = joins
  }

  /// What the words of a key have come to, eight bytes each, the last one filled with zeros.
  struct Words {
    private var mixed: UInt64 = 0
    private var bits: UInt64 = 0
    private var marks: UInt64 = 0

    private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    @inline(__always) mutating func take(_ word: UInt64) {
      bits |= word
      marks |= zeroBytes(word ^ repeated(UInt8(ascii: "."))) | zeroBytes(word ^ repeated(0x7B))
      mixed = (mixed ^ word) &* Words.multiplier
      mixed ^= mixed >> 29
    }

    @inline(__always) func mark(ofLength count: Int) -> KeyMark {
      let hash = (mixed ^ UInt64(truncatingIfNeeded: count)) &* Words.multiplier
      return KeyMark(
        hash: UInt32(truncatingIfNeeded: hash >> 32) & KeyMark.hashMask,
        isASCII: bits & Words.highBits == 0, joins: marks != 0 || count == 0)
    }
  }
}

/// A word of eight times that byte.
@inline(__always) func repeated(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

/// Non-zero where a byte of the word is zero: the lowest set bit is in the first zero byte.
@inline(__always) func zeroBytes(_ word: UInt64) -> UInt64 {
  (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
}
