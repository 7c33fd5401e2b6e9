package import CellGrid
import SafeText

extension Frame {
  /// The frame as lines of text with colours: no control sequence but SGR, each line ending plain.
  package nonisolated func ansi(_ theme: Theme, at depth: ColourDepth) -> String {
    let codes = CellRole.allCases.map { sgr(theme.style($0, at: depth), depth) }
    var text = ""
    for y in 0..<size.height {
      var role: CellRole?
      for x in 0..<size.width where !self[x, y].isContinuation {
        let cell = self[x, y]
        if cell.role != role {
          text += codes[Int(cell.role.rawValue)]
          role = cell.role
        }
        cell.glyph.write(to: &text)
      }
      text += "\u{1B}[0m\n"
    }
    return text
  }
}

/// The sequence that sets a style whatever was set before.
private nonisolated func sgr(_ style: Theme.TerminalStyle, _ depth: ColourDepth) -> String {
  var codes = [0]
  if style.emphasis.contains(.bold) { codes.append(1) }
  if style.emphasis.contains(.dim) { codes.append(2) }
  if style.emphasis.contains(.underline) { codes.append(4) }
  if style.emphasis.contains(.reverse) { codes.append(7) }
  for (colour, plane) in [(style.foreground, 30), (style.ground, 40)] {
    guard let colour else { continue }
    switch depth {
    case .direct: codes += [plane + 8, 2, colour >> 16, colour >> 8 & 255, colour & 255]
    case .palette: codes += [plane + 8, 5, colour]
    case .ansi, .mono: codes.append(plane + colour)
    }
  }
  return "\u{1B}[" + codes.map(String.init).joined(separator: ";") + "m"
}
