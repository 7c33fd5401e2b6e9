import Events
import SPL

/// `transaction field`: events of one value of a field, put together to one.
///
/// Only what its documentation defines: one field, and limits of time and number.
struct TransactionStep: Sendable {
  private let field: Text
  private let maxSpan: Double?
  private let maxPause: Double?
  private let maxEvents: Int

  init(_ command: Transaction) {
    field = Text(command.fields.first ?? "")
    maxSpan = command.maxSpan.flatMap(\.seconds)
    maxPause = command.maxPause.flatMap(\.seconds)
    maxEvents = command.maxEvents ?? 1000
  }

  static let columns: [Text] = ["duration", "eventcount"]

  /// Newest first; rows without the field or without a time are in no transaction.
  func transactions(of table: RowTable) -> RowTable {
    var open: [Text: [TableRow]] = [:]
    var closed: [[TableRow]] = []
    for row in Sorting([SortKey("_time", isDescending: true)]).sorted(table.rows) {
      guard let time = time(of: row) else { continue }
      for text in row.value(of: field).each.compactMap(\.text) {
        if let events = open[text], !fits(time, into: events) {
          closed.append(events)
          open[text] = nil
        }
        open[text, default: []].append(row)
      }
    }
    closed += open.sorted { $0.key < $1.key }.map(\.value)
    let rows = Sorting([SortKey("_time", isDescending: true), SortKey(field.string)])
      .sorted(closed.map(combined))
    var result = RowTable(columns: table.columns, rows: rows)
    result.addColumns(Self.columns)
    return result
  }

  private func time(of row: TableRow) -> Double? { row.value(of: "_time").number?.double }

  /// Events come in descending order of time, so that the last one is the earliest.
  private func fits(_ time: Double, into events: [TableRow]) -> Bool {
    guard let newest = events.first.flatMap(self.time), let oldest = events.last.flatMap(self.time)
    else { return false }
    return events.count < maxEvents && newest - time <= maxSpan ?? .infinity
      && oldest - time <= maxPause ?? .infinity
  }

  /// The time of the first event, the seconds to the last, and every value of the other fields.
  private func combined(_ events: [TableRow]) -> TableRow {
    let oldestFirst = Array(events.reversed())
    var values: [Text: [Value]] = [:]
    for event in oldestFirst {
      for (name, value) in event.fields { values[name, default: []] += value.each }
    }
    var row = TableRow(origins: Array(Set(events.flatMap(\.origins))).sorted())
    for (name, all) in values {
      let texts = Set(all.compactMap(\.text)).sorted().map(Value.text)
      row.set(
        name,
        name == "_raw"
          ? .string(all.compactMap(\.text?.string).joined(separator: "\n")) : Value(texts))
    }
    let first = oldestFirst.first.flatMap(time) ?? 0
    let last = oldestFirst.last.flatMap(time) ?? 0
    row.set("_time", .number(Number(first)))
    row.set("duration", .number(Number(last - first)))
    row.set("eventcount", .number(.whole(Int64(events.count))))
    row.key = oldestFirst.first?.key
    return row
  }
}

extension Span {
  /// Nil for those of the calendar.
  var seconds: Double? {
    switch self {
    case .number(let seconds): seconds
    case .time(let count, let unit): unit.seconds.map { Double(count) * Double($0) }
    }
  }
}
