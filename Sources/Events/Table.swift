/// Result rows of a search: named columns in the search's own order.
package struct Table: Equatable, Sendable {
  package var columns: [Text]
  /// Each as long as `columns`.
  package var rows: [[Value]]

  package init(columns: [Text], rows: [[Value]] = []) {
    self.columns = columns
    self.rows = rows
  }

  package func value(_ row: Int, _ column: Text) -> Value {
    guard let index = columns.firstIndex(of: column) else { return .null }
    return rows[row][index]
  }
}
