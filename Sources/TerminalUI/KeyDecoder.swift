import CTerminal
package import CellGrid
package import Interface

/// Makes keys of what curses reads: its numbered keys, characters, and the escape sequences that
/// its terminal description does not have.
///
/// A sequence that means nothing here is swallowed whole: its letters are no commands. Escape and a
/// key right behind it are two keys, as a slow line may bring them together.
package nonisolated struct KeyDecoder {
  /// What curses hands out: a key of its own by number, or a character.
  package enum Input: Equatable, Sendable {
    case code(UInt32)
    case scalar(UInt32)
    /// What the mouse did, and where.
    case pointer(PointerAct, Point)
  }

  /// What was done at the keyboard.
  package enum Stroke: Equatable, Sendable {
    case key(Key)
    /// Pasted text, on one line, without control characters.
    case paste(String)
    case pointer(PointerAct, Point)
  }

  /// Text pasted so far; nil outside of a paste.
  private var pasted: String?
  /// Longest paste that is taken; the rest of it is dropped.
  private static let longestPaste = 4096

  package init() {}

  /// Takes everything that the source has, and says what it means.
  package mutating func strokes(from source: () -> Input?) -> [Stroke] {
    var strokes: [Stroke] = []
    while let input = source() {
      switch input {
      case .code(UInt32(CT_KEY_PASTE_BEGIN)):
        pasted = ""
      case .code(UInt32(CT_KEY_PASTE_END)):
        if let text = pasted, !text.isEmpty { strokes.append(.paste(text)) }
        pasted = nil
      case .scalar(let value) where pasted != nil:
        paste(value)
      case .code where pasted != nil, .pointer where pasted != nil:
        break
      case .pointer(let act, let point): strokes.append(.pointer(act, point))
      case .code(UInt32(CT_KEY_MOUSE)): passOverReport(source)
      case .code(let code):
        if let key = Self.key(code: code) { strokes.append(.key(key)) }
      case .scalar(0x1B):
        strokes += escaped(source).map(Stroke.key)
      case .scalar(let value):
        if let key = Self.key(scalar: value) { strokes.append(.key(key)) }
      }
    }
    return strokes
  }

  /// What a mouse reports that nobody has asked for: curses knows how that begins.
  private func passOverReport(_ source: () -> Input?) {
    while case .scalar(let value)? = source(), (0x30...0x3B).contains(value) {}
  }

  private mutating func paste(_ value: UInt32) {
    guard let scalar = Unicode.Scalar(value), (pasted?.utf8.count ?? 0) < Self.longestPaste else {
      return
    }
    if [0x09, 0x0A, 0x0D].contains(value) {
      pasted?.append(" ")
    } else if scalar.properties.generalCategory != .control {
      pasted?.unicodeScalars.append(scalar)
    }
  }

  /// The keys of an escape character and what comes right behind it.
  private func escaped(_ source: () -> Input?) -> [Key] {
    guard let next = source() else { return [.escape] }
    switch next {
    case .scalar(UInt32(UInt8(ascii: "["))): return sequence(source)
    case .scalar(UInt32(UInt8(ascii: "O"))):
      guard case .scalar(let final)? = source() else { return [.escape, .character("O")] }
      return Self.key(final: final, number: 0).map { [$0] } ?? []
    case .scalar(0x1B): return [.escape] + escaped(source)
    case .scalar(let value): return [.escape] + (Self.key(scalar: value).map { [$0] } ?? [])
    case .pointer: return [.escape]
    case .code(let code): return [.escape] + (Self.key(code: code).map { [$0] } ?? [])
    }
  }

  /// A control sequence `ESC [ parameters final`; no key where nobody knows it.
  private func sequence(_ source: () -> Input?) -> [Key] {
    var number = 0
    var isFirst = true
    var isEmpty = true
    // With one of these marks it is a report, of a mouse that nobody asked for or of a mode.
    var isReport = false
    while case .scalar(let value)? = source() {
      isEmpty = false
      switch value {
      case 0x30...0x39 where isFirst: number = min(number * 10 + Int(value - 0x30), 9999)
      case 0x20...0x3F:
        isReport = isReport || value >= 0x3C
        isFirst = false
      // The Linux console's function keys have a second bracket.
      case 0x5B:
        _ = source()
        return []
      default:
        return isReport ? [] : Self.key(final: value, number: number).map { [$0] } ?? []
      }
    }
    return isEmpty ? [.escape, .character("[")] : []
  }
}
