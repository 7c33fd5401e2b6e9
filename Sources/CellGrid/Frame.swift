package import SafeText

/// A whole screen of cells.
///
/// `put` is the only way to a cell, and it neutralises what it is given.
package struct Frame: Equatable, Sendable {
  package let size: Size
  package let repertoire: SafeText.Repertoire
  /// Where the terminal's cursor stands; nil hides it.
  package var cursor: Point?
  /// Row after row.
  private var cells: [Cell]

  package init(_ size: Size, repertoire: SafeText.Repertoire = .unicode) {
    self.size = size
    self.repertoire = repertoire
    cells = Array(repeating: .blank, count: size.width * size.height)
  }

  package var bounds: Rect { Rect(x: 0, y: 0, width: size.width, height: size.height) }

  package subscript(x: Int, y: Int) -> Cell { cells[y * size.width + x] }

  /// Writes a text from a point to the right, neutralised, and gives back the cells it takes.
  ///
  /// With a `width` a longer text is cut there and ends with `…`. Nothing is written beyond `clip`;
  /// nothing marks that cut, but a wide glyph that would straddle it becomes `>`.
  @discardableResult
  package mutating func put(
    _ text: String, at point: Point, width: Int = .max, role: CellRole = .text,
    kind: SafeText.Kind = .identity, clip: Rect? = nil
  ) -> Int {
    let clip = clip.map { $0.intersection(bounds) } ?? bounds
    guard width > 0, point.y >= clip.y, point.y < clip.bottom, point.x < clip.right else {
      return 0
    }
    let end = width < clip.right - point.x ? point.x + width : clip.right
    if width == .max || text.utf8.count <= width,
      let taken = putPlain(text, at: point, role: role, clip: clip)
    {
      return taken
    }
    if width < .max {
      var x = point.x
      for glyph in SafeText.fittedGlyphs(text, to: width, as: kind, in: repertoire) {
        guard x < end else { break }
        set(glyph, x, point.y, role, clip)
        x += Int(glyph.width)
      }
      return x - point.x
    }
    var x = point.x
    var glyphs = Glyphs(text, as: kind, in: repertoire)
    while x < end, let glyph = glyphs.next() {
      set(glyph, x, point.y, role, clip)
      x += Int(glyph.width)
    }
    return x - point.x
  }

  /// Gives cells another role, as a selected line does; neutralised notations keep theirs.
  package mutating func paint(_ rect: Rect, role: CellRole) {
    let rect = rect.intersection(bounds)
    for y in rect.y..<max(rect.y, rect.bottom) {
      for index in (y * size.width + rect.x)..<(y * size.width + rect.right) {
        cells[index].role = role
      }
    }
  }

  /// Writes printable ASCII, most of every screen: a byte is a cell; nil for any other text.
  private mutating func putPlain(
    _ text: String, at point: Point, role: CellRole, clip: Rect
  ) -> Int? {
    guard SafeText.isPlain(text) else { return nil }
    let row = point.y * size.width
    var x = point.x
    for byte in text.utf8 {
      guard x < clip.right else { break }
      if x >= clip.x {
        parted(x, row)
        cells[row + x] = Cell(glyph: .ascii(byte), role: role, isContinuation: false)
      }
      x += 1
    }
    return x - point.x
  }

  private mutating func set(_ glyph: Glyph, _ x: Int, _ y: Int, _ role: CellRole, _ clip: Rect) {
    let row = y * size.width
    let role = glyph.isNotation ? .neutralised : role
    if glyph.width == 2, x < clip.x || x + 1 >= clip.right {
      let edge = x < clip.x ? x + 1 : x
      guard edge >= clip.x, edge < clip.right else { return }
      parted(edge, row)
      cells[row + edge] = Cell(
        glyph: .ascii(UInt8(ascii: ">")), role: .neutralised, isContinuation: false)
      return
    }
    guard x >= clip.x else { return }
    parted(x, row)
    cells[row + x] = Cell(glyph: glyph, role: role, isContinuation: false)
    guard glyph.width == 2 else { return }
    parted(x + 1, row)
    cells[row + x + 1] = Cell(glyph: .blank, role: role, isContinuation: true)
  }

  /// Blanks what is left of a wide glyph of which the cell at `x` is about to be overwritten.
  private mutating func parted(_ x: Int, _ row: Int) {
    let cell = cells[row + x]
    if cell.isContinuation {
      cells[row + x - 1].glyph = .blank
    } else if cell.glyph.width == 2, x + 1 < size.width {
      cells[row + x + 1] = Cell(glyph: .blank, role: cell.role, isContinuation: false)
    }
  }
}

extension Frame {
  /// A stretch of cells in one row that differ from an older frame.
  package struct Change: Equatable, Sendable {
    package var y: Int
    package var columns: Range<Int>
  }

  /// What must be drawn to turn a terminal that shows `old` into this frame.
  ///
  /// Everything, where the size differs. A change never begins or ends within a wide glyph.
  package func changes(from old: Frame?) -> [Change] {
    guard let old, old.size == size else {
      return (0..<size.height).map { Change(y: $0, columns: 0..<size.width) }
    }
    var changes: [Change] = []
    for y in 0..<size.height {
      let row = y * size.width
      var x = 0
      while x < size.width {
        guard cells[row + x] != old.cells[row + x] else {
          x += 1
          continue
        }
        var start = x
        while x < size.width, cells[row + x] != old.cells[row + x] { x += 1 }
        while start > 0, cells[row + start].isContinuation || old.cells[row + start].isContinuation
        {
          start -= 1
        }
        while x < size.width, cells[row + x].isContinuation || old.cells[row + x].isContinuation {
          x += 1
        }
        changes.append(Change(y: y, columns: start..<x))
      }
    }
    return changes
  }
}
