/// JSON text put together byte by byte, where strings would be too slow.
extension [UInt8] {
  mutating func add(_ text: StaticString) {
    append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func add(_ text: some StringProtocol) { append(contentsOf: text.utf8) }

  /// The lowest digits of a word, in lower-case hexadecimal.
  mutating func addHex(_ word: UInt64, digits: Int) {
    var shift = digits * 4
    while shift > 0 {
      shift -= 4
      let digit = UInt8(truncatingIfNeeded: word >> UInt64(shift)) & 15
      append(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
  }

  /// So many characters of what could be base64.
  mutating func addBase64(_ random: inout Randomness, characters: Int) {
    var word: UInt64 = 0
    for number in 0..<characters {
      if number % 10 == 0 { word = random.next() }
      let six = UInt8(truncatingIfNeeded: word) & 63
      word >>= 6
      switch six {
      case ..<26: append(0x41 + six)
      case ..<52: append(0x61 + six - 26)
      case ..<62: append(0x30 + six - 52)
      default: append(six == 62 ? 0x2B : 0x2F)
      }
    }
  }

  mutating func addUUID(_ random: inout Randomness) {
    let (high, low) = (random.next(), random.next())
    addHex(high >> 32, digits: 8)
    add("-")
    addHex(high >> 16, digits: 4)
    add("-4")
    addHex(high, digits: 3)
    add("-a")
    addHex(low >> 48, digits: 3)
    add("-")
    addHex(low, digits: 12)
  }

  /// A JSON string literal of bytes that need not be valid UTF-8.
  mutating func addQuoted(_ text: [UInt8]) {
    add("\"")
    for byte in text {
      switch byte {
      case 0x22: add("\\\"")
      case 0x5C: add("\\\\")
      case ..<0x20:
        add("\\u00")
        addHex(UInt64(byte), digits: 2)
      default: append(byte)
      }
    }
    add("\"")
  }
}
