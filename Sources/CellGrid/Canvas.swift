package import SafeText

/// A clipped window on a frame, with its own coordinates: what views draw in.
package struct Canvas: Sendable {
  package private(set) var frame: Frame
  /// The window in the frame's coordinates; it may reach beyond the frame.
  private var window: Rect
  /// What of the window may be written.
  private var clip: Rect

  package init(_ frame: Frame) {
    self.frame = frame
    window = frame.bounds
    clip = frame.bounds
  }

  package var width: Int { window.width }
  package var height: Int { window.height }
  package var bounds: Rect { Rect(x: 0, y: 0, width: width, height: height) }
  package var repertoire: SafeText.Repertoire { frame.repertoire }
  package var isASCII: Bool { repertoire == .ascii }

  /// Draws in a part of the window, whose upper left corner is then (0, 0).
  package mutating func within(_ rect: Rect, _ draw: (inout Canvas) -> Void) {
    let outer = (window, clip)
    window = Rect(
      x: window.x + rect.x, y: window.y + rect.y, width: rect.width, height: rect.height)
    clip = clip.intersection(window)
    draw(&self)
    (window, clip) = outer
  }

  /// Writes a text at a point and gives back the cells taken.
  ///
  /// With a `width` it is cut there and ends with `…`; without, it is cut so where the window ends.
  @discardableResult
  package mutating func put(
    _ text: String, x: Int, y: Int, width: Int? = nil, role: CellRole = .text,
    kind: SafeText.Kind = .identity
  ) -> Int {
    let room = min(width ?? .max, self.width - x)
    guard room > 0, y >= 0, y < height else { return 0 }
    let point = Point(x: window.x + x, y: window.y + y)
    return frame.put(text, at: point, width: room, role: role, kind: kind, clip: clip)
  }

  /// The text ends at the column before `right`.
  package mutating func put(
    _ text: String, right: Int, y: Int, width: Int, role: CellRole = .text
  ) {
    let taken = min(width, SafeText.width(of: text, in: repertoire))
    put(text, x: right - taken, y: y, width: taken, role: role)
  }

  /// Gives cells another role.
  package mutating func paint(_ rect: Rect, role: CellRole) {
    let moved = Rect(
      x: window.x + rect.x, y: window.y + rect.y, width: rect.width, height: rect.height)
    frame.paint(moved.intersection(clip), role: role)
  }

  /// Blanks a part of the window.
  package mutating func clear(_ rect: Rect) {
    let blank = String(repeating: " ", count: rect.width)
    for y in rect.y..<max(rect.y, rect.bottom) { put(blank, x: rect.x, y: y) }
  }

  /// Shows the terminal's cursor at a point of the window.
  package mutating func showCursor(x: Int, y: Int) {
    let point = Point(x: window.x + x, y: window.y + y)
    let cell = Rect(x: point.x, y: point.y, width: 1, height: 1)
    frame.cursor = cell.intersection(clip).isEmpty ? nil : point
  }
}
