internal import Events
internal import Findings
internal import GRDB

/// Reads triage and its history.
struct TriageReader {
  let database: Database

  /// The triage of those of the findings that somebody has touched, by their numbers.
  func triage(_ findings: [Int64]) throws -> [Int64: Triage] {
    let find = try database.cachedStatement(
      sql: """
        SELECT finding, \(StoredTriage.columns) FROM triage
        WHERE finding IN (SELECT value FROM json_each(?))
        """)
    let list = "[\(findings.map(String.init).joined(separator: ","))]"
    var result: [Int64: Triage] = [:]
    for row in try Row.fetchAll(find, arguments: [list]) {
      result[row[0]] = try StoredTriage.triage(row, from: 1)
    }
    return result
  }

  /// Entries about a subject, the newest first.
  func history(
    _ subject: TriageSubject, offset: Int, limit: Int
  ) throws -> Page<TriageEntry> {
    let (condition, argument) = TriageReader.condition(subject)
    let source = "FROM triage_log l JOIN findings f ON f.pk = l.finding WHERE \(condition)"
    let arguments: StatementArguments = [argument]
    let total = try Int.fetchOne(
      database, sql: "SELECT COUNT(*) \(source)", arguments: arguments)
    let rows = try Row.fetchAll(
      database,
      sql: """
        \(TriageReader.columns) \(source) ORDER BY l.number DESC
        LIMIT \(max(0, limit)) OFFSET \(max(0, offset))
        """, arguments: arguments)
    return Page(
      offset: max(0, offset), total: total ?? 0, lines: try rows.map(TriageReader.entry))
  }

  static let columns = """
    SELECT l.number, l.batch, f.id, (SELECT text FROM terms WHERE id = f.name),
      (SELECT text FROM terms WHERE id = f.repository), l.cause, l.detail, l.before, l.after
    """

  static func entry(_ row: Row) throws -> TriageEntry {
    TriageEntry(
      number: row[0], batch: row[1], finding: FindingID(digits: StoredID.decode(row[2])),
      name: (row[3] as String?).map(StoredText.decode),
      repository: (row[4] as String?).map(StoredText.decode),
      cause: try TriageEntry.Cause(word: row[5], detail: row[6]),
      before: try StoredTriage.triage(BlobReader(row[7])),
      after: try StoredTriage.triage(BlobReader(row[8])))
  }

  private static func condition(
    _ subject: TriageSubject
  ) -> (String, (any DatabaseValueConvertible)?) {
    switch subject {
    case .finding(let id):
      ("l.finding = (SELECT pk FROM findings WHERE id = ?)", StoredID.encode(id.digits))
    case .repository(let name):
      ("f.repository = (SELECT id FROM terms WHERE text = ?)", StoredText.encode(name))
    case .everything: ("? IS NULL", nil)
    }
  }
}
