extension Canvas {
  /// Draws a border round a rectangle, its title and what stands beside it in the upper line, and
  /// a note at the right of the lower line: `╭ Findings ── 806 open ───╮`.
  package mutating func box(
    _ rect: Rect, title: String = "", detail: [String] = [], note: String = "",
    isFocused: Bool = false
  ) {
    guard rect.width >= 2, rect.height >= 2 else { return }
    let role: CellRole = isFocused ? .borderFocused : .border
    let lines = isASCII ? Lines.ascii : Lines.round
    let across = String(repeating: lines.across, count: rect.width - 2)
    put(lines.topLeft + across + lines.topRight, x: rect.x, y: rect.y, role: role)
    for y in (rect.y + 1)..<max(rect.y + 1, rect.bottom - 1) {
      put(lines.down, x: rect.x, y: y, role: role)
      put(lines.down, x: rect.right - 1, y: y, role: role)
    }
    put(lines.bottomLeft + across + lines.bottomRight, x: rect.x, y: rect.bottom - 1, role: role)
    within(Rect(x: rect.x + 1, y: rect.y, width: rect.width - 2, height: rect.height)) { inner in
      inner.caption(title, detail, isFocused: isFocused)
      inner.footnote(note, y: rect.height - 1)
    }
  }

  private mutating func caption(_ title: String, _ detail: [String], isFocused: Bool) {
    guard !title.isEmpty, width >= 4 else { return }
    put(" ", x: 0, y: 0)
    var x = 1 + put(title, x: 1, y: 0, width: width - 2, role: isFocused ? .title : .text)
    let dashes = isASCII ? " -- " : " ── "
    for part in detail where !part.isEmpty {
      guard x + dashes.count + 6 <= width - 2 else { break }
      x += put(dashes, x: x, y: 0, role: isFocused ? .borderFocused : .border)
      x += put(part, x: x, y: 0, width: width - 2 - x, role: .muted)
    }
    put(" ", x: x, y: 0)
  }

  private mutating func footnote(_ note: String, y: Int) {
    guard !note.isEmpty, width >= 8 else { return }
    put(" " + note + " ", right: width - 1, y: y, width: width - 2, role: .muted)
  }
}

/// The pieces of a border.
private struct Lines {
  let topLeft: String
  let topRight: String
  let bottomLeft: String
  let bottomRight: String
  let across: String
  let down: String

  static let round = Lines(
    topLeft: "╭", topRight: "╮", bottomLeft: "╰", bottomRight: "╯", across: "─", down: "│")
  static let ascii = Lines(
    topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+", across: "-", down: "|")
}
