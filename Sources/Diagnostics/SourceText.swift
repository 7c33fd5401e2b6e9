/// A text that problems are reported in: a file, or a part of one such as the `search: |-` of a
/// rule, whose offsets lead back to the file's lines.
package struct SourceText: Equatable, Sendable {
  /// What to call it: a path as the user gave it, `macros.yml`, `(filter)`.
  package var name: String
  /// The text that is parsed; spans are UTF-8 offsets in it.
  package var text: String
  /// The whole file, where `text` is only a part of it.
  package var file: String
  /// For each line of `text`, where that line starts in `file`, as a UTF-8 offset.
  ///
  /// A block scalar's indentation is left out of `text`, so each line has its own distance.
  package var lineStarts: [Int]

  package init(name: String, text: String) {
    self.name = name
    self.text = text
    file = text
    lineStarts = Self.startsOfLines(text)
  }

  package init(name: String, text: String, file: String, lineStarts: [Int]) {
    self.name = name
    self.text = text
    self.file = file
    self.lineStarts = lineStarts
  }

  static func startsOfLines(_ text: String) -> [Int] {
    var starts = [0]
    for (offset, byte) in text.utf8.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(offset + 1)
    }
    return starts
  }
}
