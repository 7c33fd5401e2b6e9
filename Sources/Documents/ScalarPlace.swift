import Diagnostics
import Yams

/// Where a scalar's text stands in the file, line by line.
struct ScalarPlace {
  let style: DocumentScalar.Style
  let span: SourceSpan
  let lineStarts: [Int]?

  init(_ scalar: Node.Scalar, start: Int, in places: LineTable) {
    let text = Array(scalar.string.utf8)
    switch scalar.style {
    case .literal, .folded:
      style = .block
      let header = places.bytes(from: start).prefix { $0 != 0x0A && $0 != 0x0D }
      span = SourceSpan(start..<start + header.count)
      lineStarts = Self.linesOfBlock(text, header: start, in: places)
    case .singleQuoted, .doubleQuoted:
      style = .quoted
      // Equal bytes between the quotes: no escapes, no folded lines.
      if places.bytes(from: start + 1).starts(with: text) {
        span = SourceSpan(start..<min(start + text.count + 2, places.count))
        lineStarts = [start + 1]
      } else {
        span = SourceSpan(start..<places.endOfCharacter(at: start))
        lineStarts = nil
      }
    default:
      style = .plain
      let isVerbatim = places.bytes(from: start).starts(with: text)
      span = SourceSpan(
        start..<(isVerbatim ? start + text.count : places.endOfCharacter(at: start)))
      lineStarts = isVerbatim ? [start] : nil
    }
  }

  /// Finds each line of a block's text after its indentation; nil for folded lines.
  private static func linesOfBlock(
    _ text: [UInt8], header: Int, in places: LineTable
  ) -> [Int]? {
    let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
    let first = places.line(of: header) + 1
    guard let indentation = indentation(of: lines, from: first, in: places) else { return nil }
    var starts: [Int] = []
    for (index, line) in lines.enumerated() {
      guard let start = places.start(ofLine: first + index) else {
        guard line.isEmpty else { return nil }
        starts.append(places.count)
        continue
      }
      let inner = line.isEmpty ? start : start + indentation
      guard places.bytes(from: inner).starts(with: line) else { return nil }
      starts.append(inner)
    }
    return starts
  }

  /// Taken from the first line with text: what stands before that text.
  private static func indentation(
    of lines: [ArraySlice<UInt8>], from first: Int, in places: LineTable
  ) -> Int? {
    guard let index = lines.firstIndex(where: { !$0.isEmpty }) else { return 0 }
    guard let start = places.start(ofLine: first + index) else { return nil }
    let line = lines[index]
    let inFile = places.bytes(from: start).prefix { $0 == 0x20 }.count
    let inText = line.prefix { $0 == 0x20 }.count
    return inFile - inText >= 0 ? inFile - inText : nil
  }
}
