/// Statements over all risk events, those that are in their rows and those that are not.
enum RiskTables {
  /// Risk in rows by the names of `risk_events`: that of the row's user at the row's last time.
  static let inRows = """
    (SELECT pk AS row, rule, window, last_seen AS time, user AS object,
      (SELECT id FROM terms WHERE text = 'user') AS object_type, score, risk_shape AS shape
      FROM rows WHERE score IS NOT NULL)
    """

  /// A select over both as `e`, whose columns are those of `risk_events` that both have: `row`,
  /// `rule`, `window`, `time`, `object`, `object_type`, `score` and `shape`.
  ///
  /// Each part uses the indexes of its own table.
  static func select(_ columns: String, where condition: String) -> String {
    """
    SELECT \(columns) FROM risk_events e WHERE \(condition)
    UNION ALL SELECT \(columns) FROM \(inRows) e WHERE \(condition)
    """
  }

  /// The sum of a row's scores, as an expression over `rows r`.
  static let scoreOfRow = """
    (ifnull(r.score, 0) + (SELECT ifnull(SUM(score), 0) FROM risk_events WHERE row = r.pk))
    """
}
