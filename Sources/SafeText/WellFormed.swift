/// The offset up to which the bytes from `start` on are well-formed UTF-8.
func wellFormedEnd(_ bytes: [UInt8], from start: Int) -> Int {
  var offset = start
  while offset < bytes.count {
    let length = sequenceLength(bytes, at: offset)
    guard length > 0 else { break }
    offset += length
  }
  return offset
}

/// Bytes of the well-formed sequence at an offset, 0 where it is ill-formed or cut short.
///
/// Overlong forms, surrogates and values above U+10FFFF are told by the second byte.
private func sequenceLength(_ bytes: [UInt8], at offset: Int) -> Int {
  let length: Int
  let second: ClosedRange<UInt8>
  switch bytes[offset] {
  case 0x00...0x7F: return 1
  case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
  case 0xE0: (length, second) = (3, 0xA0...0xBF)
  case 0xED: (length, second) = (3, 0x80...0x9F)
  case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
  case 0xF0: (length, second) = (4, 0x90...0xBF)
  case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
  case 0xF4: (length, second) = (4, 0x80...0x8F)
  default: return 0
  }
  guard offset + length <= bytes.count, second.contains(bytes[offset + 1]) else { return 0 }
  for index in (offset + 2)..<max(offset + 2, offset + length) {
    guard (0x80...0xBF).contains(bytes[index]) else { return 0 }
  }
  return length
}
