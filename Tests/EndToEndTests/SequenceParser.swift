/// Cuts a stream of bytes into characters and the control sequences of a terminal.
struct SequenceParser {
  /// A control sequence, `ESC [ mark numbers final`.
  struct Sequence: Equatable, CustomStringConvertible {
    var mark: String
    var numbers: [Int]
    var final: Character

    var description: String {
      "\(mark)\(numbers.map(String.init).joined(separator: ";"))\(final)"
    }
  }

  enum Item: Equatable {
    case scalar(Unicode.Scalar)
    case control(UInt8)
    /// What stands behind ESC.
    case escape(String)
    case sequence(Sequence)
    /// What stands between `ESC ]` and its end.
    case command(String)
    /// No sequence and no UTF-8.
    case broken(String)
  }

  private enum Mode: Equatable { case text, escape, sequence, command, commandEscape }

  private var mode = Mode.text
  private var kept: [UInt8] = []
  private var missing = 0

  mutating func take(_ byte: UInt8) -> [Item] {
    switch mode {
    case .text: return text(byte)
    case .escape: return escape(byte)
    case .sequence: return sequence(byte)
    case .command, .commandEscape: return command(byte)
    }
  }

  private mutating func text(_ byte: UInt8) -> [Item] {
    if missing > 0, byte & 0xC0 == 0x80 {
      kept.append(byte)
      missing -= 1
      return missing == 0 ? [finished()] : []
    }
    guard missing == 0 else { return broken("UTF-8 cut short") + text(byte) }
    switch byte {
    case 0x1B:
      mode = .escape
      kept = []
      return []
    case 0x00..<0x20, 0x7F: return [.control(byte)]
    case 0x20..<0x7F: return [.scalar(Unicode.Scalar(byte))]
    case 0xC2...0xDF: missing = 1
    case 0xE0...0xEF: missing = 2
    case 0xF0...0xF4: missing = 3
    default: return broken("byte \(byte)")
    }
    kept = [byte]
    return []
  }

  /// The character whose bytes are all there; a control character beyond ASCII is none.
  private mutating func finished() -> Item {
    guard let text = String(validating: kept, as: UTF8.self),
      let scalar = text.unicodeScalars.first,
      !(0x80..<0xA0).contains(scalar.value)
    else { return .broken("bytes \(kept)") }
    return .scalar(scalar)
  }

  private mutating func escape(_ byte: UInt8) -> [Item] {
    switch byte {
    case UInt8(ascii: "["): mode = .sequence
    case UInt8(ascii: "]"): mode = .command
    case 0x20...0x2F: kept.append(byte)
    case 0x30...0x7E:
      mode = .text
      return [.escape(String(decoding: kept + [byte], as: UTF8.self))]
    default: return broken("ESC byte \(byte)")
    }
    return []
  }

  private mutating func sequence(_ byte: UInt8) -> [Item] {
    switch byte {
    case 0x20...0x3F:
      kept.append(byte)
      return []
    case 0x40...0x7E:
      mode = .text
      let text = String(decoding: kept, as: UTF8.self)
      let mark = text.prefix { "<=>?".contains($0) }
      let numbers = text.dropFirst(mark.count).split(
        whereSeparator: { ";:".contains($0) }
      ).map { Int($0) ?? -1 }
      return [
        .sequence(
          Sequence(
            mark: String(mark), numbers: numbers, final: Character(Unicode.Scalar(byte))))
      ]
    default: return broken("CSI byte \(byte)")
    }
  }

  private mutating func command(_ byte: UInt8) -> [Item] {
    switch (mode, byte) {
    case (.command, 0x07), (.commandEscape, UInt8(ascii: "\\")):
      mode = .text
      return [.command(String(decoding: kept, as: UTF8.self))]
    case (.command, 0x1B): mode = .commandEscape
    case (.command, 0x20...0x7E): kept.append(byte)
    default: return broken("OSC byte \(byte)")
    }
    return []
  }

  private mutating func broken(_ what: String) -> [Item] {
    mode = .text
    kept = []
    missing = 0
    return [.broken(what)]
  }
}
