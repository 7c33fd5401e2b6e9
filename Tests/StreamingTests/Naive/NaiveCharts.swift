import Events
import SPL

/// Columns made of values, and rows made of columns.
extension NaiveSearch {
  func charted(_ rows: [Row], _ chart: Chart) throws -> [Row] {
    var rows = rows
    if let span = chart.span {
      rows = try ordered(rows, .bin(Bin(field: chart.row, span: span, as: chart.row)))
    }
    if let column = chart.column, let name = chart.nullColumn {
      rows = rows.map { row in
        var row = row
        if row[column].isNull { row[column] = .string(name) }
        return row
      }
    }
    let by = [chart.row] + (chart.column.map { [$0] } ?? [])
    let groups = try grouped(rows, Stats(aggregates: chart.aggregates, by: by), isFirst: false)
    let empty = chart.aggregates.map { aggregate in
      aggregate.function == .count || aggregate.function == .distinctCount
        ? Value.number(.whole(0)) : .null
    }
    var result: [Row] = []
    for moment in try places(groups, chart) {
      let own = groups.filter { $0[chart.row].text == moment }
      var row = Row(fields: [Text(chart.row): .text(moment)])
      let series = chart.column.map { column in Set(groups.compactMap { $0[column].text }) }
      for (aggregate, empty) in zip(chart.aggregates, empty) {
        guard let series, let column = chart.column else {
          row[aggregate.name] = own.first.map { $0[aggregate.name] } ?? empty
          continue
        }
        for one in series {
          let name = chart.aggregates.count == 1 ? one.string : "\(aggregate.name): \(one.string)"
          let cell = own.first { $0[column].text == one }.map { $0[aggregate.name] }
          row[name] = cell ?? empty
        }
      }
      result.append(row)
    }
    return result
  }

  /// What the rows of a chart are of, without gaps where it is of time.
  private func places(_ groups: [Row], _ chart: Chart) throws -> [Text] {
    var places: [Text] = []
    for row in groups {
      if let place = row[chart.row].text, places.last != place { places.append(place) }
    }
    let moments = places.compactMap { Int64($0.string) }
    guard chart.isContinuous, let start = moments.min(), let end = moments.max() else {
      return places
    }
    guard case .time(let count, let unit)? = chart.span,
      let length = [TimeUnit.second: 1, .minute: 60, .hour: 3600, .day: 86400][unit]
    else { throw Gap(what: "spans of the calendar") }
    return stride(from: start, through: end, by: Int(count) * length).map { Text(String($0)) }
  }

  /// Only where each pair of row and column comes once.
  func pivoted(_ rows: [Row], _ pivot: Pivot) -> [Row] {
    var result: [Row] = []
    for row in rows {
      guard let value = row[pivot.row].text, let column = pivot.column else { continue }
      let place = result.firstIndex { $0[pivot.row].text == value } ?? result.count
      if place == result.count { result.append(Row(fields: [Text(pivot.row): .text(value)])) }
      guard let series = row[column].text?.string else { continue }
      for field in pivot.values {
        let name = pivot.values.count == 1 ? series : "\(field): \(series)"
        result[place][name] = row[field]
      }
    }
    return result
  }

  func unpivoted(_ rows: [Row], _ unpivot: Unpivot) -> [Row] {
    rows.filter { !$0[unpivot.row].isNull }.flatMap { row in
      row.fields.keys.sorted().filter { $0 != Text(unpivot.row) && !$0.string.hasPrefix("_") }
        .map { name in
          var made = Row(fields: [:])
          made[unpivot.row] = row[unpivot.row]
          made[unpivot.column] = .text(name)
          made[unpivot.value] = row.fields[name] ?? .null
          return made
        }
    }
  }
}
