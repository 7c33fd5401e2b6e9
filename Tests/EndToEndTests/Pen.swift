/// How the next cell is drawn, as SGR sequences have set it.
struct Pen: Hashable {
  var isBold = false
  var isDim = false
  var isUnderlined = false
  var isReversed = false
  /// `1`, `5;196`, `2;255;0;0`; nil is the terminal's own.
  var foreground: String?
  var ground: String?

  var hasColour: Bool { foreground != nil || ground != nil }

  /// What erased cells look like: the ground alone.
  var erasing: Pen { Pen(ground: ground) }

  mutating func take(_ numbers: [Int]) {
    var rest = (numbers.isEmpty ? [0] : numbers)[...]
    while let number = rest.popFirst() {
      switch number {
      case 0: self = Pen()
      case 1: isBold = true
      case 2: isDim = true
      case 4: isUnderlined = true
      case 7: isReversed = true
      case 22: (isBold, isDim) = (false, false)
      case 24: isUnderlined = false
      case 27: isReversed = false
      case 30...37: foreground = String(number - 30)
      case 40...47: ground = String(number - 40)
      case 90...97: foreground = String(number - 82)
      case 100...107: ground = String(number - 92)
      case 38: foreground = Self.colour(&rest)
      case 48: ground = Self.colour(&rest)
      case 39: foreground = nil
      case 49: ground = nil
      default: break
      }
    }
  }

  private static func colour(_ rest: inout ArraySlice<Int>) -> String {
    let kind = rest.popFirst() ?? 0
    let count = kind == 2 ? 3 : 1
    let numbers = [kind] + rest.prefix(count)
    rest = rest.dropFirst(count)
    return numbers.map(String.init).joined(separator: ";")
  }
}
