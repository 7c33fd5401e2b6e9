import Events
import SPL
import Streaming

/// A search over all events in a list, one command after another: slow, plain, and written apart
/// from the plans that it is compared with.
///
/// JSON texts are read by the room JSON, and time formats by the C library; everything else is
/// done anew here.
struct NaiveSearch {
  /// What it does not know.
  struct Gap: Error {
    var what: String
  }

  /// The fields of a row, none null, and those that its record had.
  struct Row {
    var fields: [Text: Value]
    var record: [Text: Value] = [:]

    subscript(field: String) -> Value {
      get { fields[Text(field)] ?? .null }
      set { fields[Text(field)] = newValue.isNull ? nil : newValue }
    }
  }

  /// Newest first, then by the name of the record.
  let events: [Row]
  let settings: PlanSettings
  private(set) var tables: [Text: LookupTable] = [:]
  /// As searches in brackets find them, which run before the one around them.
  private let before: [Text: LookupTable]
  /// The ends of the range that the search is held to.
  var start: Int64?
  var end: Int64?
  private var hasReduced = false

  init(
    _ events: [Row], settings: PlanSettings = PlanSettings(), tables: [Text: LookupTable] = [:]
  ) {
    self.events = events
    self.settings = settings
    self.tables = tables
    before = tables
    start = settings.range.start?.seconds
    end = settings.range.last.map { settings.asOf == $0 ? $0.seconds : $0.seconds + 1 }
  }

  /// The rows of a search; throws a `Gap` for what it does not know.
  mutating func rows(of search: Search) throws -> [Row] {
    let isHeld = search.stages.allSatisfy { stage in
      if case .search(_, let times) = stage.command { times == .none } else { true }
    }
    var rows = events
    if isHeld, let range = Optional(settings.range), range.isBounded {
      rows = rows.filter { row in
        row["_time"].number.map { range.contains(Timestamp(seconds: Int64($0.double))) } ?? false
      }
    }
    if !isHeld { (start, end) = (nil, nil) }
    return try apply(search.stages.map(\.command), to: rows)
  }

  private mutating func apply(_ commands: [Command], to rows: [Row]) throws -> [Row] {
    var rows = rows
    for command in commands { rows = try apply(command, to: rows) }
    return rows
  }

  /// The rows of a search in brackets, over the same events.
  func subsearch(_ search: Search) throws -> [Row] {
    var inner = NaiveSearch(
      events,
      settings: PlanSettings(
        exact: settings.exact, asOf: settings.asOf, range: settings.range,
        usesWindows: settings.usesWindows), tables: before)
    return try inner.rows(of: search)
  }

  private mutating func apply(_ command: Command, to rows: [Row]) throws -> [Row] {
    switch command {
    case .search(let predicate, let times): return try searched(rows, predicate, times)
    case .from(.allRisk): return rows
    case .from(.allRiskPrefixed):
      return rows.map { row in
        let named = row.fields.map { ($0.string.hasPrefix("_") ? $0 : "All_Risk." + $0, $1) }
        return Row(fields: Dictionary(uniqueKeysWithValues: named), record: row.record)
      }
    case .tstats(let tstats):
      var commands: [Command] = [.from(.allRiskPrefixed), .search(tstats.predicate, tstats.times)]
      if let span = tstats.timeSpan {
        commands.append(.bin(Bin(field: "_time", span: span, as: "_time")))
      }
      if let fill = tstats.fillNull {
        commands.append(.fillNull(FillNull(value: fill, fields: tstats.stats.by)))
      }
      return try apply(commands + [.stats(tstats.stats)], to: rows)
    case .stats(let stats):
      defer { hasReduced = true }
      return try grouped(rows, stats, isFirst: !hasReduced)
    case .eventStats(let stats): return try rows.map { try annotated($0, with: rows, stats) }
    case .streamStats(let stream):
      return try rows.indices.map { try annotated(rows[$0], stream, among: rows, at: $0) }
    case .frequencies(let frequencies): return try counted(rows, frequencies)
    case .chart(let chart): return try charted(rows, chart)
    case .pivot(let pivot): return pivoted(rows, pivot)
    case .unpivot(let unpivot): return unpivoted(rows, unpivot)
    case .appendPipe(let stages): return rows + (try apply(stages.map(\.command), to: rows))
    case .append(let search): return rows + (try subsearch(search))
    case .join(let join): return joined(rows, join, with: try subsearch(join.search))
    case .makeResults(let make):
      return Array(repeating: Row(fields: now(nil).map { ["_time": $0] } ?? [:]), count: make.count)
    case .inputLookup(let input): return try lines(of: input, after: rows)
    case .outputLookup(let output):
      write(rows, output)
      return rows
    default: return try ordered(rows, command)
    }
  }

