/// A run of letters that is looked for in either case, 32 places at a time.
///
/// Two of its letters, the ones that are rare in log text, are compared in vectors; only where
/// both are there is the whole run compared.
struct Needle: Sendable {
  private let letters: [UInt8]
  private let first: Int
  private let second: Int

  /// Whether the text is a run of ASCII letters, of either case.
  static func isUsable(_ text: [UInt8]) -> Bool {
    !text.isEmpty && text.allSatisfy { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7a }
  }

  /// - Parameter letters: lower case.
  init(_ letters: [UInt8]) {
    self.letters = letters
    // Loads reach `readAhead` beyond a block: 32 places and an offset below 64.
    let byRarity = letters.indices.prefix(64).sorted {
      let (left, right) = (Self.frequency(letters[$0]), Self.frequency(letters[$1]))
      return (left, $0) < (right, $1)
    }
    first = byRarity[0]
    second = byRarity.first { letters[$0] != letters[byRarity[0]] } ?? byRarity[0]
  }

  /// The place of a letter in the order from rare to frequent in JSON logs of AWS.
  private static func frequency(_ letter: UInt8) -> Int {
    let rareFirst = Array("qjxzkvwhyfgblpmducoirsntae".utf8)
    return rareFirst.firstIndex(of: letter) ?? 0
  }

  /// Where the needle begins first in `start..<end` and ends there too; `end` where nowhere.
  func next(in base: UnsafeRawPointer, from start: Int, to end: Int) -> Int {
    let (rare, other) = (Block(repeating: letters[first]), Block(repeating: letters[second]))
    let last = end - letters.count
    var index = start
    while index <= last {
      let left = Words.folded(base + index + first).lanes(equalTo: rare)
      let right = Words.folded(base + index + second).lanes(equalTo: other)
      if left.hasCommonBit(with: right),
        let place = firstPlace(base, from: index, to: min(index + 31, last))
      {
        return place
      }
      index += 32
    }
    return end
  }

  private func firstPlace(_ base: UnsafeRawPointer, from: Int, to: Int) -> Int? {
    var index = from
    while index <= to {
      if isHere(base + index) { return index }
      index += 1
    }
    return nil
  }

  @inline(__always)
  private func isHere(_ place: UnsafeRawPointer) -> Bool {
    guard place.load(fromByteOffset: first, as: UInt8.self) | 0x20 == letters[first] else {
      return false
    }
    for index in letters.indices
    where place.load(fromByteOffset: index, as: UInt8.self) | 0x20 != letters[index] {
      return false
    }
    return true
  }
}

/// Finds escapes that stand for an ASCII letter or a backslash.
///
/// `\u00([46][1-9a-fA-F]|[57][0-9aA]|5[cC])`. A string-wrapped record spells it `\\u0041`, which
/// holds the same bytes.
enum Escape {
  private static let length = 6

  /// Where such an escape begins first in `start..<end` and ends there too; else `end`.
  static func next(in base: UnsafeRawPointer, from start: Int, to end: Int) -> Int {
    let backslash = Block(repeating: 0x5c)
    let letter = Block(repeating: 0x75)
    let last = end - length
    var index = start
    while index <= last {
      let left = base.loadUnaligned(fromByteOffset: index, as: Block.self)
      let right = base.loadUnaligned(fromByteOffset: index + 1, as: Block.self)
      if ((left .== backslash) .& (right .== letter)).isAnySet {
        var place = index
        while place <= min(index + 31, last) {
          if isHere(base + place) { return place }
          place += 1
        }
      }
      index += 32
    }
    return end
  }

  private static func isHere(_ place: UnsafeRawPointer) -> Bool {
    let bytes = UnsafeRawBufferPointer(start: place, count: length)
    guard bytes[0] == 0x5c, bytes[1] == 0x75, bytes[2] == 0x30, bytes[3] == 0x30 else {
      return false
    }
    let digit = bytes[5]
    let isLetter = digit | 0x20 >= 0x61 && digit | 0x20 <= 0x66
    let isDecimal = digit >= 0x30 && digit <= 0x39
    switch bytes[4] {
    case 0x34, 0x36: return isLetter || (isDecimal && digit != 0x30)
    case 0x35: return isDecimal || digit | 0x20 == 0x61 || digit | 0x20 == 0x63
    case 0x37: return isDecimal || digit | 0x20 == 0x61
    default: return false
    }
  }
}

typealias Block = SIMD32<UInt8>

/// The same 32 bytes as words.
///
/// `|` and `&` of vectors and masks may become a loop over the lanes (80 MB/s were seen); those of
/// single words never do.
private typealias Words = SIMD4<UInt64>

extension Words {
  /// 32 bytes with the bit set that tells lower-case letters from upper-case ones.
  @inline(__always)
  fileprivate static func folded(_ place: UnsafeRawPointer) -> Words {
    let words = place.loadUnaligned(as: Words.self)
    let bit: UInt64 = 0x2020_2020_2020_2020
    return Words(words[0] | bit, words[1] | bit, words[2] | bit, words[3] | bit)
  }

  /// All bits of each byte that is that one.
  @inline(__always)
  fileprivate func lanes(equalTo block: Block) -> Words {
    unsafeBitCast(unsafeBitCast(self, to: Block.self) .== block, to: Words.self)
  }

  @inline(__always)
  fileprivate func hasCommonBit(with other: Words) -> Bool {
    (self[0] & other[0]) | (self[1] & other[1]) | (self[2] & other[2]) | (self[3] & other[3]) != 0
  }
}

extension SIMDMask where Storage == SIMD32<Int8> {
  /// Whether any lane is true; the library's own `any` looks at each lane in turn.
  @inline(__always)
  var isAnySet: Bool {
    let words = unsafeBitCast(self, to: SIMD4<UInt64>.self)
    return words[0] | words[1] | words[2] | words[3] != 0
  }
}
