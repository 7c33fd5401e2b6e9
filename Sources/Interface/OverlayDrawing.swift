import CellGrid
import Events
import Findings
import SafeText

extension State {
  /// The menu or the help that lies over the view.
  func drawOverlay(in canvas: inout Canvas) {
    switch overlay {
    case .help(let query, let cursor)?: drawHelp(query, cursor, in: &canvas)
    case .sort(let cursor)?:
      let items = sortColumns.map { column in
        let isSorted = column.sort == pane?.sort?.column
        return (column.title.lowercased(), isSorted ? "again reverses" : "")
      }
      drawMenu("Sort by", items, cursor, typed: nil, in: &canvas)
    case .time(let cursor, let typed)?:
      let items = timeChoices.map { choice in
        let isShift = shiftMark.map { choice == .since($0) } ?? false
        return (isShift ? "since my last shift" : choice.title, choice == time ? "now" : "")
      }
      drawMenu("Time range", items, cursor, typed: typed, in: &canvas)
    case .triage(let form)?: drawTriage(form, in: &canvas)
    case .suppress(let form)?: drawSuppress(form, in: &canvas)
    case .themes(let cursor, let former)?:
      let items = settings.themes.map { ($0, $0 == former ? "was" : "") }
      drawMenu("Theme", items, cursor, typed: nil, in: &canvas)
    case .copy(let cursor)?:
      let items = CopyForm.allCases.map { ($0.title, copyText($0) == nil ? "not here" : "") }
      drawMenu("Copy", items, cursor, typed: nil, in: &canvas)
    case .line(let top)?: drawLine(top, in: &canvas)
    case .export(let cursor)?:
      let items = ExportFormat.allCases.map { ($0.rawValue, "." + $0.fileExtension) }
      drawMenu("Export", items, cursor, typed: nil, in: &canvas)
    case .palette(let palette)?:
      drawCandidates(completion(of: palette), palette.line, in: &canvas)
    case .filter(let text)? where !text.isEmpty && place.panes.contains(where: \.kind.isLimited):
      drawCandidates(filterCompletion(before: text[...]), CompletedEntry(text), in: &canvas)
    case .filter?, .search?, nil: break
    }
  }

  private func drawMenu(
    _ title: String, _ items: [(String, String)], _ cursor: Int, typed: String?,
    in canvas: inout Canvas
  ) {
    let extra = typed == nil ? 0 : 2
    let height = min(items.count + 2 + extra, canvas.height - 2)
    let rect = centred(width: 34, height: height, in: canvas)
    canvas.clear(rect)
    canvas.box(rect, title: title, isFocused: true)
    canvas.within(rect.inset()) { inner in
      let room = max(1, inner.height - extra)
      let top = max(0, min(cursor - room + 1, items.count - room))
      for (y, item) in items.dropFirst(top).prefix(room).enumerated() {
        inner.put(item.0, x: 2, y: y)
        inner.put(item.1, right: inner.width - 1, y: y, width: 14, role: .muted)
        if y + top == cursor, typed?.isEmpty ?? true {
          inner.put(inner.isASCII ? ">" : "▸", x: 0, y: y)
          inner.paint(Rect(x: 0, y: y, width: inner.width, height: 1), role: .selected)
        }
      }
      guard let typed else { return }
      inner.put("or type", x: 2, y: inner.height - 1, role: .muted)
      let text = typed.isEmpty ? "-24h or 2026-01-01..02-01" : typed
      let used = inner.put(
        text, x: 10, y: inner.height - 1, role: typed.isEmpty ? .muted : .text)
      inner.showCursor(x: 10 + (typed.isEmpty ? 0 : used), y: inner.height - 1)
    }
  }

  /// The selected line of a drilldown's table, a row or more for each column.
  func selectedLineRows(width: Int) -> [[Span]] {
    guard case .cells(_, let cells)? = pane?.selected, let result = place.table
    else { return [] }
    let names = result.table.columns.map(\.string)
    let widest = min(36, names.reduce(4) { max($0, Wording.width($1)) })
    return zip(names, cells).flatMap { name, cell in
      if name == "_raw", cell.utf8.first == UInt8(ascii: "{") {
        return record(Array(cell.utf8), width: width)
      }
      let line = DocumentLine.fact(name, widest, [Span(cell, .text, as: .prose)])
      return rows(of: line, width: width, most: 200)
    }
  }

  /// An event's own text, laid out.
  private func record(_ raw: [UInt8], width: Int) -> [[Span]] {
    let title = DocumentLine([Span("_raw", .muted)], indent: 2)
    return ([title] + JSONLayout.lines(of: raw, from: 0)).flatMap { line in
      rows(of: line, width: max(10, width - line.indent - 2), most: 200).map {
        [Span(String(repeating: " ", count: line.indent + 2))] + $0
      }
    }
  }

  private func drawLine(_ top: Int, in canvas: inout Canvas) {
    let rect = centred(width: canvas.width, height: canvas.height - 2, in: canvas)
    canvas.clear(rect)
    canvas.box(rect, title: place.title, detail: ["Esc closes"], isFocused: true)
    canvas.within(rect.inset(horizontally: 2)) { inner in
      let rows = selectedLineRows(width: inner.width).dropFirst(top).prefix(inner.height)
      for (y, spans) in rows.enumerated() {
        draw(spans, x: 0, y: y, width: inner.width, in: &inner)
      }
    }
  }

  private func drawHelp(_ query: String, _ cursor: Int, in canvas: inout Canvas) {
    let entries = helpEntries(query)
    let rect = centred(
      width: canvas.width < 100 ? canvas.width : 90, height: canvas.height - 2, in: canvas)
    canvas.clear(rect)
    canvas.box(
      rect, title: "Keys", detail: ["type to search, Enter runs, Esc closes"], isFocused: true)
    canvas.within(rect.inset(horizontally: 1)) { inner in
      inner.put("/", x: 1, y: 0, role: .key)
      let used = inner.put(query, x: 2, y: 0, width: inner.width - 4)
      inner.showCursor(x: 2 + used, y: 0)
      let room = max(1, inner.height - 1)
      let top = max(0, min(cursor - room / 2, entries.count - room))
      for (row, binding) in entries.dropFirst(top).prefix(room).enumerated() {
        drawEntry(binding, y: row + 1, in: &inner)
        if row + top == cursor {
          inner.put(inner.isASCII ? ">" : "▸", x: 0, y: row + 1)
          inner.paint(Rect(x: 0, y: row + 1, width: inner.width, height: 1), role: .selected)
        }
      }
      if entries.isEmpty { inner.put("no key does that", x: 2, y: 1, role: .muted) }
    }
  }

  private func drawEntry(_ binding: Binding, y: Int, in canvas: inout Canvas) {
    let keys = binding.keys.map(\.label).joined(separator: " ")
    canvas.put(keys, x: 2, y: y, width: 13, role: .key)
    let reason = disabledReason(binding.command)
    let room = canvas.width - 17
    let used = canvas.put(
      binding.description, x: 16, y: y, width: room, role: reason == nil ? .text : .muted)
    if let reason, used + reason.count + 4 <= room {
      canvas.put("  (\(reason))", x: 16 + used, y: y, width: room - used, role: .muted)
    }
  }

  func centred(width: Int, height: Int, in canvas: Canvas) -> Rect {
    Rect(
      x: (canvas.width - width) / 2, y: max(0, (canvas.height - height) / 2), width: width,
      height: height)
  }
}
