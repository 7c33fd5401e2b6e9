import Events
import Findings

/// What a table is written as.
package enum ExportFormat: String, CaseIterable, Hashable, Sendable {
  case csv = "CSV"
  case jsonLines = "JSON lines"
  case markdown = "Markdown"

  /// The end of the file's name.
  package var fileExtension: String {
    switch self {
    case .csv: "csv"
    case .jsonLines: "ndjson"
    case .markdown: "md"
    }
  }
}

extension State {
  var exportReason: String? {
    guard let pane else { return "a text is copied with y, a list is exported" }
    return pane.total == 0 ? "there is nothing to export here" : nil
  }

  mutating func pressExport(_ key: Key, _ cursor: Int) -> [Effect] {
    let count = ExportFormat.allCases.count
    switch key {
    case .escape, .character("q"): overlay = nil
    case .up, .character("k"): overlay = .export(cursor: max(0, cursor - 1))
    case .down, .character("j"): overlay = .export(cursor: min(count - 1, cursor + 1))
    case .enter, .character("e"):
      overlay = nil
      return export(as: ExportFormat.allCases[cursor])
    default: break
    }
    return []
  }

  /// The most lines that are exported at once.
  private static let mostExported = 100_000

  /// Asks for the whole list where the store has it; else what is here is all of it.
  private mutating func export(as format: ExportFormat) -> [Effect] {
    guard let pane else { return [] }
    guard let request = request(for: .pane(place.focus)) else {
      return [effect(format, pane, pane.lines?.lines ?? [])]
    }
    if pane.total > State.mostExported {
      notice = Notice("the first \(Wording.count(State.mostExported)) lines are exported")
    }
    place.exportFormat = format
    place.exportPane = place.focus
    return ask(request.whole(limit: State.mostExported), for: .export)
  }

  /// The whole list has come.
  mutating func takeExport(_ answer: Answer) -> [Effect] {
    guard let format = place.exportFormat, let lines = Lines(answer),
      place.panes.indices.contains(place.exportPane)
    else { return [] }
    place.exportFormat = nil
    return [effect(format, place.panes[place.exportPane], lines.lines)]
  }

  private func effect(_ format: ExportFormat, _ pane: Pane, _ lines: [Line]) -> Effect {
    let words = "\(view.title)-\(pane.kind.title)".lowercased().unicodeScalars.map { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        ? Character(scalar) : "-"
    }
    let name = String(words.prefix(80)) + "." + format.fileExtension
    return .export(format, name: name, table(of: pane, lines))
  }

  /// The list as a table: numbers as they are, times in full, names uncut.
  private func table(of pane: Pane, _ lines: [Line]) -> Table {
    if pane.kind == .table, let table = place.table?.table {
      let numbers = lines.compactMap { line in
        if case .cells(let number, _) = line { number } else { nil }
      }
      return Table(columns: table.columns, rows: numbers.map { table.rows[$0] })
    }
    let columns = columns(of: pane).filter { !$0.isPicture }
    return Table(
      columns: columns.map { Text($0.title.lowercased().replacing(" ", with: "_")) },
      rows: lines.map { line in
        columns.map { column in
          let text = line.whole(column.field) ?? cell(line, column.field, width: 200).text
          if text == "-" { return .null }
          guard column.isNumber else { return .string(text) }
          let digits = text.filter { $0 != "," }
          return Int64(digits).map { .number(.whole($0)) } ?? .string(digits)
        }
      })
  }
}

extension Line {
  /// The value of a field that the screen shortens.
  func whole(_ field: Column.Field) -> String? {
    switch (field, self) {
    case (.image, _): roles[.image]
    case (.lastSeen, .finding(let line)): full(line.lastSeen)
    case (.lastSeen, .row(let line)): full(line.lastSeen)
    case (.lastSeen, .session(let line)): full(line.lastSeen)
    case (.age, .repository(let line)): full(line.lastSeen)
    case (.age, .image(let line)): full(line.lastSeen)
    case (.age, .user(let line)): full(line.lastSeen)
    case (.age, .source(let line)): full(line.lastSeen)
    case (.time, .entry(let entry)): entry.after.at.map(full)
    case (.file, .file(let line)): line.path
    case (.file, .letter(let line)): line.letter.path
    case (.size, .file(let line)): String(line.size)
    case (.offset, .file(let line)): String(line.offset)
    case (.behind, .file(let line)): String(line.behind)
    case (.age, .file(let line)): line.readAt.map(full)
    default: nil
    }
  }

  private func full(_ time: Timestamp) -> String { "\(time.date)T\(time.timeOfDay)Z" }
}

extension Request {
  /// The same list from its first line on.
  func whole(limit: Int) -> Request {
    func all(_ query: Query) -> Query {
      var query = query
      query.offset = 0
      query.limit = limit
      return query
    }
    return switch self {
    case .repositories(let query): .repositories(all(query))
    case .images(let query): .images(all(query))
    case .findings(let query): .findings(all(query))
    case .users(let query): .users(all(query))
    case .sources(let query): .sources(all(query))
    case .rows(let query): .rows(all(query))
    case .sessions(let query): .sessions(all(query))
    case .fileLines(let query): .fileLines(all(query))
    case .deadLetters(let query): .deadLetters(all(query))
    case .triageHistory(let subject, _, _): .triageHistory(subject, offset: 0, limit: limit)
    default: self
    }
  }
}
