import Diagnostics

/// Finds `*name` where a value may begin and `&name` stands somewhere before it.
///
/// Composing a file of nested aliases can take for ever, so this must be known first. A word in
/// prose or in a search that only looks like an alias has no anchor of its name.
struct AliasSearch {
  struct Found {
    var text: String
    var span: SourceSpan
  }

  private(set) var firstAlias: Found?

  init(_ text: String) {
    var anchors: Set<[UInt8]> = []
    let bytes = Array(text.utf8)
    for (index, byte) in bytes.enumerated() {
      guard byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*"),
        index == 0 || Self.opensValue(bytes[index - 1])
      else { continue }
      let name = Array(bytes[(index + 1)...].prefix(while: Self.isName))
      guard !name.isEmpty else { continue }
      if byte == UInt8(ascii: "&") {
        anchors.insert(name)
      } else if anchors.contains(name) {
        firstAlias = Found(
          text: "*" + String(decoding: name, as: UTF8.self),
          span: SourceSpan(index..<index + 1 + name.count))
        return
      }
    }
  }

  private static func opensValue(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte > 0x7F || "[{,:-?".utf8.contains(byte)
  }

  private static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
    default: false
    }
  }
}
