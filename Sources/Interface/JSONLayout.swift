import CellGrid
import SafeText

/// JSON text as lines that can be read and folded.
///
/// It lays out tokens and judges nothing: strings and numbers stay as they are spelled, and text
/// that is not JSON comes out as it went in.
struct JSONLayout {
  private let bytes: [UInt8]
  private var offset = 0
  private var lines: [DocumentLine] = []
  private var current: [Span] = []
  /// Indices of the lines that open what is not closed yet.
  private var open: [Int] = []

  /// The lines, with fold ends counted from `first`.
  static func lines(of bytes: [UInt8], from first: Int) -> [DocumentLine] {
    var layout = JSONLayout(bytes)
    layout.run()
    return layout.lines.map { line in
      var line = line
      line.foldEnd = line.foldEnd.map { $0 + first }
      return line
    }
  }

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  private mutating func run() {
    while let byte = next() {
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["): begin(byte)
      case UInt8(ascii: "}"), UInt8(ascii: "]"): end(byte)
      case UInt8(ascii: ","):
        offset += 1
        current.append(Span(",", .muted))
        finishLine()
      case UInt8(ascii: ":"):
        offset += 1
        current.append(Span(": ", .muted))
      case UInt8(ascii: "\""): string()
      default: word()
      }
    }
    finishLine()
  }

  /// The next byte that is not white space.
  private mutating func next() -> UInt8? {
    while offset < bytes.count, isSpace(bytes[offset]) { offset += 1 }
    return offset < bytes.count ? bytes[offset] : nil
  }

  private mutating func begin(_ byte: UInt8) {
    offset += 1
    let closing = byte == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: "]")
    if next() == closing {
      offset += 1
      current.append(Span(String(UnicodeScalar(byte)) + String(UnicodeScalar(closing)), .muted))
      return
    }
    current.append(Span(String(UnicodeScalar(byte)), .muted))
    let line = lines.count
    finishLine()
    open.append(line)
  }

  private mutating func end(_ byte: UInt8) {
    offset += 1
    finishLine()
    if let start = open.popLast() { lines[start].foldEnd = lines.count }
    current.append(Span(String(UnicodeScalar(byte)), .muted))
  }

  private mutating func string() {
    let start = offset
    offset += 1
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") {
      offset += bytes[offset] == UInt8(ascii: "\\") ? 2 : 1
    }
    offset = min(offset + 1, bytes.count)
    let text = spelled(bytes[start..<offset])
    let isKey = next() == UInt8(ascii: ":")
    current.append(Span(text, isKey ? .heading : .text))
  }

  /// A number, `true`, or whatever else stands between two delimiters.
  private mutating func word() {
    let start = offset
    while offset < bytes.count, !isSpace(bytes[offset]), !delimiters.contains(bytes[offset]) {
      offset += 1
    }
    current.append(Span(spelled(bytes[start..<offset])))
  }

  private mutating func finishLine() {
    guard !current.isEmpty else { return }
    lines.append(DocumentLine(current, indent: min(40, 2 * open.count)))
    current = []
  }

  private func spelled(_ part: ArraySlice<UInt8>) -> String {
    String(validating: part, as: UTF8.self) ?? SafeText.visible(utf8: part)
  }

  private func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }
}

private let delimiters = Array("{}[],:\"".utf8)
