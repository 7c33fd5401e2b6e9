internal import Events
internal import Findings
internal import GRDB

/// The rows that a query is about, as the parts of a statement over `rows r`.
///
/// Every part's arguments are named and bound; a statement may use as many parts as it likes.
struct Selection {
  static let noUser = "(no user)"

  private let tables: [String]
  private(set) var arguments: [String: DatabaseValue]
  /// Scope and filter, whatever the time.
  let condition: String
  /// `condition` and the time range.
  let inRange: String

  init(
    scope: [PaneRole: String], filter: Filter = .everything, range: TimeRange
  ) throws {
    var sql = FilterSQL()
    var parts: [String] = []
    for role in PaneRole.allCases {
      guard let value = scope[role] else { continue }
      parts.append(Selection.equal(role.rawValue, value, &sql))
    }
    parts.append(try sql.condition(filter))
    condition = parts.joined(separator: " AND ")
    // With one end open the index on time would lead through most of the table, row by row.
    let upTo = "\(range.from == nil ? "+" : "")r.last_seen <= \(sql.bind(range.to.seconds))"
    let since = range.from.map { " AND r.last_seen >= \(sql.bind($0.seconds))" } ?? ""
    inRange = "\(ReadCount.condition) AND \(condition) AND \(upTo)\(since)"
    tables = sql.tables
    arguments = sql.arguments
    arguments["to"] = range.to.seconds.databaseValue
  }

  init(_ query: Query) throws {
    try self.init(scope: query.scope, filter: query.filter, range: query.range)
  }

  /// A column is exactly that text; `(no user)` is also the user of rows without one.
  private static func equal(
    _ column: String, _ value: String, _ sql: inout FilterSQL
  ) -> String {
    let bound = sql.bind(StoredText.encode(value))
    let isValue = "r.\(column) = (SELECT id FROM terms WHERE text = \(bound))"
    guard column == PaneRole.user.rawValue, value == noUser else { return isValue }
    return "(r.user IS NULL OR \(isValue))"
  }

  /// The number by which rows are grouped by user: null for `(no user)` unless that is also a name.
  static let userKey = "coalesce(r.user, (SELECT id FROM terms WHERE text = '\(noUser)'))"

  mutating func bind(_ name: String, _ value: some DatabaseValueConvertible) {
    arguments[name] = value.databaseValue
  }

  /// Binds numbers as one JSON list, for `IN (SELECT value FROM json_each(:name))`.
  mutating func bind(_ name: String, numbers: [Int64]) {
    bind(name, "[" + numbers.map(String.init).joined(separator: ",") + "]")
  }

  /// The rows that a statement answers; `tables` of its own may stand before it.
  func rows(
    _ database: Database, with own: [String] = [], _ select: String
  ) throws -> [Row] {
    let all = tables + own
    let prefix = all.isEmpty ? "" : "WITH \(all.joined(separator: ",\n"))\n"
    let statement = try database.cachedStatement(sql: prefix + select)
    return try Row.fetchAll(statement, arguments: StatementArguments(arguments))
  }
}
