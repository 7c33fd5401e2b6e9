import Events
import SPL

/// `join`: each row with the first rows of a subsearch that are equal in some fields.
struct JoinStep: Sendable {
  private let command: Join

  init(_ command: Join) { self.command = command }

  func joined(_ table: RowTable, with other: RowTable) -> RowTable {
    let fields =
      command.fields.isEmpty
      ? Set(table.names).intersection(other.names).filter { !$0.isInternal }.sorted()
      : command.fields.map { Text($0) }
    var partners: [[Value]: [TableRow]] = [:]
    for row in other.rows {
      if let values = values(of: fields, row) { partners[values, default: []].append(row) }
    }
    var result = RowTable(columns: table.columns)
    for row in table.rows {
      let found = values(of: fields, row).flatMap { partners[$0] } ?? []
      if found.isEmpty, command.kind == .left { result.rows.append(row) }
      for partner in found.prefix(command.max ?? found.count) {
        result.rows.append(merged(row, partner))
      }
    }
    result.addColumns(other.columns)
    return result
  }

  /// Nil where a field is null: nothing equals it.
  private func values(of fields: [Text], _ row: TableRow) -> [Value]? {
    let values = fields.map { row.value(of: $0).comparable }
    return values.contains(.null) ? nil : values
  }

  private func merged(_ row: TableRow, _ partner: TableRow) -> TableRow {
    var merged = row
    for (field, value) in partner.fields
    where command.overwrites || row.value(of: field).isNull {
      merged.set(field, value)
    }
    merged.origins = Array(Set(row.origins + partner.origins)).sorted()
    return merged
  }
}