  private mutating func searched(
    _ rows: [Row], _ predicate: Predicate, _ times: TimeModifiers
  ) throws -> [Row] {
    var range: SearchRange?
    if let own = SearchRange(times, asOf: settings.asOf) {
      range = own
      start = own.start?.seconds
      end = own.last.map { settings.asOf == $0 ? $0.seconds : $0.seconds + 1 }
    }
    let condition = try filled(predicate)
    return rows.filter { row in
      let time = row.record["_time"]?.number.map { Timestamp(seconds: Int64($0.double)) }
      guard range?.contains(time) ?? true else { return false }
      return NaiveConditions.holds(condition, row)
    }
  }

  private func lines(of input: InputLookup, after rows: [Row]) throws -> [Row] {
    guard let table = tables[Text(input.table)] else { throw Gap(what: "a table that is none") }
    let condition = try filled(input.predicate)
    let lines = table.rows.dropFirst(input.start).map { cells in
      let filled = zip(table.columns, cells).compactMap { column, cell in
        cell.flatMap { $0.isEmpty ? nil : (column, Value.text($0)) }
      }
      return Row(fields: Dictionary(uniqueKeysWithValues: filled))
    }
    let kept = lines.filter { NaiveConditions.holds(condition, $0) }.prefix(input.max ?? .max)
    return (input.appends ? rows : []) + kept
  }

  private mutating func write(_ rows: [Row], _ output: OutputLookup) {
    let rows = rows.prefix(output.max ?? .max)
    if rows.isEmpty, !output.overridesIfEmpty || output.appends { return }
    let name = Text(output.table)
    let names = Set(rows.flatMap(\.fields.keys)).filter { !$0.string.hasPrefix("_") }.sorted()
    let keeps = output.appends || output.keyField != nil
    var lines = keeps ? tables[name]?.table ?? [] : []
    for row in rows {
      let line = row.fields.mapValues { $0.text ?? "" }
      let place = output.keyField.flatMap { key in
        lines.firstIndex { $0[Text(key)] != nil && $0[Text(key)] == line[Text(key)] }
      }
      if let place { lines[place] = line } else { lines.append(line) }
    }
    let columns = Array(Set((keeps ? tables[name]?.columns ?? [] : []) + names)).sorted()
    var table = tables[name] ?? LookupTable(columns: [])
    table.columns = columns
    table.rows = lines.map { line in columns.map { line[$0] } }
    tables[name] = table
  }

  /// A predicate with what its subsearches found in their place.
  private func filled(_ predicate: Predicate) throws -> Predicate {
    switch predicate {
    case .subsearch(let search):
      let rows = try subsearch(search)
      return .or(
        rows.map { row in
          let own = row.fields.filter { !$0.key.string.hasPrefix("_") }
          return .and(own.sorted { $0.key < $1.key }.map(Self.condition))
        })
    case .and(let parts): return .and(try parts.map { try filled($0) })
    case .or(let parts): return .or(try parts.map { try filled($0) })
    case .not(let part): return .not(try filled(part))
    default: return predicate
    }
  }

  private static func condition(_ field: Text, _ value: Value) -> Predicate {
    let texts = value.each.compactMap(\.text?.string)
    let isTerm = field == "search" || field == "query"
    return .or(
      texts.map { text in
        isTerm
          ? .term(Pattern(wildcards: text))
          : .compare(field.string, .equal, Pattern(literal: text))
      })
  }

  /// The moment of the search, the end of its range or of the event's window.
  func now(_ row: Row?) -> Value? {
    if settings.usesWindows {
      return window(of: row).map { .number(.whole($0.end.seconds)) }
    }
    return (end ?? settings.asOf?.seconds).map { .number(.whole($0)) }
  }

  func window(of row: Row?) -> Window? {
    let time = row?.record["_time"]?.number.map { Timestamp(seconds: Int64($0.double)) }
    return time.map(Window.init(containing:))
  }
}

extension LookupTable {
  /// The lines as cells by column, the empty ones left out.
  fileprivate var table: [[Text: Text]] {
    rows.map { cells in
      Dictionary(
        uniqueKeysWithValues: zip(columns, cells).compactMap { column, cell in
          cell.map { (column, $0) }
        })
    }
  }
}

private func + (left: Text, right: Text) -> Text { Text(left.string + right.string) }
