/// Turns the parser's lines and columns into UTF-8 offsets of the file.
struct LineTable {
  private let bytes: [UInt8]
  /// Where each line starts, by the breaks of YAML 1.1: LF, CR, CRLF, NEL, LS and PS.
  private let starts: [Int]

  init(_ text: String) {
    bytes = Array(text.utf8)
    var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
    var index = 0
    while index < bytes.count {
      let width = Self.lineBreak(in: bytes, at: index)
      index += max(width, 1)
      if width > 0 { starts.append(index) }
    }
    self.starts = starts
  }

  var count: Int { bytes.count }

  func byte(at offset: Int) -> UInt8? { bytes.indices.contains(offset) ? bytes[offset] : nil }

  func bytes(from offset: Int) -> ArraySlice<UInt8> { bytes[min(offset, bytes.count)...] }

  /// Both from 1; columns count code points.
  func offset(line: Int, column: Int) -> Int {
    guard line >= 1, line <= starts.count else { return bytes.count }
    var offset = starts[line - 1]
    for _ in 1..<max(column, 1) { offset = endOfCharacter(at: offset) }
    return offset
  }

  /// The line that an offset lies in, from 0.
  func line(of offset: Int) -> Int { (starts.lastIndex { $0 <= offset }) ?? 0 }

  func start(ofLine line: Int) -> Int? { starts.indices.contains(line) ? starts[line] : nil }

  func endOfCharacter(at offset: Int) -> Int {
    var end = min(offset + 1, bytes.count)
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return end
  }

  private static func lineBreak(in bytes: [UInt8], at index: Int) -> Int {
    func follows(_ rest: UInt8...) -> Bool { bytes[(index + 1)...].starts(with: rest) }
    switch bytes[index] {
    case 0x0A: return 1
    case 0x0D: return follows(0x0A) ? 2 : 1
    case 0xC2: return follows(0x85) ? 2 : 0
    case 0xE2: return follows(0x80, 0xA8) || follows(0x80, 0xA9) ? 3 : 0
    default: return 0
    }
  }
}
