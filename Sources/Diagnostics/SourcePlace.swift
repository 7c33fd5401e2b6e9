/// Where a span begins, as people count, and the line that it begins in.
package struct SourcePlace: Equatable, Sendable {
  /// From 1, in the file.
  package var line: Int
  /// From 1, in characters.
  package var column: Int
  /// The line up to the span, the span's part in this line, and the rest of the line.
  package var before: Substring
  package var marked: Substring
  package var after: Substring
}

extension SourceText {
  /// The place of a span of `text` in the file; offsets beyond the text mean its end.
  package func place(of span: SourceSpan) -> SourcePlace {
    let start = fileOffset(span.lowerBound)
    let bytes = file.utf8
    let first = index(start)
    let newline = UInt8(ascii: "\n")
    let lineStart =
      bytes[..<first].lastIndex(of: newline).map { bytes.index(after: $0) } ?? bytes.startIndex
    var lineEnd = bytes[first...].firstIndex(of: newline) ?? bytes.endIndex
    if lineEnd > first, bytes[bytes.index(before: lineEnd)] == UInt8(ascii: "\r") {
      lineEnd = bytes.index(before: lineEnd)
    }
    let length = max(0, span.upperBound - span.lowerBound)
    let wanted = bytes.index(first, offsetBy: length, limitedBy: lineEnd) ?? lineEnd
    let last = character(atOrAfter: wanted)
    return SourcePlace(
      line: 1 + bytes[..<lineStart].count { $0 == newline },
      column: 1 + file[lineStart..<first].count,
      before: file[lineStart..<first], marked: file[first..<last], after: file[last..<lineEnd])
  }

  private func fileOffset(_ offset: Int) -> Int {
    let starts = Self.startsOfLines(text)
    let line = max(0, (starts.firstIndex { $0 > offset } ?? starts.count) - 1)
    guard line < lineStarts.count else { return file.utf8.count }
    return lineStarts[line] + max(0, offset - starts[line])
  }

  /// The file's index at a UTF-8 offset, moved to the start of its scalar.
  private func index(_ offset: Int) -> String.Index {
    let bytes = file.utf8
    var index = bytes.index(bytes.startIndex, offsetBy: min(max(0, offset), bytes.count))
    while index < bytes.endIndex, index > bytes.startIndex, bytes[index] & 0xC0 == 0x80 {
      index = bytes.index(before: index)
    }
    return index
  }

  private func character(atOrAfter index: String.Index) -> String.Index {
    let bytes = file.utf8
    var index = index
    while index < bytes.endIndex, bytes[index] & 0xC0 == 0x80 { index = bytes.index(after: index) }
    return index
  }
}
