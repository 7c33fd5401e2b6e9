import CellGrid
import Events
import Findings
import SafeText

extension State {
  /// Makes the long text of the view anew from what is known.
  mutating func refreshDocument() {
    guard place.document != nil else { return }
    switch (view, place.card) {
    case (.row, .row(let card?)?):
      let (lines, record) = RowText(
        card, history: history(of: card.row.finding) ?? [], today: clock
      ).lines
      place.document?.take(lines, record: record)
      goToRecord()
    case (.record, .record(let card?)?):
      let lines = RowText.lines(of: card, today: clock)
      place.document?.take(lines)
    case (.row, .row(nil)?): place.document?.take([])
    case (.rule(let name), _):
      if let card = rules.first(where: { $0.name == name }) {
        let lines = RuleText(card: card, today: clock.date).lines
        place.document?.take(lines)
      }
    case (.file, .fileCard(let card?)?):
      let lines = FileText(card, today: clock).lines
      place.document?.take(lines)
    case (.deadLetter, .deadLetter(let line?)?):
      place.document?.take(FileText.lines(of: line))
    default: break
    }
    if let document = place.document { place.document = scrolled(document) }
  }

  /// The document with its cursor in view, wrapped lines counted as often as they are wrapped.
  func scrolled(_ document: Document) -> Document {
    var document = document
    let room = documentSize
    document.top = max(0, min(document.top, document.cursor))
    // A line takes a row at least: what is further up than the room is high is out of view.
    document.top = max(document.top, document.cursor - room.height + 1)
    var heights = (document.top..<max(document.top, document.cursor + 1)).map { index in
      document.shown.indices.contains(index)
        ? rows(
          of: document.lines[document.shown[index]], width: room.width, most: room.height,
          wraps: wraps
        )
        .count
        : 1
    }
    while heights.count > 1, heights.reduce(0, +) > room.height {
      heights.removeFirst()
      document.top += 1
    }
    return document
  }

  /// A line as it stands on the screen: one row, or as many as it takes when lines are wrapped.
  ///
  /// Of a line that takes more than `most` rows the last is too long, and will be cut with a sign.
  func rows(
    of line: DocumentLine, width: Int, most: Int, wraps: Bool = true
  ) -> [[Span]] {
    let first = max(8, width - line.indent)
    guard wraps else { return [line.spans] }
    let hang = min(line.hang, max(0, first - 16))
    let room = first - hang
    var rows: [[Span]] = [[]]
    var left = first
    for span in line.spans {
      var rest = span.text[...]
      while !rest.isEmpty {
        let isStart = left == room && rows.count > 1
        if isStart { rest = rest.drop { $0 == " " } }
        if rows.count >= most {
          rows[rows.count - 1].append(Span(start(of: rest, cells: room), span.role, as: span.kind))
          left = 0
          break
        }
        let part = LineBreak(
          width: left, kind: span.kind, repertoire: repertoire, isWhole: left >= room
        )
        .head(of: rest)
        rows[rows.count - 1].append(Span(String(part), span.role, as: span.kind))
        left -= SafeText.width(of: String(part), as: span.kind, in: repertoire)
        rest = rest[part.endIndex...]
        guard !rest.isEmpty else { break }
        rows.append([Span(String(repeating: " ", count: hang))])
        left = room
      }
    }
    return rows
  }

  /// More of a text than so many cells hold, but not all of a text without end.
  private func start(of text: Substring, cells: Int) -> String {
    String(text.unicodeScalars.prefix(Glyph.mostMarks * cells + 8))
  }

  var repertoire: SafeText.Repertoire { settings.isASCII ? .ascii : .unicode }
}
