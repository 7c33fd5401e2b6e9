package import Events
package import Findings
internal import GRDB

extension Store {
  /// Findings that the store has learnt of since another look.
  package struct Arrivals: Sendable {
    /// The newest row of each, the first come first; none of what is suppressed.
    package var rows: [ResultRow]
    /// What the next look goes on from.
    package var newest: Int64
  }

  /// What has come since the look whose `newest` was `number`.
  ///
  /// Nil only finds out where to go on from. More findings than `limit` are passed over.
  package func arrivals(
    after number: Int64?, at time: Timestamp, now: Timestamp? = nil, limit: Int = 1000
  ) throws -> Arrivals {
    try guarded {
      try pool.read { database in
        let newest = try Int64.fetchOne(database, sql: "SELECT MAX(pk) FROM findings") ?? 0
        guard let number, newest > number else { return Arrivals(rows: [], newest: newest) }
        let query = try Suppressions(database: database, now: now).hiding(
          Query(range: TimeRange(from: nil, to: time)))
        var selection = try Selection(query)
        selection.bind("after", number)
        selection.bind("limit", limit)
        let found = try selection.rows(
          database,
          """
          SELECT r.finding_pk, MAX(r.pk) FROM rows r
          WHERE r.finding_pk > :after AND \(selection.condition)
          GROUP BY r.finding_pk ORDER BY r.finding_pk LIMIT :limit
          """)
        let numbers: [Int64] = found.map { $0[1] }
        let rows = try RowFetch(database).rows(numbers)
        return Arrivals(rows: numbers.compactMap { rows[$0] }, newest: newest)
      }
    }
  }
}

extension Store {
  /// The triage of those findings that somebody has touched.
  package func triage(of findings: Set<FindingID>) throws -> [FindingID: Triage] {
    try guarded {
      try pool.read { database in
        let find = try database.cachedStatement(
          sql: """
            SELECT \(StoredTriage.columns) FROM triage
            WHERE finding = (SELECT pk FROM findings WHERE id = ?)
            """)
        var result: [FindingID: Triage] = [:]
        for finding in findings {
          let row = try Row.fetchOne(find, arguments: [StoredID.encode(finding.digits)])
          result[finding] = try row.map { try StoredTriage.triage($0, from: 0) }
        }
        return result
      }
    }
  }
}
