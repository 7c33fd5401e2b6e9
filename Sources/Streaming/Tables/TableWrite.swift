package import Events
import SPL

/// A lookup table as a search leaves it.
package struct TableWrite: Equatable, Sendable {
  package var name: Text
  package var table: LookupTable
}

/// `outputlookup`: what a table holds after some rows are written to it.
struct OutputStep: Sendable {
  let command: OutputLookup

  /// Nil where nothing is to be written.
  func table(of rows: RowTable, over old: LookupTable?) -> LookupTable? {
    let written = Array(rows.rows.prefix(command.max ?? rows.rows.count))
    if written.isEmpty, !command.overridesIfEmpty || command.appends { return nil }
    let columns = rows.names.filter { !$0.isInternal || $0 == "_key" }
    var table = old ?? LookupTable(columns: columns)
    let keeps = command.appends || command.keyField != nil
    let kept = keeps ? old : nil
    table.columns = (kept?.columns ?? []) + columns.filter { kept?.columns.contains($0) != true }
    let width = table.columns.count
    table.rows = (kept?.rows ?? []).map { $0 + [Text?](repeating: nil, count: width - $0.count) }
    for row in written { put(row, into: &table) }
    return table
  }

  private func put(_ row: TableRow, into table: inout LookupTable) {
    let cells = table.columns.map { row.value(of: $0).text }
    if let key = command.keyField.map({ Text($0) }),
      let place = table.columns.firstIndex(of: key), let value = cells[place],
      let line = table.rows.firstIndex(where: { $0[place] == value })
    {
      table.rows[line] = cells
    } else {
      table.rows.append(cells)
    }
  }
}
