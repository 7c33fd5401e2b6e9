/// Text from outside, made fit for a terminal: whatever could drive it, hide in it or reorder it is
/// shown by a visible notation, never deleted, and the width of the result is certain.
///
/// `"rm\u{1B}[0m"` reads `rm^[[0m`, U+202E reads `<202E>`, an ill-formed byte `\xC0`.
package enum SafeText {
  /// What may be put on the screen.
  package enum Repertoire: Sendable {
    case unicode
    /// Everything beyond ASCII is shown by its number: `<E9>`.
    case ascii
  }

  /// How spaces other than U+0020 are shown.
  package enum Kind: Sendable {
    /// Names that are compared (ARN, user, repository): `<A0>`, so that no two look alike.
    case identity
    /// Sentences: a dot, `·`, or two for the wide space.
    case prose
  }

  /// The text as it may be shown.
  package static func visible(
    _ text: String, as kind: Kind = .identity, in repertoire: Repertoire = .unicode
  ) -> String {
    if isPlain(text) { return text }
    var shown = ""
    var glyphs = Glyphs(text, as: kind, in: repertoire)
    while let glyph = glyphs.next() { glyph.write(to: &shown) }
    return shown
  }

  /// The text of bytes that ought to be UTF-8; each byte of an ill-formed part reads `\xC0`.
  package static func visible(
    utf8 bytes: some Sequence<UInt8>, as kind: Kind = .identity,
    in repertoire: Repertoire = .unicode
  ) -> String {
    let bytes = Array(bytes)
    var shown = ""
    var start = 0
    while start < bytes.count {
      let end = wellFormedEnd(bytes, from: start)
      if end > start {
        shown += visible(
          String(decoding: bytes[start..<end], as: UTF8.self), as: kind, in: repertoire)
        start = end
      } else {
        shown += "\\x" + hexadecimal(UInt32(bytes[start]), digits: 2)
        start += 1
      }
    }
    return shown
  }

  /// Cells that the text takes once neutralised.
  package static func width(
    of text: String, as kind: Kind = .identity, in repertoire: Repertoire = .unicode
  ) -> Int {
    if isPlain(text) { return text.utf8.count }
    var width = 0
    var glyphs = Glyphs(text, as: kind, in: repertoire)
    while let glyph = glyphs.next() { width += Int(glyph.width) }
    return width
  }

  /// Neutralised, and cut to so many cells; a cut text ends with `…` (`~` in ASCII).
  package static func fitted(
    _ text: String, to width: Int, as kind: Kind = .identity,
    in repertoire: Repertoire = .unicode
  ) -> String {
    guard width > 0 else { return "" }
    if isPlain(text), text.utf8.count <= width { return text }
    var kept = ""
    for glyph in fittedGlyphs(text, to: width, as: kind, in: repertoire) {
      glyph.write(to: &kept)
    }
    return kept
  }

  /// The glyphs of `fitted`: never wider than `width`, and never more work than that width needs.
  package static func fittedGlyphs(
    _ text: String, to width: Int, as kind: Kind = .identity,
    in repertoire: Repertoire = .unicode
  ) -> [Glyph] {
    guard width > 0 else { return [] }
    var kept: [Glyph] = []
    kept.reserveCapacity(min(width, text.utf8.count))
    var used = 0
    var glyphs = Glyphs(text, as: kind, in: repertoire)
    while let glyph = glyphs.next() {
      if used + Int(glyph.width) > width {
        while let last = kept.last, used > width - 1 {
          kept.removeLast()
          used -= Int(last.width)
        }
        kept.append(sign(of: repertoire))
        return kept
      }
      kept.append(glyph)
      used += Int(glyph.width)
    }
    return kept
  }

  /// What stands at the end of a cut text.
  package static func sign(of repertoire: Repertoire) -> Glyph {
    Glyph(base: repertoire == .ascii ? 0x7E : 0x2026)
  }

  /// Whether the text is printable ASCII throughout, and so is shown as it is.
  package static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }
}
