package import Events
package import Findings
import Streaming

/// One rule's result rows in their order: made of their groups when they are asked for, where each
/// stands on one group, so that they need not all be there at once.
package struct AdHocTable: Sendable {
  package let columns: [Text]
  /// As many rows, or more where a stage drops some.
  package let count: Int

  private enum Source: Sendable {
    case table(Table)
    case groups(AdHocGroups, withMarks: Bool, order: [Int])
    case spilled(SortedRows)
  }

  private let source: Source

  init(_ table: Table) {
    columns = table.columns
    count = table.rows.count
    source = .table(table)
  }

  init(_ groups: AdHocGroups, withMarks: Bool, columns: [Text], order: [Int]) {
    self.columns = columns
    count = order.count
    source = .groups(groups, withMarks: withMarks, order: order)
  }

  init(_ rows: SortedRows, columns: [Text]) {
    self.columns = columns
    count = rows.count
    source = .spilled(rows)
  }

  /// Whether the rows did not fit into memory: they can only be had one after another, once.
  package var isSpilled: Bool {
    if case .spilled = source { true } else { false }
  }

  /// Hands out the rows of a part of the table, each as long as `columns`; not of one that is
  /// spilled.
  package func forEachRow(in range: Range<Int>, _ body: ([Value]) -> Void) {
    switch source {
    case .table(let table): table.rows[range].forEach(body)
    case .groups(let groups, let withMarks, let order):
      for group in order[range] { groups.row(ofGroup: group, withMarks: withMarks).map(body) }
    case .spilled: preconditionFailure("rows that can be had in any order")
    }
  }

  /// Hands out all rows, each as long as `columns`.
  package func forEachRow(_ body: ([Value]) -> Void) throws(ScratchProblem) {
    if case .spilled(let rows) = source {
      try rows.forEach(body)
    } else {
      forEachRow(in: 0..<count, body)
    }
  }

  /// All rows at once.
  package func table() throws(ScratchProblem) -> Table {
    if case .table(let table) = source { return table }
    var table = Table(columns: columns)
    try forEachRow { table.rows.append($0) }
    return table
  }
}
