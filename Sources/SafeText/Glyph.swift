/// What one or two cells of a terminal hold: a scalar, and at most four marks that combine with it.
///
/// A plain value of fixed size, so that a screen of cells is one flat block of memory.
package struct Glyph: Hashable, Sendable {
  /// The scalar that takes the room; the values of all fields are those of valid scalars.
  package let base: UInt32
  /// Combining marks, 0 where there is none.
  package private(set) var first: UInt32 = 0
  package private(set) var second: UInt32 = 0
  package private(set) var third: UInt32 = 0
  package private(set) var fourth: UInt32 = 0
  /// Cells: 1 or 2.
  package let width: UInt8
  /// Part of the notation of something that was not shown as itself.
  package let isNotation: Bool

  package static let mostMarks = 4

  init(base: UInt32, width: UInt8 = 1, isNotation: Bool = false) {
    self.base = base
    self.width = width
    self.isNotation = isNotation
  }

  package static let blank = Glyph(base: 0x20)

  /// A byte of printable ASCII as it is; any other is blank.
  package static func ascii(_ byte: UInt8) -> Glyph {
    byte >= 0x20 && byte < 0x7F ? Glyph(base: UInt32(byte)) : blank
  }

  /// The scalars in the order in which a terminal wants them.
  package var scalars: [Unicode.Scalar] {
    ([base] + [first, second, third, fourth].filter { $0 != 0 }).compactMap(Unicode.Scalar.init)
  }

  package func write(to text: inout String) {
    for scalar in scalars { text.unicodeScalars.append(scalar) }
  }

  /// Puts a mark on the glyph; false where it has four already.
  mutating func combine(_ mark: UInt32) -> Bool {
    if first == 0 {
      first = mark
    } else if second == 0 {
      second = mark
    } else if third == 0 {
      third = mark
    } else if fourth == 0 {
      fourth = mark
    } else {
      return false
    }
    return true
  }
}
