import CellGrid
import Findings

extension State {
  /// A list in its border: title, sort and filter above, column heads, lines.
  func drawPane(_ index: Int, in canvas: inout Canvas, _ rect: Rect) {
    let pane = place.panes[index]
    let isFocused = index == place.focus && overlay == nil
    canvas.box(
      rect, title: title(of: pane, index), detail: detail(of: pane), note: note(of: pane, index),
      isFocused: index == place.focus)
    let inside = Rect(
      x: rect.x + 1, y: rect.y + 1, width: rect.width - 2, height: rect.height - 2)
    canvas.within(inside) { inner in
      guard pane.total > 0 else {
        drawEmpty(pane, in: &inner)
        return
      }
      drawLines(of: pane, in: &inner, isFocused: isFocused)
    }
  }

  private func drawLines(of pane: Pane, in canvas: inout Canvas, isFocused: Bool) {
    let (columns, layout) = layout(of: pane, width: canvas.width)
    for place in layout.places {
      let title = heading(of: columns[place.column], pane, place.width)
      put(CellText(title, .heading), columns[place.column], place, y: 0, in: &canvas)
    }
    for y in 1..<max(1, canvas.height) {
      let index = pane.top + y - 1
      guard index < pane.total else { break }
      guard let line = pane.lines?[index] else {
        canvas.put(canvas.isASCII ? "..." : "…", x: 2, y: y, role: .muted)
        continue
      }
      for place in layout.places {
        let column = columns[place.column]
        put(cell(line, column.field, width: place.width), column, place, y: y, in: &canvas)
      }
      if case .finding(let finding) = line, self.place.marks.contains(finding.id) {
        canvas.put("*", x: 1, y: y, role: .key)
      }
      if index == pane.cursor { drawSelection(in: &canvas, y: y, isFocused: isFocused) }
    }
  }

  /// The columns in view and where they stand, within a width, beside the cursor's mark.
  func layout(of pane: Pane, width: Int) -> (columns: [Column], layout: TableLayout) {
    let isTable = pane.kind == .table
    let columns = isTable ? Array(columns(of: pane).dropFirst(pane.left)) : columns(of: pane)
    let sample = (pane.lines?.lines ?? []).prefix(60)
    let widths = columns.map { column in
      var widths = column.widths
      // A date, or a date and a minute: half of that would be blank.
      if column.field == .age, isPast { widths.least = width >= 90 ? widths.most : widths.least }
      if column.field == .age { widths.most = widths.least }
      guard widths.most > widths.least, !column.isPicture else { return widths }
      // No wider than its contents ask for, so that the others get what they ask for.
      let widest = sample.reduce(heading(of: column, pane, .max).count) {
        max($0, Wording.width(cell($1, column.field, width: widths.most).text))
      }
      widths.most = min(widths.most, max(widths.least, widest))
      // On a small screen names are worth more than the minute of a day of a year past.
      if column.field == .lastSeen, widest > 11, width < 90 { widths.most = 10 }
      // Half a time misleads, half a status says little.
      if column.isWhole { widths.least = widths.most }
      // What a list is of is cut last.
      if column.field == .finding { widths.least = max(widths.least, min(widths.most, 18)) }
      return widths
    }
    let layout = TableLayout(
      widths, width: width - 3, gap: width >= 56 ? 2 : 1,
      dropping: isTable ? .last : .leastWorth)
    return (columns, layout)
  }

  private func heading(of column: Column, _ pane: Pane, _ width: Int) -> String {
    var descending = pane.sort.flatMap { $0.column == column.sort ? $0.descending : nil }
    if let sort = pane.tableSort, column.field == .cell(sort.column) {
      descending = sort.descending
    }
    guard let descending else { return column.title }
    let arrow = settings.isASCII ? (descending ? "v" : "^") : (descending ? "▾" : "▴")
    return column.title.count < width ? column.title + arrow : column.title
  }

  private func drawSelection(in canvas: inout Canvas, y: Int, isFocused: Bool) {
    canvas.put(canvas.isASCII ? ">" : "▸", x: 0, y: y)
    canvas.paint(
      Rect(x: 0, y: y, width: canvas.width, height: 1),
      role: isFocused ? .selected : .selectedUnfocused)
  }

  private func put(
    _ cell: CellText, _ column: Column, _ place: TableLayout.Place, y: Int, in canvas: inout Canvas
  ) {
    let x = place.x + 2
    if column.isNumber {
      canvas.put(cell.text, right: x + place.width, y: y, width: place.width, role: cell.role)
    } else {
      canvas.put(cell.text, x: x, y: y, width: place.width, role: cell.role)
    }
  }

  private func title(of pane: Pane, _ index: Int) -> String {
    let hidden = place.panes.count - visiblePanes.count
    let title = pane.kind == .users && view.isScanned ? "Readers" : pane.kind.title
    return hidden > 0 ? "\(title) \(index + 1)/\(place.panes.count)" : title
  }

