import CellGrid
import Findings

extension State {
  /// The upper part of a view.
  func drawCard(in canvas: inout Canvas, _ rect: Rect) {
    let inside = rect.inset(horizontally: 2)
    let lines = cardLines(width: inside.width)
    let hidden = lines.count - inside.height
    let note = hidden > 0 ? "\(Wording.counted(hidden, "more line"))" : ""
    var title = place.title
    // The text of a search stands in the card.
    if case .search = view { title = "Search" }
    canvas.box(rect, title: title, detail: cardDetail, note: note)
    canvas.within(inside) { inner in
      for (y, spans) in lines.prefix(inner.height).enumerated() {
        draw(spans, x: 0, y: y, width: inner.width, in: &inner)
      }
    }
  }

  /// A long text in its border.
  func drawDocument(in canvas: inout Canvas, _ rect: Rect) {
    guard let document = place.document else { return }
    canvas.box(
      rect, title: place.title, detail: documentDetail(document), note: documentNote(document),
      isFocused: true)
    let inside = Rect(
      x: rect.x + 1, y: rect.y + 1, width: rect.width - 2, height: rect.height - 2)
    canvas.within(inside) { inner in
      guard !document.lines.isEmpty else {
        inner.put(emptyDocument, x: 2, y: min(1, inner.height - 1), role: .muted)
        return
      }
      drawLines(of: document, in: &inner)
    }
  }

  private func drawLines(of document: Document, in canvas: inout Canvas) {
    let width = canvas.width - 2
    var y = 0
    var index = document.top
    while y < canvas.height, index < document.shown.count {
      let number = document.shown[index]
      let line = document.lines[number]
      let isFolded = document.folded.contains(number)
      let start = y
      for spans in rows(
        of: marked(line, document.search), width: width, most: canvas.height, wraps: wraps)
      {
        let room = width - line.indent - (isFolded ? 8 : 0)
        let used = draw(spans, x: 1 + line.indent, y: y, width: room, in: &canvas)
        if isFolded {
          canvas.put(foldSign(document, number), x: 1 + line.indent + used, y: y, role: .muted)
        }
        y += 1
      }
      if index == document.cursor {
        canvas.paint(
          Rect(x: 0, y: start, width: canvas.width, height: max(1, y - start)),
          role: overlay == nil ? .selected : .selectedUnfocused)
      }
      y = max(y, start + 1)
      index += 1
    }
  }

  private func foldSign(_ document: Document, _ number: Int) -> String {
    let hidden = (document.lines[number].foldEnd ?? number) - number
    return " \(settings.isASCII ? "..." : "…") \(Wording.counted(hidden, "line"))"
  }

  /// The line with the searched text marked in it.
  private func marked(_ line: DocumentLine, _ search: String) -> DocumentLine {
    guard !search.isEmpty else { return line }
    var line = line
    line.spans = line.spans.flatMap { span -> [Span] in
      let found = ranges(of: search, in: span.text)
      guard !found.isEmpty else { return [span] }
      let bytes = Array(span.text.utf8)
      var parts: [Span] = []
      var end = 0
      for range in found {
        parts.append(Span(text(bytes[end..<range.lowerBound]), span.role, as: span.kind))
        parts.append(Span(text(bytes[range]), .match, as: span.kind))
        end = range.upperBound
      }
      return parts + [Span(text(bytes[end...]), span.role, as: span.kind)]
    }
    return line
  }

  private func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

  private func documentDetail(_ document: Document) -> [String] {
    guard !document.search.isEmpty else { return [] }
    let found = document.found
    return [
      "/ " + document.search, found == 0 ? "not found" : "in \(Wording.counted(found, "line"))",
    ]
  }

  private func documentNote(_ document: Document) -> String {
    guard document.shown.count > documentSize.height else { return "" }
    let line = Wording.count(document.cursor + 1)
    return "line \(line) of \(Wording.count(document.shown.count))"
  }

  private var emptyDocument: String {
    switch (view, place.card) {
    case (.row, .row(nil)?):
      "this row is no longer there: later records withdrew it, or it is too old"
    case (.record, .record(nil)?): "this record is no longer kept"
    case (.file, .fileCard(nil)?): "nothing is known of this file any more"
    case (.deadLetter, .deadLetter(nil)?): "it is no longer kept: the newest 10,000 are"
    case (.rule, _): "this rule is not loaded; L lists those that are"
    default: "loading"
    }
  }
}
