import SafeText

extension Frame {
  /// What can be read: a line for each row, without blanks at its end.
  package var textPlane: String { plane { $0.isContinuation ? "" : shown($0) } }

  /// The letter of each cell's role, without those of `text` at the end of a row.
  package var rolePlane: String {
    (0..<size.height).map { y in
      trimmed(String((0..<size.width).map { self[$0, y].role.letter }), of: ".")
    }.joined(separator: "\n")
  }

  /// Both planes and the roles that occur, as golden files hold them.
  package var golden: String {
    let used = Set((0..<size.height).flatMap { y in (0..<size.width).map { self[$0, y].role } })
    let legend = CellRole.allCases.filter { used.contains($0) }.map { "\($0.letter)=\($0)" }
    return """
      \(size.width)x\(size.height)
      \(textPlane)
      --- roles  \(legend.joined(separator: " "))
      \(rolePlane)

      """
  }

  private func plane(_ text: (Cell) -> String) -> String {
    (0..<size.height).map { y in
      trimmed((0..<size.width).map { text(self[$0, y]) }.joined(), of: " ")
    }.joined(separator: "\n")
  }

  private func shown(_ cell: Cell) -> String {
    var text = ""
    cell.glyph.write(to: &text)
    return text
  }

  private func trimmed(_ line: String, of character: Character) -> String {
    var line = line
    while line.last == character { line.removeLast() }
    return line
  }
}
