internal import GRDB

extension Store {
  /// What the rows that are kept of a rule come to.
  package struct RuleTotals: Equatable, Sendable {
    package var rows = 0
    package var risk = 0
  }

  /// Rows and risk by the name of the rule.
  package func ruleTotals() throws -> [String: RuleTotals] {
    try guarded {
      try pool.read { database in
        let lines = try Row.fetchAll(
          database,
          sql: """
            SELECT terms.text, t.n, (SELECT ifnull(MAX(n), 0) FROM tallies r
              WHERE r.kind = \(TallyKind.ruleRisk.rawValue) AND r.hour = 0 AND r.key = t.key)
            FROM tallies t JOIN terms ON terms.id = t.key
            WHERE t.kind = \(TallyKind.ruleRows.rawValue)
            """)
        return Dictionary(
          lines.map { ($0[0], RuleTotals(rows: $0[1], risk: $0[2])) },
          uniquingKeysWith: { first, _ in first })
      }
    }
  }
}
