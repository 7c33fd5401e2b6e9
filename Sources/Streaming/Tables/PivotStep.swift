import Events
import SPL

/// `xyseries`, and the end of `chart`: rows with one value of a field become one, with a column for
/// each value of another.
struct PivotStep: Sendable {
  private let command: Pivot
  private let row: Text

  init(_ command: Pivot) {
    self.command = command
    row = Text(command.row)
  }

  /// More rows between the first and last than this are not made.
  private static let mostMade = 50_000

  func pivoted(_ table: RowTable) -> RowTable {
    var result = RowTable(columns: [row])
    var places: [Text: Int] = [:]
    var names: Set<Text> = []
    for one in table.rows {
      guard let value = one.value(of: row).text else { continue }
      let place = places[value] ?? result.rows.count
      places[value] = place
      if place == result.rows.count {
        var fresh = TableRow()
        fresh.set(row, .text(value))
        fresh.key = GroupKey([.text(value)])
        result.rows.append(fresh)
      }
      for (name, cell) in cells(of: one) {
        names.insert(name)
        result.rows[place].set(name, cell)
      }
      result.rows[place].origins = Array(Set(result.rows[place].origins + one.origins)).sorted()
    }
    let columns = command.column == nil ? command.values.map { Text($0) } : names.sorted()
    result.addColumns(columns)
    fillGaps(&result)
    fillCounts(&result, columns)
    return result
  }

  /// The cells that a row gives, by the names of their columns.
  private func cells(of row: TableRow) -> [(Text, Value)] {
    guard let column = command.column else {
      return command.values.map { (Text($0), row.value(of: Text($0))) }
    }
    guard let series = row.value(of: Text(column)).text else { return [] }
    return command.values.map { (name(of: $0, series), row.value(of: Text($0))) }
  }

  private func name(of value: FieldName, _ series: Text) -> Text {
    command.values.count == 1 ? series : Text("\(value): \(series.string)")
  }

  /// Nothing counted is 0.
  private func fillCounts(_ table: inout RowTable, _ columns: [Text]) {
    for column in columns where isCount(column) {
      for index in table.rows.indices where table.rows[index].value(of: column).isNull {
        table.rows[index].set(column, .number(.whole(0)))
      }
    }
  }

  private func isCount(_ column: Text) -> Bool {
    guard command.column != nil else { return command.counts.contains(column.string) }
    if command.values.count == 1 { return command.counts.contains(command.values[0]) }
    return command.counts.contains { column.string.utf8.starts(with: "\($0): ".utf8) }
  }

  /// Rows for the steps between the first and the last that have none.
  private func fillGaps(_ table: inout RowTable) {
    guard let step = command.step else { return }
    var present: [Number: TableRow] = [:]
    for one in table.rows {
      guard let moment = one.value(of: row).number else { return }
      present[moment] = one
    }
    guard let first = present.keys.min(), let last = present.keys.max() else { return }
    var rows: [TableRow] = []
    var moment = first
    while moment <= last {
      guard rows.count < Self.mostMade else { return }
      var made = TableRow()
      made.set(row, .string(moment.description))
      made.key = GroupKey([.string(moment.description)])
      rows.append(present[moment] ?? made)
      moment = step.after(moment)
    }
    table.rows = rows
  }
}

extension Span {
  /// The next moment, in seconds.
  fileprivate func after(_ moment: Number) -> Number {
    switch self {
    case .number(let seconds): return Number(moment.double + seconds)
    case .time(let count, let unit):
      let start = Timestamp(seconds: Int64(moment.double))
      return .whole(RelativeTime([.shift(count, unit)]).applied(to: start).seconds)
    }
  }
}

/// `untable`: a row for each column of a row, with the column's name and its value.
struct UnpivotStep: Sendable {
  let command: Unpivot

  func unpivoted(_ table: RowTable) -> RowTable {
    let (row, column, value) = (Text(command.row), Text(command.column), Text(command.value))
    var result = RowTable(columns: [row, column, value].unique)
    for one in table.rows where !one.value(of: row).isNull {
      for name in table.names where name != row && !name.isInternal {
        let cell = one.value(of: name)
        if cell.isNull { continue }
        var made = TableRow(origins: one.origins)
        made.set(row, one.value(of: row))
        made.set(column, .text(name))
        made.set(value, cell)
        made.key = GroupKey([one.value(of: row), .text(name)])
        result.rows.append(made)
      }
    }
    return result
  }
}
