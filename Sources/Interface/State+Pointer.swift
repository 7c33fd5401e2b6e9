import CellGrid
import Events
import Findings

extension State {
  /// Does what the mouse asks for, where somebody has turned it on: a press selects, a second one
  /// opens; column heads sort, crumbs lead back, bars narrow, the keys below run.
  mutating func point(_ act: PointerAct, at point: Point) -> [Effect] {
    guard typedAhead.isEmpty else { return [] }
    if let overlay {
      return act == .press
        ? press(overlay, at: point) : press(act == .wheelUp ? .up : .down)
    }
    guard act == .press else { return wheel(act == .wheelUp ? -3 : 3, at: point) }
    if let hint = hint(at: point) { return run(hint.command) }
    notice = nil
    if point.y == 0 { return headerTarget(at: point.x).map { go(to: $0) } ?? [] }
    if point.y == 1, stack.count > 1 { return goBack(to: point) }
    if let moment = bar(at: point) { return narrow(to: moment) }
    if view.isDocument { return pressDocument(at: point) }
    if let rect = arrangement.card, rect.contains(point) {
      return cardTarget(at: point, rect).map { go(to: $0) } ?? []
    }
    return pressPane(at: point)
  }

  private func hint(at point: Point) -> Binding? {
    guard point.y == size.height - 1 else { return nil }
    return keyHints.first { $0.columns.contains(point.x) }?.binding
  }

  /// A crumb leads back to its view.
  private mutating func goBack(to point: Point) -> [Effect] {
    let crumb = crumbs.first {
      ($0.x..<$0.x + Wording.width($0.title)).contains(point.x)
    }
    guard let place = crumb?.place, place < stack.count - 1 else { return [] }
    history.leave(stack)
    stack.removeLast(stack.count - 1 - place)
    return arrive()
  }

  /// The time of the timeline's bar at a cell.
  private func bar(at point: Point) -> Timestamp? {
    guard timelineLines > 0, point.y == headLines - timelineLines,
      let timeline = place.timeline, !timeline.counts.isEmpty
    else { return nil }
    return TimelineBars(timeline, width: timelineWidth(timeline)).moment(of: point.x - 1)
  }

  /// The same bar again shows the whole range.
  private mutating func narrow(to time: Timestamp) -> [Effect] {
    moment = moment == time ? nil : time
    return rangeChanged()
  }

  private mutating func wheel(_ distance: Int, at point: Point) -> [Effect] {
    if view.isDocument { return scroll(document: distance) }
    guard let (index, _) = pane(at: point) else { return [] }
    place.panes[index].select(
      place.panes[index].cursor + distance, height: paneHeight(index))
    return loadMissing()
  }

  private mutating func scroll(document distance: Int) -> [Effect] {
    guard var document = place.document else { return [] }
    let last = max(0, document.shown.count - 1)
    document.cursor = min(max(0, document.cursor + distance), last)
    place.document = scrolled(document)
    return []
  }

  private func pane(at point: Point) -> (index: Int, rect: Rect)? {
    let found = arrangement.panes.first { _, rect in
      rect.contains(point)
    }
    return found.map { ($0.key, $0.value) }
  }

  private mutating func pressPane(at point: Point) -> [Effect] {
    guard let (index, rect) = pane(at: point) else { return [] }
    let wasFocused = index == place.focus
    let effects = wasFocused ? [] : reveal { $0.place.focus = index }
    let row = point.y - rect.y
    guard row >= 1, row < rect.height - 1, (rect.x + 1..<rect.right - 1).contains(point.x) else {
      return effects
    }
    if row == 1 { return effects + sort(at: point.x - rect.x - 1, width: rect.width - 2) }
    let pane = place.panes[index]
    let line = pane.top + row - 2
    guard line < pane.total else { return effects }
    if wasFocused, line == pane.cursor { return effects + run(.open) }
    place.panes[index].select(line, height: paneHeight(index))
    return effects + loadMissing()
  }

  /// Sorts the list with the focus by the column whose head is there.
  private mutating func sort(at x: Int, width: Int) -> [Effect] {
    guard let pane else { return [] }
    let (columns, layout) = layout(of: pane, width: width)
    let hit = layout.places.first { ($0.x + 2..<$0.x + 2 + $0.width).contains(x) }
    guard let field = hit.map({ columns[$0.column].field }),
      let index = sortColumns.firstIndex(where: { $0.field == field })
    else { return [] }
    return sort(by: index)
  }

  /// Puts a document's cursor on the line at a cell; a press on the cursor folds, or goes on.
  private mutating func pressDocument(at point: Point) -> [Effect] {
    guard var document = place.document, let rect = arrangement.document,
      let index = documentLine(at: point.y - rect.y - 1, of: document)
    else { return [] }
    if index == document.cursor {
      return disabledReason(.open) == nil ? run(.open) : []
    }
    document.cursor = index
    place.document = scrolled(document)
    return []
  }

  /// Which of the shown lines stands in a row below the border.
  private func documentLine(at row: Int, of document: Document) -> Int? {
    let size = documentSize
    var y = 0
    var index = document.top
    while row >= 0, y < size.height, index < document.shown.count {
      let line = document.lines[document.shown[index]]
      y += max(1, rows(of: line, width: size.width, most: size.height, wraps: wraps).count)
      if row < y { return index }
      index += 1
    }
    return nil
  }
}
