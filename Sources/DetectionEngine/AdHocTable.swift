package import Events
import Streaming

/// One rule's result rows in their order: made of their groups when they are asked for, where each
/// stands on one group, so that they need not all be there at once.
package struct AdHocTable: Sendable {
  package let columns: [Text]
  /// As many rows, or more where a stage drops some.
  package let count: Int

  private enum Source: Sendable {
    case table(Table)
    case groups(AdHocRows, order: [Int])
  }

  private let source: Source

  init(_ table: Table) {
    columns = table.columns
    count = table.rows.count
    source = .table(table)
  }

  init(_ rows: AdHocRows, columns: [Text], order: [Int]) {
    self.columns = columns
    count = order.count
    source = .groups(rows, order: order)
  }

  /// Hands out the rows of a part of the table, each as long as `columns`.
  package func forEachRow(in range: Range<Int>, _ body: ([Value]) -> Void) {
    switch source {
    case .table(let table): table.rows[range].forEach(body)
    case .groups(let rows, let order):
      for group in order[range] { rows.row(ofGroup: group).map(body) }
    }
  }

  /// All rows at once.
  package var table: Table {
    if case .table(let table) = source { return table }
    var table = Table(columns: columns)
    forEachRow(in: 0..<count) { table.rows.append($0) }
    return table
  }
}
