package import Events

/// How the rows of a table are written as JSON objects, one a line: what is the same in each is
/// prepared once.
package struct JSONLine: Sendable {
  private let start: [UInt8]
  /// `"user":` for each column.
  private let names: [[UInt8]]

  /// With a search's name each object begins with it.
  package init(columns: [Text], searchName: String? = nil) {
    start = Array(("{" + (searchName.map { #""search_name":\#(JSONRows.string($0))"# } ?? "")).utf8)
    names = columns.map { Array("\(JSONRows.string($0.string)):".utf8) }
  }

  /// Adds the line of a row, as long as the columns; what is null is left out.
  package func append(_ row: [Value], to bytes: inout [UInt8]) {
    bytes += start
    var isFirst = start.count == 1
    for index in 0..<min(row.count, names.count) {
      if case .null = row[index] { continue }
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      bytes += names[index]
      append(row[index], to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
    bytes.append(UInt8(ascii: "\n"))
  }

  private func append(_ value: Value, to bytes: inout [UInt8]) {
    if case .text(let text) = value, append(plain: text, to: &bytes) { return }
    if let json = JSONRows.json(value) { bytes += json.utf8 }
  }

  /// Adds a text in which nothing has to be written otherwise; false where something has.
  private func append(plain text: Text, to bytes: inout [UInt8]) -> Bool {
    text.withBytes { text in
      guard Self.isPlain(text) else { return false }
      bytes.append(UInt8(ascii: "\""))
      bytes.append(contentsOf: text)
      bytes.append(UInt8(ascii: "\""))
      return true
    }
  }

  private static func isPlain(_ text: UnsafeRawBufferPointer) -> Bool {
    var index = 0
    while index + 8 <= text.count {
      let word = text.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let low = word &- repeated(0x20)
      let delete = zeroes(word ^ repeated(0x7F))
      let quote = zeroes(word ^ repeated(0x22))
      let backslash = zeroes(word ^ repeated(0x5C))
      guard (low | word | delete | quote | backslash) & repeated(0x80) == 0 else { return false }
      index += 8
    }
    while index < text.count {
      let byte = text[index]
      guard byte >= 0x20, byte < 0x7F, byte != 0x22, byte != 0x5C else { return false }
      index += 1
    }
    return true
  }

  private static func repeated(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }

  /// Not zero where a byte of the word is.
  private static func zeroes(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & repeated(0x80)
  }
}
