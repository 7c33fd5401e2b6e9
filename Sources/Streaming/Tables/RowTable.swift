import Events

/// Rows on their way through the stages that look at several, and the columns that show.
struct RowTable: Sendable {
  var columns: [Text]
  var rows: [TableRow]

  init(columns: [Text] = [], rows: [TableRow] = []) {
    self.columns = columns
    self.rows = rows
  }

  /// Adds columns that are not there.
  mutating func addColumns(_ names: some Sequence<Text>) {
    for name in names where !columns.contains(name) { columns.append(name) }
  }

  /// Rows under the rows, columns beside the columns.
  mutating func append(_ other: RowTable) {
    addColumns(other.columns)
    rows += other.rows
  }

  /// The values of the columns, row by row.
  var table: Table {
    Table(columns: columns, rows: rows.map { row in columns.map { row.value(of: $0) } })
  }
}

/// One row: what its fields hold, and what it came of.
struct TableRow: Sendable {
  /// None of them null.
  var fields: [Text: Value] = [:]
  /// Indices of the groups that it stands on.
  var origins: [Int] = []
  /// The BY values of the last `stats`, else what names the event; nil for a row of neither.
  var key: GroupKey?

  func value(of field: Text) -> Value { fields[field] ?? .null }

  mutating func set(_ field: Text, _ value: Value) { fields[field] = value.isNull ? nil : value }

  var source: RowSource { RowSource(fields) }
}

/// The fields of a row, under layers.
final class RowSource: FieldSource {
  private let fields: [Text: Value]

  init(_ fields: [Text: Value]) { self.fields = fields }

  func value(of field: Text) -> Value { fields[field] ?? .null }

  var names: [Text] { Array(fields.keys) }
}

extension FieldSource {
  /// Every field that has a value.
  var all: [Text: Value] {
    var all: [Text: Value] = [:]
    for name in names {
      let value = value(of: name)
      if !value.isNull { all[name] = value }
    }
    return all
  }
}
