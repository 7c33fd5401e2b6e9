import CellGrid
import Findings
import SafeText

extension State {
  /// Makes the long text of the view anew from what is known.
  mutating func refreshDocument() {
    guard place.document != nil else { return }
    switch (view, place.card) {
    case (.row, .row(let card?)?):
      let (lines, record) = RowText(card, today: asOf).lines
      place.document?.take(lines, record: record)
      goToRecord()
    case (.rule(let name), _):
      if let card = rules.first(where: { $0.name == name }) {
        place.document?.take(RuleText.lines(of: card))
      }
    case (.files, .files(let files, let letters)?):
      place.document?.take(FilesText.lines(files, letters))
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
        ? rows(of: document.lines[document.shown[index]], width: room.width, most: room.height).count
        : 1
    }
    while heights.count > 1, heights.reduce(0, +) > room.height {
      heights.removeFirst()
      document.top += 1
    }
    return document
  }

  /// A line as it stands on the screen: one row, or as many as it takes when lines are wrapped.
  func rows(of line: DocumentLine, width: Int, most: Int) -> [[Span]] {
    let room = max(8, width - line.indent)
    guard wraps else { return [line.spans] }
    var rows: [[Span]] = [[]]
    var left = room
    for span in line.spans {
      var rest = span.text[...]
      while !rest.isEmpty, rows.count <= most {
        let part = Self.head(of: rest, width: left, breaksAtSpace: span.kind == .prose)
        if part.isEmpty {
          rows.append([])
          left = room
          continue
        }
        rows[rows.count - 1].append(Span(String(part), span.role, as: span.kind))
        left -= SafeText.width(of: String(part), as: span.kind, in: repertoire)
        rest = rest[part.endIndex...]
        if !rest.isEmpty {
          rows.append([])
          left = room
          if span.kind == .prose, rest.first == " " { rest = rest.dropFirst() }
        }
      }
    }
    return rows
  }

  var repertoire: SafeText.Repertoire { settings.isASCII ? .ascii : .unicode }

  /// As much of a text's beginning as so many cells hold; empty where they hold nothing of it.
  private static func head(
    of text: Substring, width: Int, breaksAtSpace: Bool
  ) -> Substring {
    guard width > 0 else { return text.prefix(0) }
    var end = text.startIndex
    var space: Substring.Index?
    var used = 0
    while end < text.endIndex {
      let character = text[end]
      if character == " ", end > text.startIndex { space = end }
      used += SafeText.width(of: String(character))
      if used > width {
        // What is wider than a whole row is cut there rather than put off for ever.
        if end == text.startIndex { return used - width > 0 && width >= 8 ? text.prefix(1) : text.prefix(0) }
        return text[..<(breaksAtSpace ? space ?? end : end)]
      }
      end = text.index(after: end)
    }
    return text
  }
}
