import CellGrid
import Findings
import SafeText

/// The records that could not be read, and the files: what wants attention stands first.
enum FilesText {
  static func lines(_ files: [SourceFile], _ letters: [DeadLetter]) -> [DocumentLine] {
    Self.lines(letters) + [DocumentLine([])] + Self.lines(files)
  }

  private static func lines(_ letters: [DeadLetter]) -> [DocumentLine] {
    let heading = DocumentLine([
      Span(Wording.counted(letters.count, "dead letter"), .title),
      Span("  records that could not be read", .muted),
    ])
    return [heading] + letters.flatMap(Self.lines(of:))
  }

  private static func lines(_ files: [SourceFile]) -> [DocumentLine] {
    var lines = [DocumentLine([Span(Wording.counted(files.count, "file"), .title)])]
    for file in files.filter({ !isFine($0) }) + files.filter(isFine) {
      lines.append(line(of: file))
      if let reason = file.reason {
        lines.append(DocumentLine([Span(reason, .warning, as: .prose)], indent: 14))
      }
    }
    if files.isEmpty {
      lines.append(DocumentLine([Span("no file has been read yet", .muted)], indent: 2))
    }
    return lines
  }

  /// Whether all of it has been read, or will be as it grows.
  private static func isFine(_ file: SourceFile) -> Bool {
    switch file.state {
    case "following", "complete": true
    case "gone": file.offset == file.size
    default: false
    }
  }

  private static func line(of file: SourceFile) -> DocumentLine {
    let role: CellRole =
      switch file.state {
      case "following", "complete": .live
      case "gone": .muted
      default: .warning
      }
    let state =
      file.state.count < 12
      ? file.state + String(repeating: " ", count: 12 - file.state.count) : file.state + " "
    let size =
      file.offset == file.size
      ? Wording.bytes(file.size) : "\(Wording.bytes(file.offset)) of \(Wording.bytes(file.size))"
    return DocumentLine(
      [
        Span(state, role), Span(file.path),
        Span("  \(size)  \(Wording.counted(Int(file.records), "record"))", .muted),
      ], indent: 2)
  }

  private static func lines(of letter: DeadLetter) -> [DocumentLine] {
    [
      DocumentLine(
        [
          Span(letter.path), Span(" at byte \(Wording.count(Int(letter.offset)))  ", .muted),
          Span(letter.reason, .warning, as: .prose),
        ], indent: 2),
      DocumentLine([Span(SafeText.visible(utf8: letter.head), .muted)], indent: 4),
    ]
  }
}
