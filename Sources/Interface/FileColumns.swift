import CellGrid
import Events
import Findings
import SafeText

/// The lists of files and of records that could not be read.
extension State {
  var fileColumns: [Column] {
    [
      Column(.state, "STATE", ColumnWidths(5...11, worth: 95), sort: .state),
      Column(.file, "FILE", ColumnWidths(24...120, worth: 99, takesRest: true), sort: .name),
      Column(.integrity, "DIGEST", ColumnWidths(8...10, worth: 90), sort: .integrity),
      Column(.format, "FORMAT", ColumnWidths(8, worth: 40), sort: .format),
      .number(.offset, "OFFSET", 8, worth: 35, sort: .offset),
      .number(.size, "SIZE", 8, worth: 60, sort: .size),
      .number(.behind, "BEHIND", 8, worth: 65, sort: .behind),
      .number(.records, "RECORDS", 9, worth: 70, sort: .count),
      .number(.rate, "REC/S", 6, worth: 45, sort: .rate),
      .number(.letters, "BAD", 5, worth: 80, sort: .letters),
      Column(.age, "READ", ColumnWidths(6, worth: 30), isNumber: true, sort: .last),
      Column(.reason, "REASON", ColumnWidths(10...48, worth: 75)),
    ]
  }

  var letterColumns: [Column] {
    [
      Column(.file, "FILE", ColumnWidths(16...60, worth: 99, takesRest: true), sort: .name),
      .number(.offset, "AT BYTE", 12, worth: 90, sort: .offset),
      Column(
        .reason, "REASON", ColumnWidths(16...60, worth: 95, takesRest: true), sort: .state),
      Column(.head, "HEAD", ColumnWidths(16...80, worth: 50, takesRest: true)),
    ]
  }

  func cell(_ line: FileLine, _ field: Column.Field, _ width: Int) -> CellText {
    switch field {
    case .file: CellText(tail(of: line.path, width))
    case .state: line.state.map { CellText($0, FileText.role(ofState: $0)) } ?? .none
    case .integrity:
      line.integrity.map { CellText($0, FileText.role(ofIntegrity: $0)) } ?? .none
    case .format: line.format.map { CellText($0, .muted) } ?? .none
    case .offset: isRead(line) { CellText(Wording.bytes(line.offset)) }
    case .size: isRead(line) { CellText(Wording.bytes(line.size)) }
    case .behind: isRead(line) { bytesBehind(line.behind) }
    case .records: isRead(line) { .count(Int(clamping: line.records)) }
    case .rate: isRead(line) { rate(of: line) }
    case .letters: line.deadLetters > 0 ? .count(line.deadLetters, .critical) : CellText("")
    case .age: line.readAt.map { CellText(Wording.age($0, at: clock)) } ?? .none
    case .reason: line.reason.map { CellText(Wording.flat($0), .warning) } ?? CellText("")
    default: .none
    }
  }

  func cell(_ line: LetterLine, _ field: Column.Field, _ width: Int) -> CellText {
    switch field {
    case .file: CellText(tail(of: line.letter.path, width))
    case .offset: CellText(Wording.count(Int(clamping: line.letter.offset)))
    case .reason: CellText(Wording.flat(line.letter.reason), .warning)
    case .head: CellText(SafeText.visible(utf8: line.letter.head), .muted)
    default: .none
    }
  }

  private func isRead(_ line: FileLine, _ cell: () -> CellText) -> CellText {
    line.state == nil ? .none : cell()
  }

  private func bytesBehind(_ bytes: Int64) -> CellText {
    bytes == 0 ? CellText("0", .muted) : CellText(Wording.bytes(bytes), .warning)
  }

  /// A rate of long ago says nothing of now.
  private func rate(of line: FileLine) -> CellText {
    guard let readAt = line.readAt, clock - readAt <= 60 else { return CellText("0", .muted) }
    return CellText(Wording.rate(line.rate), line.rate > 0 ? .text : .muted)
  }

  /// The end of a path, which tells files apart: whole components where they fit, else the end of
  /// the name.
  private func tail(of path: String, _ width: Int) -> String {
    guard Wording.width(path) > width else { return path }
    var rest = path[...]
    let sign = settings.isASCII ? ".../" : "…/"
    while let slash = rest.dropFirst().firstIndex(of: "/") {
      rest = rest[slash...].dropFirst()
      if Wording.width(sign + rest) <= width { return sign + rest }
    }
    var end = rest.unicodeScalars[...]
    let ellipsis = settings.isASCII ? "..." : "…"
    // A scalar is a cell at least: what cannot fit is not measured.
    end = end.suffix(width)
    while !end.isEmpty, Wording.width(ellipsis + String(end)) > width { end = end.dropFirst() }
    return ellipsis + String(end)
  }

  /// What stands over the two lists: every state with its number.
  func filesCard(_ summary: FilesSummary) -> [[Span]] {
    func counts(_ words: [String], _ numbers: [String: Int], _ role: (String) -> CellRole) -> [Span]
    {
      let known = words.filter { numbers[$0] ?? 0 > 0 }
      return known.flatMap {
        [Span("\($0) \(Wording.count(numbers[$0] ?? 0))", role($0)), Span("  ")]
      }
    }
    let states = ["unreadable", "incomplete", "following", "complete", "gone"]
    var lines = [
      counts(states, summary.states, FileText.role(ofState:))
        + label("records ") + [Span(Wording.count(Int(clamping: summary.records)))]
        + label("  behind ") + [Span(Wording.bytes(summary.behind))]
        + (report?.isPolling == true ? [Span("  polling: no notices of changes", .warning)] : [])
    ]
    if !summary.integrity.isEmpty {
      let words = [
        "MISMATCH", "missing", "unreadable", "pending", "hash only", "undigested", "verified",
      ]
      lines.append(
        label("by digests ") + counts(words, summary.integrity, FileText.role(ofIntegrity:)))
    }
    if summary.deadLetters > 0 {
      let kept =
        summary.lettersKept < summary.deadLetters
        ? label(", the newest \(Wording.count(summary.lettersKept)) are kept") : []
      lines.append(
        [Span(Wording.counted(summary.deadLetters, "dead letter"), .critical)] + kept)
    }
    return lines + JobText(clock: clock).lines(of: summary)
  }

  /// The whole of what keeps the engine from going on: the header has room for its beginning.
  func problemLines(_ width: Int) -> [[Span]] {
    var rest = Wording.flat(report?.problem ?? "")[...]
    var lines: [[Span]] = []
    while !rest.isEmpty {
      let part = LineBreak(width: width, kind: .prose, repertoire: repertoire, isWhole: true)
        .head(of: rest)
      lines.append([Span(String(part), .warning, as: .prose)])
      rest = rest[part.endIndex...].drop { $0 == " " }
    }
    return lines
  }
}

extension Pane {
  /// Whether any file that is loaded has something.
  func has(_ something: (FileLine) -> Bool) -> Bool {
    lines?.lines.contains { line in
      if case .file(let file) = line { something(file) } else { false }
    } ?? false
  }
}
