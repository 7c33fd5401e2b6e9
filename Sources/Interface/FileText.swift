import CellGrid
import Events
import Findings
import SafeText

/// A file in full: how far it is read, what digests say of it, what of it could not be read.
struct FileText {
  private let card: FileCard
  private let today: Timestamp

  init(_ card: FileCard, today: Timestamp) {
    self.card = card
    self.today = today
  }

  var lines: [DocumentLine] {
    [.fact("file", 13, [Span(card.line.path, .title)])] + reading + [DocumentLine([])] + integrity
      + letters
  }

  private var reading: [DocumentLine] {
    guard let file = card.file else {
      return [.fact("state", 13, [Span("not read for its records", .muted)])]
    }
    func moment(_ time: Timestamp?) -> [Span] {
      [time.map { Span(Wording.moment($0, today: today)) } ?? Span("-", .muted)]
    }
    var lines: [DocumentLine] = [
      .fact("state", 13, [Span(file.state, Self.role(ofState: file.state))])
    ]
    if let reason = file.reason {
      lines.append(.fact("reason", 13, [Span(reason, .warning, as: .prose)]))
    }
    let size =
      "\(Wording.count(Int(clamping: file.offset))) of \(Wording.count(Int(clamping: file.size)))"
    return lines + [
      .fact("format", 13, [Span(file.format.isEmpty ? "-" : file.format)]),
      .fact(
        "bytes", 13, [Span(size), Span("  \(Wording.bytes(card.line.behind)) behind", .muted)]),
      .fact("records", 13, [Span(Wording.count(Int(clamping: file.records)))]),
      .fact(
        "records/s", 13, [Span(Wording.rate(card.line.rate)), Span("  when last read", .muted)]),
      .fact("last read", 13, moment(card.line.readAt)),
      .fact("first record", 13, moment(file.firstRecord) + Self.ofRules),
      .fact("last record", 13, moment(file.lastRecord) + Self.ofRules),
      .fact(
        "generation", 13,
        [
          Span(Wording.count(file.generation)),
          Span("  how often another file took this path", .muted),
        ]),
      .fact(
        "SHA-256", 13,
        file.content.isEmpty
          ? [Span("-  of documents only", .muted)]
          : [Span(Self.digits(file.content)), Span("  as it lies on disk", .muted)]),
    ]
  }

  private static let ofRules = [Span("  of those that rules looked at", .muted)]

  private var integrity: [DocumentLine] {
    guard let known = card.integrity else {
      return [
        .fact(
          "digest", 13,
          [Span("not looked at: watch --public-keys FILE verifies", .muted, as: .prose)]),
        DocumentLine([]),
      ]
    }
    var lines: [DocumentLine] = [
      .fact("digest", 13, [Span(known.state, Self.role(ofIntegrity: known.state))])
    ]
    if let reason = known.reason {
      lines.append(.fact("why", 13, [Span(reason, .warning, as: .prose)]))
    }
    if let digest = known.digest { lines.append(.fact("decided by", 13, [Span(digest)])) }
    if let object = known.object { lines.append(.fact("delivered as", 13, [Span(object)])) }
    if !known.hash.isEmpty {
      let note = Span("  of what it holds, inflated", .muted)
      lines.append(.fact("SHA-256", 13, [Span(Self.digits(known.hash)), note]))
    }
    return lines + [DocumentLine([])]
  }

  private var letters: [DocumentLine] {
    let count = Wording.counted(card.line.deadLetters, "dead letter")
    let shown =
      card.letters.count < card.line.deadLetters
      ? ", the newest \(Wording.count(card.letters.count))" : ""
    return [
      DocumentLine([Span(count + shown, .title), Span("  records that could not be read", .muted)])
    ]
      + card.letters.flatMap { line in
        [
          DocumentLine(
            [
              Span("at byte \(Wording.count(Int(clamping: line.letter.offset)))  ", .muted),
              Span(line.letter.reason, .warning, as: .prose),
            ], indent: 2),
          DocumentLine([Span(SafeText.visible(utf8: line.letter.head), .muted)], indent: 4),
        ]
      }
  }

  /// A dead letter in full.
  static func lines(of line: LetterLine) -> [DocumentLine] {
    let letter = line.letter
    return [
      .fact("file", 10, [Span(letter.path, .title)]),
      .fact("at byte", 10, [Span(Wording.count(Int(clamping: letter.offset)))]),
      .fact("reason", 10, [Span(letter.reason, .warning, as: .prose)]), DocumentLine([]),
      DocumentLine([
        Span("Head", .title),
        Span("  its first \(Wording.counted(letter.head.count, "byte"))", .muted),
      ]),
      DocumentLine([Span(SafeText.visible(utf8: letter.head))], indent: 2),
    ]
  }

  static func role(ofState state: String) -> CellRole {
    switch state {
    case "following", "complete": .live
    case "gone": .muted
    default: .warning
    }
  }

  static func role(ofIntegrity state: String) -> CellRole {
    switch state {
    case "verified": .live
    case "MISMATCH", "missing": .critical
    case "unreadable": .warning
    default: .muted
    }
  }

  private static func digits(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
