import CellGrid

extension State {
  /// A press on what lies over the view: a menu's item is taken, a form's field is chosen and then
  /// turned, what could stand in a line is put there; beside it all, it is left.
  mutating func press(_ overlay: Overlay, at point: Point) -> [Effect] {
    switch overlay {
    case .help(let query, let cursor): return pressHelp(query, cursor, at: point)
    case .triage(let form):
      return pressForm(triageRect, form.field.rawValue, TriageForm.Field.allCases.count, at: point)
    case .suppress(let form):
      return pressForm(
        suppressRect, form.field.rawValue, SuppressForm.Field.allCases.count, at: point)
    case .palette(var palette):
      let completion = completion(of: palette)
      guard let candidate = candidate(completion, palette.line, at: point) else {
        return point.y >= size.height - footLines ? [] : press(.escape)
      }
      palette.line.take(candidate, of: completion)
      self.overlay = .palette(palette)
      return []
    case .filter(let text):
      let completion = filterCompletion(before: text[...])
      guard !text.isEmpty,
        let candidate = candidate(completion, CompletedEntry(text), at: point)
      else { return point.y >= size.height - footLines ? [] : press(.enter) }
      return typeFilter(text.dropLast(completion.typed) + candidate.text)
    case .search: return point.y >= size.height - footLines ? [] : press(.enter)
    case .line: return point.y >= size.height - 1 ? press(.escape) : []
    case .sort, .time, .export, .copy, .themes: return pressMenu(at: point)
    }
  }

  /// A theme is looked at first, and taken by a second press.
  private mutating func pressMenu(at point: Point) -> [Effect] {
    guard let menu else { return [] }
    guard menu.rect.contains(point) else { return press(.escape) }
    guard let item = menu.item(at: point.y) else { return [] }
    let isChosen = item == menu.cursor && (menu.typed?.isEmpty ?? true)
    let effects = move(from: menu.cursor, to: item)
    if case .themes? = overlay, !isChosen { return effects }
    // What was typed is not what was pressed.
    if case .time? = overlay { overlay = .time(cursor: item, typed: "") }
    return effects + press(.enter)
  }

  private mutating func pressHelp(_ query: String, _ cursor: Int, at point: Point) -> [Effect] {
    guard helpRect.contains(point) else { return press(.escape) }
    let item = helpTop(query, cursor) + point.y - helpRect.y - 2
    guard point.y > helpRect.y + 1, point.y < helpRect.bottom - 1,
      item < helpEntries(query).count
    else { return [] }
    return item == cursor ? press(.enter) : move(from: cursor, to: item)
  }

  /// A press on the field that is chosen already turns it to its next choice.
  private mutating func pressForm(
    _ rect: Rect, _ chosen: Int, _ fields: Int, at point: Point
  ) -> [Effect] {
    guard rect.contains(point) else { return [] }
    let top = rect.height - 2 >= fields + 3 ? 1 : 0
    let field = point.y - rect.y - 1 - top
    guard (0..<fields).contains(field) else { return [] }
    return field == chosen ? press(.right) : move(from: chosen, to: field)
  }

  /// Presses the arrow as often as it takes.
  private mutating func move(from cursor: Int, to item: Int) -> [Effect] {
    var effects: [Effect] = []
    for _ in 0..<abs(item - cursor) { effects += press(item > cursor ? .down : .up) }
    return effects
  }

  private func candidate(
    _ completion: Completion, _ line: CompletedEntry, at point: Point
  ) -> Completion.Candidate? {
    guard let box = CandidateBox(completion, line, above: footLines, in: size),
      box.rect.contains(point), box.shown.indices.contains(box.top + point.y - box.rect.y - 1)
    else { return nil }
    return box.shown[box.top + point.y - box.rect.y - 1]
  }
}