  /// How many, how sorted, how filtered, how far back.
  private func detail(of pane: Pane) -> [String] {
    var detail: [String] = []
    if let progress = pane.load?.progress { detail.append(progress) }
    if let lines = pane.lines { detail.append(count(lines.total, pane)) }
    if let filter = filter(of: pane) { detail.append("/ " + filter) }
    if let order = order(of: pane) { detail.append(order) }
    if pane.kind.isTimed { detail.append(timeTitle) }
    if pane.kind == .findings, !place.marks.isEmpty {
      detail.insert("\(Wording.count(place.marks.count)) marked", at: 0)
    }
    return detail
  }

  /// How many lines there are, and how many of the findings are open: `319, 12 open`.
  private func count(_ total: Int, _ pane: Pane) -> String {
    // The overview counts without the filter: beside fewer lines its figure would mislead.
    guard view == .overview, pane.kind == .findings, filter(of: pane) == nil, let overview
    else { return Wording.count(total) }
    let open = "\(Wording.count(overview.open)) open"
    return overview.open == total ? open : "\(Wording.count(total)), \(open)"
  }

  /// The filter that the lines of a list have passed; nil where there is none.
  private func filter(of pane: Pane) -> String? {
    switch pane.kind {
    case .rules, .table: place.filter.isEmpty ? nil : place.filter.text
    case let kind where kind.isLimited:
      place.filter.applied.isEmpty ? nil : place.filter.applied
    default: nil
    }
  }

  /// What the list is sorted by: what was chosen, else the store's own order.
  private func order(of pane: Pane) -> String? {
    let down = settings.isASCII ? "v" : "▾"
    guard let sort = pane.sort else { return pane.kind.order.map { "\($0) \(down)" } }
    let arrow = sort.descending ? down : (settings.isASCII ? "^" : "▴")
    return columns(of: pane).first { $0.sort == sort.column }.map {
      "\($0.title.lowercased()) \(arrow)"
    }
  }

  /// What is below: where one is in a long list, and whether it is held.
  private func note(of pane: Pane, _ index: Int) -> String {
    var parts: [String] = []
    if let hold, index == place.panes.count - 1 || visiblePanes.count == 1 {
      let new = hold.new > 0 ? "  +\(Wording.count(hold.new)) new" : ""
      parts.append((settings.isASCII ? "held" : "⏸ held") + new + "  f follows")
    }
    if pane.kind == .table, let width = arrangement.panes[index]?.width {
      let (columns, layout) = layout(of: pane, width: width - 2)
      let all = columns.count + pane.left
      if layout.places.count < all {
        parts.append("columns \(pane.left + 1)-\(pane.left + layout.places.count) of \(all)")
      }
    }
    if pane.lacksScans, (arrangement.panes[index]?.width ?? 0) >= 76 {
      parts.append("still there or gone: B on the rule (L) reads the logs again")
    }
    if pane.total > paneHeight(index) {
      parts.append("\(Wording.count(pane.cursor + 1)) of \(Wording.count(pane.total))")
    }
    return parts.joined(separator: "  ")
  }

  /// An empty list says why it is empty, and what to do.
  private func drawEmpty(_ pane: Pane, in canvas: inout Canvas) {
    for (y, text) in reasons(pane).enumerated() {
      canvas.put(text, x: 2, y: y + (canvas.height > 3 ? 1 : 0), role: .muted)
    }
  }

  private func reasons(_ pane: Pane) -> [String] {
    guard pane.lines != nil else {
      return place.searching.map { [$0, "Esc stops it"] } ?? ["loading"]
    }
    if filter(of: pane) != nil { return ["nothing here matches the filter", "Esc clears it"] }
    switch pane.kind {
    case .rules: return ["no rule is loaded"]
    case .files: return ["no file has been read yet"]
    case .deadLetters: return ["every record could be read"]
    case .history: return ["nobody has said anything yet", "a on a finding does"]
    case .table: return reasonsOfSearch
    case .drilldowns: return ["the rules of this user have no drilldown searches"]
    default: break
    }
    if view == .overview, let report, report.files == 0 {
      return ["no log has been read yet", "F shows what is followed"]
    }
    if moment != nil { return ["nothing at \(timeTitle)", "Esc shows the whole range again"] }
    if pane.kind == .suppressions { return ["nothing is hidden", "z on a line hides its like"] }
    if pane.kind == .techniques, time == .all {
      return ["no risk event is annotated with a technique"]
    }
    if case .seconds = time { return ["nothing in the \(time.title)", "t looks further back"] }
    if time != .all { return ["nothing \(timeTitle)", "t chooses another range"] }
    if view == .overview {
      return ["nothing has been found yet", "F shows what is read, L the rules that look at it"]
    }
    return ["nothing here", "Esc goes back"]
  }

  /// A drilldown has a range of its own; what was typed looks at that of the screen.
  private var reasonsOfSearch: [String] {
    if place.table?.note?.contains("\n") ?? false { return ["the search cannot run"] }
    guard case .search = view, time != .all else { return ["the search found nothing"] }
    if case .seconds = time {
      return ["the search found nothing in the \(time.title)", "t looks further back"]
    }
    return ["the search found nothing \(timeTitle)", "t chooses another range"]
  }
}
