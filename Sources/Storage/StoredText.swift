/// Text as SQLite's text functions can hold it: without NUL, at which they stop reading.
///
/// A NUL of a log becomes U+10FFFE U+10FFFF, a U+10FFFE is doubled: two noncharacters that hardly
/// occur, in a form that is undone exactly, so that `a` and `a`, NUL, `b` stay two names.
enum StoredText {
  private static let escape: Unicode.Scalar = "\u{10FFFE}"
  private static let null: Unicode.Scalar = "\u{10FFFF}"

  static func encode(_ string: String) -> String {
    guard string.utf8.contains(where: { $0 == 0 || $0 == 0xf4 }) else { return string }
    var result = String.UnicodeScalarView()
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\0": result.append(contentsOf: [escape, null])
      case escape: result.append(contentsOf: [escape, escape])
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  static func decode(_ string: String) -> String {
    guard string.utf8.contains(0xf4) else { return string }
    var result = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in string.unicodeScalars {
      if isEscaped {
        result.append(scalar == null ? "\0" : scalar)
        isEscaped = false
      } else if scalar == escape {
        isEscaped = true
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}
