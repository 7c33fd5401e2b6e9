import Glibc

/// A colour of 24 bits, and how bright it looks.
package nonisolated struct RGB: Hashable, Sendable {
  package var red: UInt8
  package var green: UInt8
  package var blue: UInt8

  package init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  package init(_ number: UInt32) {
    red = UInt8(truncatingIfNeeded: number >> 16)
    green = UInt8(truncatingIfNeeded: number >> 8)
    blue = UInt8(truncatingIfNeeded: number)
  }

  /// The colour of six hexadecimal digits, with or without `#` before them.
  package init?(hexadecimal text: some StringProtocol) {
    let digits = text.hasPrefix("#") ? text.dropFirst() : text[...]
    guard digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit),
      let number = UInt32(digits, radix: 16)
    else { return nil }
    self.init(number)
  }

  /// The colour as `0xRRGGBB`.
  package var number: UInt32 { UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue) }

  /// The colour as `#rrggbb`.
  package var hexadecimal: String {
    let digits = String(number, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// How much light the colour gives, 0 for black to 1 for white, as WCAG 2 reckons it.
  package var luminance: Double {
    0.2126 * Self.light[Int(red)] + 0.7152 * Self.light[Int(green)]
      + 0.0722 * Self.light[Int(blue)]
  }

  /// The ratio of the two colours' lights, 1 for the same to 21 for black on white.
  package func contrast(with other: RGB) -> Double {
    let (one, two) = (luminance + 0.05, other.luminance + 0.05)
    return max(one, two) / min(one, two)
  }

  /// The colour between this one and another; 0 is this one, 1 the other.
  package func mixed(with other: RGB, _ share: Double) -> RGB {
    func between(_ from: UInt8, _ to: UInt8) -> UInt8 {
      UInt8((Double(from) + (Double(to) - Double(from)) * share).rounded())
    }
    return RGB(
      red: between(red, other.red), green: between(green, other.green),
      blue: between(blue, other.blue))
  }

  /// This colour, or the nearest one towards white or black that can be read on the ground.
  ///
  /// Of the two ways the one that the ground leaves more room for is taken.
  package func readable(on ground: RGB, ratio: Double = 4.5) -> RGB {
    guard contrast(with: ground) < ratio else { return self }
    let (white, black) = (RGB(0xFFFFFF), RGB(0))
    let end = white.contrast(with: ground) >= black.contrast(with: ground) ? white : black
    let steps = 64
    for step in 1..<steps {
      let lifted = mixed(with: end, Double(step) / Double(steps))
      if lifted.contrast(with: ground) >= ratio { return lifted }
    }
    return end
  }

  /// Light of each of the 256 strengths of a primary.
  private static let light: [Double] = (0...255).map { strength in
    let share = Double(strength) / 255
    return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
  }
}
