import CellGrid
import Events
import Findings
import SafeText

extension State {
  /// The menu or the help that lies over the view.
  func drawOverlay(in canvas: inout Canvas) {
    if let menu { return draw(menu, in: &canvas) }
    switch overlay {
    case .help(let query, let cursor)?: drawHelp(query, cursor, in: &canvas)
    case .triage(let form)?: drawTriage(form, in: &canvas)
    case .suppress(let form)?: drawSuppress(form, in: &canvas)
    case .line(let top)?: drawLine(top, in: &canvas)
    case .palette(let palette)?:
      drawCandidates(completion(of: palette), palette.line, in: &canvas)
    case .filter(let text)? where !text.isEmpty && place.panes.contains(where: \.kind.isLimited):
      drawCandidates(filterCompletion(before: text[...]), CompletedEntry(text), in: &canvas)
    default: break
    }
  }

  /// The menu that lies over the view; nil where none does.
  var menu: Menu? {
    switch overlay {
    case .sort(let cursor)?:
      let items = sortColumns.map { column in
        let isSorted = column.sort == pane?.sort?.column
        return Menu.Item(text: column.title.lowercased(), note: isSorted ? "again reverses" : "")
      }
      return Menu("Sort by", items, cursor, in: size)
    case .time(let cursor, let typed)?:
      let items = timeChoices.map { choice in
        let isShift = shiftMark.map { choice == .since($0) } ?? false
        return Menu.Item(
          text: isShift ? "since my last shift" : choice.title, note: choice == time ? "now" : "")
      }
      return Menu("Time range", items, cursor, typed: typed, in: size)
    case .themes(let cursor, let former)?:
      let items = settings.themes.map { Menu.Item(text: $0, note: $0 == former ? "was" : "") }
      return Menu("Theme", items, cursor, in: size)
    case .copy(let cursor)?:
      let items = CopyForm.allCases.map {
        Menu.Item(text: $0.title, note: copyText($0) == nil ? "not here" : "")
      }
      return Menu("Copy", items, cursor, in: size)
    case .export(let cursor)?:
      let items = ExportFormat.allCases.map {
        Menu.Item(text: $0.rawValue, note: "." + $0.fileExtension)
      }
      return Menu("Export", items, cursor, in: size)
    default: return nil
    }
  }

  private func draw(_ menu: Menu, in canvas: inout Canvas) {
    canvas.clear(menu.rect)
    canvas.box(menu.rect, title: menu.title, isFocused: true)
    canvas.within(menu.rect.inset()) { inner in
      for (y, item) in menu.items.dropFirst(menu.top).prefix(menu.room).enumerated() {
        inner.put(item.text, x: 2, y: y)
        inner.put(item.note, right: inner.width - 1, y: y, width: 14, role: .muted)
        if y + menu.top == menu.cursor, menu.typed?.isEmpty ?? true {
          inner.put(inner.isASCII ? ">" : "▸", x: 0, y: y)
          inner.paint(Rect(x: 0, y: y, width: inner.width, height: 1), role: .selected)
        }
      }
      guard let typed = menu.typed else { return }
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
    let rect = Rect.centred(width: canvas.width, height: canvas.height - 2, in: size)
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
    let rect = helpRect
    canvas.clear(rect)
    canvas.box(
      rect, title: "Keys", detail: ["type to search, Enter runs, Esc closes"], isFocused: true)
    canvas.within(rect.inset(horizontally: 1)) { inner in
      inner.put("/", x: 1, y: 0, role: .key)
      let used = inner.put(query, x: 2, y: 0, width: inner.width - 4)
      inner.showCursor(x: 2 + used, y: 0)
      let top = helpTop(query, cursor)
      for (row, binding) in entries.dropFirst(top).prefix(max(1, inner.height - 1)).enumerated() {
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

  var helpRect: Rect {
    Rect.centred(
      width: size.width < 100 ? size.width : 90, height: size.height - 2, in: size)
  }

  /// The first entry in view.
  func helpTop(_ query: String, _ cursor: Int) -> Int {
    let room = max(1, helpRect.height - 3)
    return max(0, min(cursor - room / 2, helpEntries(query).count - room))
  }
}
