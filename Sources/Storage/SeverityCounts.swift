internal import GRDB

/// Distinct (image digest, finding name) by severity word.
enum SeverityCounts {
  /// Names the rows that count: those with a severity word and a finding name.
  ///
  /// Almost all: the signs keep SQLite from going through an index for it.
  static let condition = "+r.severity IS NOT NULL AND +r.finding IS NOT NULL"

  /// Number of the word, a colon, and how many, in a list: `12:3,15:9`.
  static func numbers(_ list: String?) -> [(word: Int64, count: Int)] {
    (list ?? "").split(separator: ",").compactMap { pair in
      let parts = pair.split(separator: ":")
      guard parts.count == 2, let word = Int64(parts[0]), let count = Int(parts[1]) else {
        return nil
      }
      return (word, count)
    }
  }

  static func named(_ list: String?, _ names: TermNames) -> [String: Int] {
    var result: [String: Int] = [:]
    for (word, count) in numbers(list) { result[names[word] ?? "", default: 0] += count }
    return result
  }

  /// The table `sums` of a table `words`, by those keys: the list of `numbers`, and how many there
  /// are of the two words that lists are ordered by.
  static func sums(by keys: String) -> String {
    """
    sums AS (SELECT \(keys), group_concat(word || ':' || n) AS words,
      SUM(n) FILTER (WHERE word = (SELECT id FROM terms WHERE text = 'CRITICAL')) AS critical,
      SUM(n) FILTER (WHERE word = (SELECT id FROM terms WHERE text = 'HIGH')) AS high
      FROM words GROUP BY \(keys))
    """
  }

  /// Over all rows that a condition selects.
  static func total(
    _ database: Database, _ selection: Selection
  ) throws -> [String: Int] {
    let rows = try selection.rows(
      database,
      """
      SELECT (SELECT text FROM terms WHERE id = pairs.severity), COUNT(*) FROM (
        SELECT DISTINCT r.severity, r.image, r.finding FROM rows r
        WHERE \(selection.inRange) AND \(condition)) AS pairs
      GROUP BY pairs.severity
      """)
    var result: [String: Int] = [:]
    for row in rows { result[StoredText.decode(row[0]), default: 0] += row[1] as Int }
    return result
  }
}
