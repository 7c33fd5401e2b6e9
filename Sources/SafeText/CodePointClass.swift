/// How a code point is shown.
enum CodePointClass: Equatable {
  /// As itself, in one cell or in two.
  case narrow, wide
  /// A combining mark: with the glyph before it, by number where there is none.
  case mark
  /// C0 and DEL: `^[`.
  case control
  /// By number, `<202E>`: C1, bidirectional controls, invisible, private, unassigned, ...
  case numbered
  case oddSpace

  init(_ scalar: Unicode.Scalar) {
    let value = scalar.value
    if value < 0x7F {
      self = value < 0x20 ? .control : .narrow
    } else if value == 0x7F {
      self = .control
    } else if value < 0x300 {
      // Every code point from U+00A1 up to here is an assigned letter or sign, but for the hyphen.
      self = value <= 0x9F || value == 0xAD ? .numbered : value == 0xA0 ? .oddSpace : .narrow
    } else if value >= 0x2500, value <= 0x25A0 {
      self = .narrow  // lines, blocks and bars: most of what is put beyond ASCII
    } else {
      self = Self.beyondLatin(scalar)
    }
  }

  private static func beyondLatin(_ scalar: Unicode.Scalar) -> CodePointClass {
    let value = scalar.value
    if contains(oddSpaces, value) { return .oddSpace }
    if contains(numberedRanges, value) || value & 0xFFFE == 0xFFFE { return .numbered }
    let properties = scalar.properties
    // A terminal's own table may not know what is newer, and then would disagree on the width.
    guard let age = properties.age, age.major <= newestMajor else { return .numbered }
    switch properties.generalCategory {
    case .nonspacingMark: return .mark
    case .enclosingMark, .control, .format, .surrogate, .privateUse, .unassigned,
      .lineSeparator, .paragraphSeparator:
      return .numbered
    default: return isWide(value) ? .wide : .narrow
    }
  }

  /// Unicode's version whose code points are shown; the width table is of this version.
  private static let newestMajor = 14
}

private let oddSpaces: [ClosedRange<UInt32>] = [
  0x1680...0x1680, 0x2000...0x200A, 0x202F...0x202F, 0x205F...0x205F, 0x2800...0x2800,
  0x3000...0x3000,
]

/// Shown by number although their general category alone does not ask for it: default-ignorable
/// letters and marks, conjoining vowels and finals, and the parts of emoji sequences.
private let numberedRanges: [ClosedRange<UInt32>] = [
  0x034F...0x034F, 0x115F...0x11FF, 0x17B4...0x17B5, 0x180B...0x180F, 0x200B...0x200F,
  0x2028...0x202E, 0x2060...0x206F, 0x20DD...0x20E0, 0x20E2...0x20E4, 0x3164...0x3164,
  0xD7B0...0xD7FF, 0xE000...0xF8FF, 0xFDD0...0xFDEF, 0xFE00...0xFE0F, 0xFEFF...0xFEFF,
  0xFFA0...0xFFA0, 0xFFF0...0xFFFB, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A,
  0x1F1E6...0x1F1FF, 0x1F3FB...0x1F3FF, 0xE0000...0xE0FFF, 0xF0000...0x10FFFF,
]

/// Whether the sorted, disjoint ranges hold the value.
func contains(_ ranges: [ClosedRange<UInt32>], _ value: UInt32) -> Bool {
  var low = 0
  var high = ranges.count
  while low < high {
    let middle = (low + high) / 2
    if value > ranges[middle].upperBound {
      low = middle + 1
    } else if value < ranges[middle].lowerBound {
      high = middle
    } else {
      return true
    }
  }
  return false
}
