internal import GRDB

extension Store {
  /// What the rows that are kept of a rule come to.
  package struct RuleTotals: Equatable, Sendable {
    package var rows = 0
    package var risk = 0
  }

  /// Rows and risk by the name of the rule; both are read off indexes.
  package func ruleTotals() throws -> [String: RuleTotals] {
    try guarded {
      try pool.read { database in
        let lines = try Row.fetchAll(
          database,
          sql: """
            SELECT terms.text, COUNT(*), SUM(
              (SELECT COALESCE(SUM(score), 0) FROM risk_events WHERE row = rows.pk))
            FROM rows JOIN terms ON terms.id = rows.rule GROUP BY rows.rule
            """)
        return Dictionary(
          lines.map { ($0[0], RuleTotals(rows: $0[1], risk: $0[2])) },
          uniquingKeysWith: { first, _ in first })
      }
    }
  }
}
