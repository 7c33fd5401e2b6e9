import Events
import Findings

/// What the table of a search or drilldown is sorted by.
struct TableSort: Equatable, Sendable {
  /// The column's number.
  var column: Int
  var descending: Bool

  /// Whether a row comes before another; rows without a value come last in either direction.
  func isBefore(_ one: [Value], _ other: [Value]) -> Bool {
    let (left, right) = (one[column], other[column])
    if left.isNull || right.isNull { return !left.isNull && right.isNull }
    let order = Self.order(left, right)
    return descending ? order > 0 : order < 0
  }

  /// As numbers where both are, else as text by bytes.
  private static func order(_ left: Value, _ right: Value) -> Int {
    let texts = (Wording.cell(left), Wording.cell(right))
    if let one = Double(texts.0), let other = Double(texts.1) {
      return one == other ? 0 : one < other ? -1 : 1
    }
    if texts.0.utf8.elementsEqual(texts.1.utf8) { return 0 }
    return texts.0.utf8.lexicographicallyPrecedes(texts.1.utf8) ? -1 : 1
  }
}

extension State {
  /// Sorts the table by a column, numbers downward first; again reverses.
  mutating func sortTable(by column: Int, isNumber: Bool) -> [Effect] {
    let before = pane?.tableSort
    let descending = before?.column == column ? !(before?.descending ?? false) : isNumber
    guard var pane else { return [] }
    pane.tableSort = TableSort(column: column, descending: descending)
    pane.identity = pane.selected?.identity
    self.pane = pane
    refreshOwnLines()
    return settle()
  }

  /// The texts of a row: `_time` as a time, which Splunk shows so too.
  func tableCells(_ values: [Value]) -> [String] {
    let columns = place.table?.table.columns ?? []
    return zip(columns, values).map { column, value in
      guard column == "_time", case .number(.whole(let seconds)) = value else {
        return Wording.cell(value)
      }
      let time = Timestamp(seconds: seconds)
      return "\(time.date) \(time.timeOfDay)"
    }
  }

  /// The rows of the table in the order that is wanted, each with its number in the search's own.
  func tableRows(_ sort: TableSort?) -> [(number: Int, values: [Value])] {
    let rows = place.table?.table.rows.enumerated().map { (number: $0, values: $1) } ?? []
    guard let sort else { return rows }
    return rows.sorted { one, other in
      if sort.isBefore(one.values, other.values) { return true }
      return !sort.isBefore(other.values, one.values) && one.number < other.number
    }
  }
}
