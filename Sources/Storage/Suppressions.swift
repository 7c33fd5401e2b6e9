internal import Events
internal import Findings
internal import GRDB

/// What is hidden from lists and totals, and how much each term hides.
struct Suppressions {
  let database: Database
  /// What the wall clock says, by which a suppression ends; nil where only the range's end counts.
  var now: Timestamp?

  /// The newest first.
  func all() throws -> [Suppression] {
    try Row.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT number, rule, term, filter, reason, author, at, expires FROM suppressions
          ORDER BY number DESC
          """)
    ).map { row in
      var filter = try BlobReader(row[3])
      return Suppression(
        number: row[0], rule: (row[1] as String?).map(StoredText.decode),
        term: StoredText.decode(row[2]), filter: try FilterBlob.read(&filter),
        reason: StoredText.decode(row[4]), author: StoredText.decode(row[5]),
        at: Timestamp(seconds: row[6]),
        expires: (row[7] as Int64?).map { Timestamp(seconds: $0) })
    }
  }

  func add(_ suppression: Suppression) throws -> Int64 {
    var filter = BlobWriter()
    FilterBlob.write(suppression.filter, to: &filter)
    try database.execute(
      sql: """
        INSERT INTO suppressions (rule, term, filter, reason, author, at, expires)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        suppression.rule.map(StoredText.encode), StoredText.encode(suppression.term),
        filter.data, StoredText.encode(suppression.reason),
        StoredText.encode(suppression.author), suppression.at.seconds,
        suppression.expires?.seconds,
      ])
    return database.lastInsertedRowID
  }

  func remove(_ number: Int64) throws {
    try database.execute(sql: "DELETE FROM suppressions WHERE number = ?", arguments: [number])
  }

  /// The query without what is hidden at the end of its range.
  func hiding(_ query: Query) throws -> Query {
    let active = try active(query)
    guard !active.isEmpty else { return query }
    var query = query
    query.filter = .and([query.filter, .not(.or(active.map(Suppressions.filter)))])
    return query
  }

  /// Header figures with how much is hidden, and by how many suppressions.
  func told(_ overview: Overview, _ query: Query) throws -> Overview {
    let active = try active(query)
    guard !active.isEmpty else { return overview }
    let selection = try Selection(
      scope: query.scope, filter: .or(active.map(Suppressions.filter)), range: query.range)
    let count = try selection.rows(
      database, "SELECT COUNT(*) FROM rows r WHERE \(selection.inRange)")
    var overview = overview
    overview.hidden = count.first?[0] ?? 0
    overview.suppressions = active.count
    return overview
  }

  func lines(_ query: Query) throws -> [SuppressionLine] {
    try all().map { suppression in
      let filter = Filter.and([query.filter, Suppressions.filter(suppression)])
      let selection = try Selection(scope: query.scope, filter: filter, range: query.range)
      let count = try selection.rows(
        database, "SELECT COUNT(*) FROM rows r WHERE \(selection.inRange)")
      return SuppressionLine(
        suppression: suppression, hidden: count.first?[0] ?? 0,
        isActive: isActive(suppression, query))
    }
  }

  private func active(_ query: Query) throws -> [Suppression] {
    try all().filter { isActive($0, query) }
  }

  /// What is looked at may have ended long ago: the clock ends a suppression all the same.
  private func isActive(_ suppression: Suppression, _ query: Query) -> Bool {
    suppression.expires.map { $0 > max(query.range.to, now ?? query.range.to) } ?? true
  }

  private static func filter(_ suppression: Suppression) -> Filter {
    guard let rule = suppression.rule else { return suppression.filter }
    return .and([.matches(.rule, pattern: rule), suppression.filter])
  }
}
