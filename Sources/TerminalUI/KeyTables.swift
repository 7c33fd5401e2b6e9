import CTerminal
import Interface

extension KeyDecoder {
  /// A key that curses has a number for.
  nonisolated static func key(code: UInt32) -> Key? {
    switch Int32(bitPattern: code) {
    case KEY_UP: .up
    case KEY_DOWN: .down
    case KEY_LEFT: .left
    case KEY_RIGHT: .right
    case KEY_PPAGE: .pageUp
    case KEY_NPAGE: .pageDown
    case KEY_HOME: .home
    case KEY_END: .end
    case KEY_ENTER: .enter
    case KEY_BTAB: .backTab
    case KEY_BACKSPACE: .backspace
    case KEY_DC: .delete
    case let number where (1...12).contains(Int(number) - CT_KEY_F0):
      .function(Int(number) - CT_KEY_F0)
    default: nil
    }
  }

  /// A key that came as a character.
  nonisolated static func key(scalar value: UInt32) -> Key? {
    switch value {
    case 0x0A, 0x0D: return .enter
    case 0x09: return .tab
    case 0x08, 0x7F: return .backspace
    case 0x1B: return .escape
    case 0x01...0x1A:
      return .control(Character(Unicode.Scalar(UInt8(value + 0x40))))
    case 0x00...0x1F, 0x80...0x9F: return nil
    default: return Unicode.Scalar(value).map { .character(Character($0)) }
    }
  }

  /// The key of a control sequence by its last character and first number.
  nonisolated static func key(final: UInt32, number: Int) -> Key? {
    switch Unicode.Scalar(final) {
    case "A": .up
    case "B": .down
    case "C": .right
    case "D": .left
    case "H": .home
    case "F": .end
    case "Z": .backTab
    case "P": .function(1)
    case "Q": .function(2)
    // With numbers it is the answer to a question that others have asked the terminal.
    case "R" where number == 0: .function(3)
    case "S": .function(4)
    case "M" where number == 0: .enter
    case "~": tilde[number]
    default: nil
    }
  }

  private nonisolated static let tilde: [Int: Key] = [
    1: .home, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5),
    17: .function(6), 18: .function(7), 19: .function(8), 20: .function(9), 21: .function(10),
    23: .function(11), 24: .function(12),
  ]
}
