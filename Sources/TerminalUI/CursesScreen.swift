import CTerminal
package import CellGrid
import Interface
import SafeText

/// The terminal while curses has it: shows frames, reads keys.
///
/// There is at most one, as there is one terminal.
package final class CursesScreen {
  package let profile: TerminalProfile
  /// Seconds that a terminal may take nothing before the program ends.
  private let patience: UInt32
  private let hasMouse: Bool
  /// Nil while the terminal's own colours are shown.
  private var theme: Theme?
  /// By role: the attributes of `ct_put`.
  private var attributes: [UInt32] = []
  private var shown: Frame?

  package init(
    _ profile: TerminalProfile, patience: UInt32, mouse: Bool = false
  ) throws(TerminalProblem) {
    self.profile = profile
    self.patience = patience
    hasMouse = mouse
    guard ct_open(profile.terminal, profile.depth != .mono, mouse) else {
      throw .unknown(terminal: profile.terminal)
    }
    takeStyles()
  }

  package func close() { ct_close() }

  package var size: Size { Size(width: Int(ct_columns()), height: Int(ct_rows())) }

  /// Whether the terminal takes output now.
  package var isWritable: Bool { ct_is_writable() }

  /// Takes a new size of the terminal over; true where there was one.
  package func followSize() -> Bool { ct_follow_size() }

  /// Shows a frame: what differs from the last one is sent.
  ///
  /// - Returns: whether anything differs.
  package func show(_ frame: Frame, theme: Theme?) -> Bool {
    if theme != self.theme {
      self.theme = theme
      takeStyles()
      shown = nil
    }
    if shown?.size != frame.size { ct_repaint() }
    let changes = frame.changes(from: shown)
    let isDifferent = shown == nil || !changes.isEmpty || shown?.cursor != frame.cursor
    for change in changes { put(change, of: frame) }
    let cursor = frame.cursor ?? Point(x: -1, y: -1)
    ct_set_cursor(CInt(cursor.y), CInt(cursor.x))
    if isDifferent { ct_refresh(patience) }
    shown = frame
    return isDifferent
  }

  /// Has the next frame sent whole, whatever the terminal shows.
  package func repaint() {
    shown = nil
    ct_repaint()
  }

  /// Gives the terminal to the shell until the process is continued.
  package func suspend() {
    ct_suspend()
    shown = nil
  }

  /// Takes the terminal again after the process was stopped from outside.
  package func resume() {
    ct_resume()
    shown = nil
  }

  /// The next thing read from the keyboard, if any.
  package func nextInput() -> KeyDecoder.Input? {
    var code: UInt32 = 0
    return switch ct_next_key(&code) {
    case 0: .scalar(code)
    case 1 where hasMouse && code == UInt32(CT_KEY_MOUSE): nextClick()
    case 1: .code(code)
    default: nil
    }
  }

  /// What the mouse did; a code that means nothing where that does not matter.
  private func nextClick() -> KeyDecoder.Input {
    var row: CInt = 0
    var column: CInt = 0
    let place = { Point(x: Int(column), y: Int(row)) }
    return switch ct_next_click(&row, &column) {
    case 1: .pointer(.press, place())
    case 2: .pointer(.wheelUp, place())
    case 3: .pointer(.wheelDown, place())
    default: .code(UInt32(CT_KEY_NOTHING))
    }
  }

  private func put(_ change: Frame.Change, of frame: Frame) {
    for x in change.columns {
      let cell = frame[x, change.y]
      guard !cell.isContinuation else { continue }
      let glyph = cell.glyph
      // Not an array: this runs for every cell of every frame.
      withUnsafeTemporaryAllocation(of: wchar_t.self, capacity: 6) { text in
        text[0] = wchar_t(glyph.base)
        text[1] = wchar_t(glyph.first)
        text[2] = wchar_t(glyph.second)
        text[3] = wchar_t(glyph.third)
        text[4] = wchar_t(glyph.fourth)
        text[5] = 0
        ct_put(
          CInt(change.y), CInt(x), text.baseAddress, CInt(glyph.width),
          attributes[Int(cell.role.rawValue)], pair(of: cell.role))
      }
    }
  }

  /// Tells curses what the roles look like now.
  private func takeStyles() {
    guard let theme else {
      attributes = Array(repeating: 0, count: CellRole.allCases.count)
      return ct_set_ground(0)
    }
    attributes = CellRole.allCases.map { role in
      let style = theme.style(role, at: profile.depth)
      if profile.depth != .mono {
        _ = ct_define_pair(
          pair(of: role), terminalNumber(style.foreground), terminalNumber(style.ground))
      }
      return UInt32(style.emphasis.rawValue)
    }
    ct_set_ground(pair(of: .text))
  }

  private func pair(of role: CellRole) -> CInt {
    profile.depth == .mono || theme == nil ? 0 : CInt(role.rawValue) + 1
  }

  /// Colours of a direct terminal below 8 are its own named ones: nearly black takes their place.
  private func terminalNumber(_ colour: Int?) -> CInt {
    guard let colour else { return -1 }
    return CInt(profile.depth == .direct ? max(colour, 8) : colour)
  }
}
