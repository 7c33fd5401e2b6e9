internal import Foundation
internal import GRDB

/// Ids as they are stored: hexadecimal digits as half as many bytes, which sort alike.
enum StoredID {
  static func encode(_ digits: String) -> DatabaseValue {
    bytes(digits).map { Data($0).databaseValue } ?? StoredText.encode(digits).databaseValue
  }

  /// Half as many bytes; nil for what is no even number of hexadecimal digits.
  static func bytes(_ digits: String) -> [UInt8]? {
    var digits = digits
    return digits.withUTF8 { characters in
      guard characters.count.isMultiple(of: 2) else { return nil }
      var isWrong = false
      let bytes = [UInt8](unsafeUninitializedCapacity: characters.count / 2) { bytes, count in
        for index in 0..<characters.count / 2 {
          guard let high = nibble(characters[2 * index]),
            let low = nibble(characters[2 * index + 1])
          else {
            isWrong = true
            return
          }
          bytes[index] = high << 4 | low
          count += 1
        }
      }
      return isWrong ? nil : bytes
    }
  }

  /// What `bytes` answers of 32 digits, the length of all ids of ours; nil for others.
  static func sixteenBytes(_ digits: String) -> SIMD16<UInt8>? {
    digits.utf8.withContiguousStorageIfAvailable { characters -> SIMD16<UInt8>? in
      guard characters.count == 32 else { return nil }
      var bytes = SIMD16<UInt8>()
      for index in 0..<16 {
        guard let high = nibble(characters[2 * index]),
          let low = nibble(characters[2 * index + 1])
        else { return nil }
        bytes[index] = high << 4 | low
      }
      return bytes
    } ?? nil
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

  private static func nibble(_ character: UInt8) -> UInt8? {
    switch character {
    case 0x30...0x39: character - 0x30
    case 0x61...0x66: character - 0x57
    default: nil
    }
  }
}
