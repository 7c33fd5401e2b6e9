import CTerminal
import SafeText

extension CursesScreen {
  /// The longest text that is copied, in bytes.
  private static let longestCopy = 64 * 1024

  /// Hands a text to the terminal's clipboard (OSC 52); a terminal that has none ignores it.
  ///
  /// Control characters are spelled out and lines joined: what is pasted into a shell later must
  /// not run by itself.
  func copy(_ text: String) {
    let safe = SafeText.visible(text.split(whereSeparator: \.isNewline).joined(separator: " "))
    let bytes = Array(safe.utf8.prefix(Self.longestCopy))
    send(Array("\u{1B}]52;c;".utf8) + base64(bytes) + [0x07])
  }
}

/// The bytes in base64, padded.
nonisolated func base64(_ bytes: [UInt8]) -> [UInt8] {
  let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var text: [UInt8] = []
  text.reserveCapacity((bytes.count + 2) / 3 * 4)
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let group = bytes[start..<min(start + 3, bytes.count)]
    var bits: UInt32 = 0
    for byte in group { bits = bits << 8 | UInt32(byte) }
    bits <<= UInt32(8 * (3 - group.count))
    for place in 0..<4 {
      let digit = digits[Int(bits >> UInt32(18 - 6 * place) & 63)]
      text.append(place <= group.count ? digit : UInt8(ascii: "="))
    }
  }
  return text
}
