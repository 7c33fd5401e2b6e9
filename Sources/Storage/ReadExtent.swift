internal import Events
internal import Findings
internal import GRDB

/// How many rows an answer looks at that goes through all rows in its range, and how often.
enum ReadExtent {
  /// Nil for an answer that is read off tallies or an index.
  static func of(_ request: Request, _ database: Database) throws -> (rows: Int, times: Int)? {
    guard let (query, times) = passes(of: request), query.scope.isEmpty,
      try request.isNeverTallied || Tallied(database, query) == nil
    else { return nil }
    return (try rows(query, database), times)
  }

  /// The query of a list, and how often its statements go through the rows.
  private static func passes(of request: Request) -> (Query, Int)? {
    switch request {
    case .overview(let query): (query, 2)
    case .repositories(let query), .images(let query): (query, 2)
    case .findings(let query), .users(let query), .sources(let query), .timeline(let query):
      (query, 1)
    default: nil
    }
  }

  private static func rows(_ query: Query, _ database: Database) throws -> Int {
    guard let from = query.range.from else {
      return try Int.fetchOne(
        database,
        sql: "SELECT ifnull(SUM(n), 0) FROM tallies WHERE kind = \(TallyKind.ruleRows.rawValue)")
        ?? 0
    }
    return try Int.fetchOne(
      database, sql: "SELECT COUNT(*) FROM rows WHERE last_seen >= ? AND last_seen <= ?",
      arguments: [from.seconds, query.range.to.seconds]) ?? 0
  }
}

extension Request {
  /// Whether the answer goes through rows whatever its query, for an order that only they know.
  fileprivate var isNeverTallied: Bool {
    switch self {
    case .findings(let query): query.sort != nil
    default: false
    }
  }
}
