import SafeText

/// Where a line is broken: at a space where there is one, else where the row ends.
struct LineBreak {
  /// Cells that there are left in the row.
  let width: Int
  let kind: SafeText.Kind
  let repertoire: SafeText.Repertoire
  /// The row is empty yet: what has no space in it is cut rather than put off for ever.
  let isWhole: Bool

  /// As much of a text's beginning as the row holds; empty where it holds nothing of it.
  func head(of text: Substring) -> Substring {
    guard width > 0 else { return text.prefix(0) }
    var space: Substring.Index?
    var used = 0
    var marks = 0
    for index in text.unicodeScalars.indices {
      let scalar = text.unicodeScalars[index]
      if scalar == " " { space = index }
      // By scalars, not by characters: one character can be a megabyte.
      let isMark = scalar.value >= 0x300 && scalar.properties.generalCategory == .nonspacingMark
      marks = isMark ? marks + 1 : 0
      if marks == 0 || marks > Glyph.mostMarks {
        used += SafeText.width(of: String(scalar), as: kind, in: repertoire)
      }
      guard used > width else { continue }
      if let space { return text[..<space] }
      guard isWhole else { return text.prefix(0) }
      let end = index == text.startIndex ? text.unicodeScalars.index(after: index) : index
      return text[..<end]
    }
    return text
  }
}
