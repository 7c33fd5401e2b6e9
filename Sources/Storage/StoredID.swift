internal import Foundation
internal import GRDB

/// Ids as they are stored: hexadecimal digits as half as many bytes, which sort alike.
enum StoredID {
  static func encode(_ digits: String) -> DatabaseValue {
    let characters = Array(digits.utf8)
    guard characters.count.isMultiple(of: 2) else { return text(digits) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(characters.count / 2)
    for index in stride(from: 0, to: characters.count, by: 2) {
      guard let high = nibble(characters[index]), let low = nibble(characters[index + 1]) else {
        return text(digits)
      }
      bytes.append(high << 4 | low)
    }
    return Data(bytes).databaseValue
  }

  static func decode(_ value: DatabaseValue) -> String {
    guard case .blob(let data) = value.storage else {
      return StoredText.decode(String.fromDatabaseValue(value) ?? "")
    }
    var characters: [UInt8] = []
    characters.reserveCapacity(data.count * 2)
    for byte in data {
      for nibble in [byte >> 4, byte & 0xf] {
        characters.append(nibble < 10 ? 0x30 + nibble : 0x57 + nibble)
      }
    }
    return String(decoding: characters, as: UTF8.self)
  }

  private static func text(_ digits: String) -> DatabaseValue {
    StoredText.encode(digits).databaseValue
  }

  private static func nibble(_ character: UInt8) -> UInt8? {
    switch character {
    case 0x30...0x39: character - 0x30
    case 0x61...0x66: character - 0x57
    default: nil
    }
  }
}
