import CellGrid
import Findings

extension State {
  /// A key goes to what lies on top: a line that is typed, a menu, help, else the view.
  mutating func press(_ key: Key) -> [Effect] {
    notice = nil
    switch (overlay, key) {
    case (_, .control("Z")): return [.suspend]
    case (_, .control("L")): return [.repaint]
    case (_, .control("C")): return [.quit]
    case (.filter(let text)?, _): return typeFilter(key, text)
    case (.search(let text)?, _): return typeSearch(key, text)
    case (.line(let top)?, _): return pressLine(key, top)
    case (.help(let query, let cursor)?, _): return pressHelp(key, query, cursor)
    case (.sort(let cursor)?, _): return pressSort(key, cursor)
    case (.time(let cursor, let typed)?, _): return pressTime(key, cursor, typed)
    case (.triage(let form)?, _): return pressTriage(key, form)
    case (.export(let cursor)?, _): return pressExport(key, cursor)
    case (.suppress(let form)?, _): return pressSuppress(key, form)
    case (.themes(let cursor, let former)?, _): return pressThemes(key, cursor, former)
    case (.copy(let cursor)?, _): return pressCopy(key, cursor)
    case (.palette(let palette)?, _): return pressPalette(key, palette)
    case (nil, _):
      return pressView(key)
    }
  }

  private mutating func pressView(_ key: Key) -> [Effect] {
    if key == .escape, !typedAhead.isEmpty {
      typedAhead = []
      return []
    }
    let command = bindings.first { $0.keys.contains(key) }?.command
    if mustWait(command) {
      keep(key)
      return []
    }
    return command.map { run($0) } ?? []
  }

  /// The filter holds from the first character on.
  private mutating func typeFilter(_ key: Key, _ text: String) -> [Effect] {
    switch key {
    case .enter where isRefused(place.filter): return []
    case .enter:
      overlay = nil
      return settle()
    case .escape:
      overlay = nil
      let hasChanged = place.filter != place.filter.cleared
      place.filter = place.filter.cleared
      return hasChanged ? refilter() : settle()
    default:
      guard let edited = key == .tab ? completed(text) : edited(text, key) else { return [] }
      return typeFilter(edited)
    }
  }

  mutating func typeFilter(_ text: String) -> [Effect] {
    overlay = .filter(text: text)
    let filter = place.filter.filter
    place.filter.read(text)
    let isOurs = place.panes.contains { $0.kind == .rules || $0.kind == .table }
    return filter == place.filter.filter && !isOurs ? [] : refilter()
  }

  /// Whether a filter cannot be read where it has to be; lists of our own look for its words.
  func isRefused(_ filter: FilterTerms) -> Bool {
    filter.problem != nil && place.panes.contains(where: \.kind.isLimited)
  }

  /// A filter with the first word that could stand at its end; nil where there is none.
  private func completed(_ text: String) -> String? {
    let completion = filterCompletion(before: text[...])
    return completion.candidates.first.map { text.dropLast(completion.typed) + $0.text }
  }

  private mutating func typeSearch(_ key: Key, _ text: String) -> [Effect] {
    switch key {
    case .enter: overlay = nil
    case .escape:
      overlay = nil
      place.document?.search = ""
    default:
      guard let edited = edited(text, key) else { return [] }
      overlay = .search(text: edited)
      place.document?.search = edited
      place.document?.find(forward: true, fromHere: true)
    }
    return settle()
  }

  mutating func find(forward: Bool) {
    place.document?.find(forward: forward)
    if let document = place.document { place.document = scrolled(document) }
  }

  private mutating func pressHelp(_ key: Key, _ query: String, _ cursor: Int) -> [Effect] {
    let found = helpEntries(query)
    switch key {
    case .escape: overlay = nil
    case .enter:
      overlay = nil
      if found.indices.contains(cursor) { return run(found[cursor].command) }
    case .up: overlay = .help(query: query, cursor: max(0, cursor - 1))
    case .down: overlay = .help(query: query, cursor: min(max(0, found.count - 1), cursor + 1))
    case .pageUp: overlay = .help(query: query, cursor: max(0, cursor - 10))
    case .pageDown: overlay = .help(query: query, cursor: min(max(0, found.count - 1), cursor + 10))
    default:
      guard let edited = edited(query, key) else { return [] }
      overlay = .help(query: edited, cursor: 0)
    }
    return []
  }

  /// The bindings whose key or description holds the query.
  func helpEntries(_ query: String) -> [Binding] {
    guard !query.isEmpty else { return bindings }
    return bindings.filter { binding in
      !ranges(of: query, in: binding.description).isEmpty
        || binding.keys.contains { $0.label == query }
    }
  }

  private mutating func pressLine(_ key: Key, _ top: Int) -> [Effect] {
    let last = max(0, selectedLineRows(width: size.width - 4).count - (size.height - 4))
    switch key {
    case .escape, .enter, .character("q"): overlay = nil
    case .up, .character("k"): overlay = .line(top: max(0, top - 1))
    case .down, .character("j"): overlay = .line(top: min(last, top + 1))
    case .pageUp: overlay = .line(top: max(0, top - size.height + 4))
    case .pageDown: overlay = .line(top: min(last, top + size.height - 4))
    default: break
    }
    return []
  }

  private mutating func pressSort(_ key: Key, _ cursor: Int) -> [Effect] {
    let count = sortColumns.count
    switch key {
    case .escape, .character("q"): overlay = nil
    case .up, .character("k"): overlay = .sort(cursor: max(0, cursor - 1))
    case .down, .character("j"): overlay = .sort(cursor: min(max(0, count - 1), cursor + 1))
    case .enter, .character("S"):
      overlay = nil
      return sort(by: cursor)
    default: break
    }
    return []
  }

  private mutating func pressTime(_ key: Key, _ cursor: Int, _ typed: String) -> [Effect] {
    switch key {
    case .escape, .character("q"): overlay = nil
    case .up, .character("k"): overlay = .time(cursor: max(0, cursor - 1), typed: "")
    case .down, .character("j"):
      overlay = .time(cursor: min(timeChoices.count - 1, cursor + 1), typed: "")
    case .enter:
      let choice = typed.isEmpty ? timeChoices[cursor] : TimeChoice(typed: typed)
      guard let choice else {
        notice = Notice(TimeChoice.refusal(of: typed))
        return []
      }
      overlay = nil
      return choose(choice)
    default:
      guard let edited = edited(typed, key), edited.utf8.count <= 44 else { return [] }
      overlay = .time(cursor: cursor, typed: edited)
    }
    return []
  }

  /// The ranges of the menu; with a mark, what is new since then too.
  var timeChoices: [TimeChoice] {
    TimeChoice.offered + (shiftMark.map { [.since($0)] } ?? [])
  }

  /// Looks as far back as that from now on.
  mutating func choose(_ choice: TimeChoice) -> [Effect] {
    time = choice
    moment = nil
    return rangeChanged()
  }

  /// A line after a key was typed into it; nil for keys that type nothing.
  private func edited(_ text: String, _ key: Key) -> String? {
    switch key {
    case .character(let character): text.utf8.count < 2000 ? text + String(character) : nil
    case .backspace, .delete: String(text.dropLast())
    case .control("U"): ""
    case .control("W"):
      text.split(separator: " ").dropLast().map { $0 + " " }.joined()
    default: nil
    }
  }
}
