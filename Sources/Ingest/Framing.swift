/// Which texts are envelopes of many records: `{"Records":[...]}` and its like.
package struct Framing: Sendable {
  /// Keys of a top-level object whose arrays hold the records, as UTF-8.
  let arrayKeys: [[UInt8]]

  /// - Parameter arrayKeys: for CloudTrail `Records`, `Events`, `logEvents`.
  package init(arrayKeys: [String]) {
    self.arrayKeys = arrayKeys.map { Array($0.utf8) }
  }

  /// The most bytes of a line, an element or a record; a longer one is a bad unit.
  package static let unitLimit = 16 << 20
}

extension Framing {
  /// Whether a key, with its quotes, is one whose array holds records; escapes are resolved.
  func isArrayKey(_ quoted: UnsafeRawBufferPointer) -> Bool {
    let body = quoted.dropFirst().dropLast()
    guard body.contains(0x5c) else { return arrayKeys.contains { body.elementsEqual($0) } }
    guard let plain = Self.unescaped(Array(body)) else { return false }
    return arrayKeys.contains(plain)
  }

  /// The key without its escapes, where they all stand for ASCII; nil for any other.
  private static func unescaped(_ body: [UInt8]) -> [UInt8]? {
    var plain: [UInt8] = []
    var index = 0
    while index < body.count {
      guard body[index] == 0x5c else {
        plain.append(body[index])
        index += 1
        continue
      }
      guard index + 6 <= body.count, body[index + 1] == 0x75,
        let unit = UInt16(String(decoding: body[index + 2..<index + 6], as: UTF8.self), radix: 16),
        unit < 0x80
      else { return nil }
      plain.append(UInt8(unit))
      index += 6
    }
    return plain
  }
}
