/// Text as SQLite's text functions can hold it: without NUL, at which they stop reading.
///
/// Two noncharacters that hardly occur, E = U+10FFFE and F = U+10FFFF, spell it: NUL is `EF`, E is
/// `EE`, F is `FF`. Undone exactly, and a pattern spelled so finds what it would find unspelled (but
/// for NUL in the text `E`, `F`).
enum StoredText {
  private static let first: Unicode.Scalar = "\u{10FFFE}"
  private static let second: Unicode.Scalar = "\u{10FFFF}"

  static func encode(_ string: String) -> String {
    guard string.utf8.contains(where: { $0 == 0 || $0 == 0xf4 }) else { return string }
    var result = String.UnicodeScalarView()
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\0": result.append(contentsOf: [first, second])
      case first, second: result.append(contentsOf: [scalar, scalar])
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  static func decode(_ string: String) -> String {
    guard string.utf8.contains(0xf4) else { return string }
    var result = String.UnicodeScalarView()
    var pending: Unicode.Scalar?
    for scalar in string.unicodeScalars {
      if let before = pending {
        result.append(before == scalar ? scalar : "\0")
        pending = nil
      } else if scalar == first || scalar == second {
        pending = scalar
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}
