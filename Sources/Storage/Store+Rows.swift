internal import Events
package import Findings
internal import GRDB

extension Store {
  /// The newest first; both ends belong to the range.
  package func rows(seenIn range: TimeRange) throws -> [ResultRow] {
    try guarded {
      try pool.read { database in
        let numbers = try Int64.fetchAll(
          database,
          sql: """
            SELECT pk FROM rows WHERE last_seen >= ? AND last_seen <= ?
            ORDER BY last_seen DESC, id
            """,
          arguments: [range.from?.seconds ?? Int64.min, range.to.seconds])
        let rows = try RowFetch(database).rows(numbers)
        return numbers.compactMap { rows[$0] }
      }
    }
  }
}
