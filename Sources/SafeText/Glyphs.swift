/// The glyphs of a text one by one, scalar after scalar: the work ends where the caller stops.
///
/// Swift counts an `a` with a million marks as one `Character`; here marks beyond four become a
/// notation, `+12`, and those beyond a thousand are text of their own: no glyph is endless work.
package struct Glyphs: IteratorProtocol {
  private let kind: SafeText.Kind
  private let repertoire: SafeText.Repertoire
  private var scalars: String.UnicodeScalarView.Iterator
  private var ahead: Unicode.Scalar?
  /// Notation that is still to be handed out, the next glyph last.
  private var notation: [Glyph] = []

  package init(
    _ text: String, as kind: SafeText.Kind = .identity,
    in repertoire: SafeText.Repertoire = .unicode
  ) {
    self.kind = kind
    self.repertoire = repertoire
    scalars = text.unicodeScalars.makeIterator()
    ahead = scalars.next()
  }

  package mutating func next() -> Glyph? {
    if let glyph = notation.popLast() { return glyph }
    guard let scalar = take() else { return nil }
    let value = scalar.value
    switch CodePointClass(scalar) {
    case .control:
      return spell("^" + String(UnicodeScalar(UInt8(value ^ 0x40))))
    case .numbered, .mark:
      return spell(number(value))
    case .oddSpace:
      guard kind == .prose, repertoire == .unicode else { return spell(number(value)) }
      return spell(value == 0x3000 ? "··" : "·")
    case .narrow, .wide:
      if value >= 0x80, repertoire == .ascii { return spell(number(value)) }
      return combined(Glyph(base: value, width: value >= 0x1100 && isWide(value) ? 2 : 1))
    }
  }

  /// The glyph with the marks that follow it.
  private mutating func combined(_ base: Glyph) -> Glyph {
    guard let next = ahead, next.value >= 0x300, base.base != 0x20, repertoire == .unicode,
      CodePointClass(next) == .mark
    else { return base }
    var glyph = base
    var beyond = 0
    while beyond < Self.mostCounted, let mark = ahead, CodePointClass(mark) == .mark {
      if !glyph.combine(mark.value) { beyond += 1 }
      _ = take()
    }
    if beyond > 0 { queue("+\(beyond)") }
    return glyph
  }

  private static let mostCounted = 1000

  private mutating func take() -> Unicode.Scalar? {
    defer { ahead = scalars.next() }
    return ahead
  }

  private mutating func spell(_ text: String) -> Glyph? {
    queue(text)
    return notation.popLast()
  }

  private mutating func queue(_ text: String) {
    for scalar in text.unicodeScalars.reversed() {
      notation.append(Glyph(base: scalar.value, isNotation: true))
    }
  }

  private func number(_ value: UInt32) -> String {
    "<" + hexadecimal(value, digits: value < 0x100 ? 2 : 4) + ">"
  }
}

/// Upper-case hexadecimal digits, at least so many.
func hexadecimal(_ value: UInt32, digits: Int) -> String {
  let text = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}
