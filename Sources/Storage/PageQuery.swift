internal import Findings
internal import GRDB

/// A page of groups: statements that group rows, order the groups and count them all.
///
/// The select's last column is `COUNT(*) OVER ()`, and it ends before its LIMIT.
struct PageQuery {
  var selection: Selection
  let query: Query

  init(_ query: Query) throws {
    selection = try Selection(query)
    self.query = query
  }

  /// The tables before the select are of the selection, or where it is given of `tallied`.
  func fetch(
    _ database: Database, tallied: Tallied? = nil, with own: [String] = [], _ select: String
  ) throws -> (rows: [Row], total: Int) {
    var bounded = self
    bounded.bindLimits()
    let text = select + "\nLIMIT :limit OFFSET :offset"
    func rows(_ page: PageQuery) throws -> [Row] {
      guard var tallied else { return try page.selection.rows(database, with: own, text) }
      tallied.takeLimits(of: page.selection)
      return try tallied.rows("WITH \(own.joined(separator: ",\n"))\n" + text)
    }
    let found = try rows(bounded)
    if let row = found.first { return (found, row[row.count - 1]) }
    guard query.offset > 0 || query.limit <= 0 else { return (found, 0) }
    // Beyond the end there is no row that could carry the total.
    bounded.selection.bind("limit", 1)
    bounded.selection.bind("offset", 0)
    let first = try rows(bounded).first
    return (found, first.map { $0[$0.count - 1] } ?? 0)
  }

  mutating func bindLimits() {
    selection.bind("limit", max(0, query.limit))
    selection.bind("offset", max(0, query.offset))
  }

  func page<Line>(_ lines: [Line], _ total: Int) -> Page<Line> {
    Page(offset: max(0, query.offset), total: total, lines: lines)
  }

  /// `ORDER BY` of the wanted sort or the default, ending in what tells any two lines apart.
  ///
  /// Lines without the value come last in either direction.
  func order(
    _ columns: [SortColumn: String], standard: String, tie: String
  ) -> String {
    guard let sort = query.sort, let column = columns[sort.column] else {
      return "ORDER BY \(standard), \(tie)"
    }
    return "ORDER BY \(column) \(sort.descending ? "DESC" : "ASC") NULLS LAST, \(tie)"
  }
}
