internal import Events
internal import Findings
internal import GRDB

/// Numbers of texts, shapes and findings that the writer has used lately.
struct TermCache: Sendable {
  /// Entries before everything is forgotten and looked up again: some tens of MiB.
  static let limit = 200_000

  var texts: [Text: Int64] = [:]
  var shapes: [[Text]: Int64] = [:]
  var findings: [FindingID: Int64] = [:]
  /// Whether any finding is closed; nil where that is not known.
  var hasClosed: Bool?

  mutating func bound() {
    guard texts.count + findings.count > TermCache.limit || shapes.count > 1_000 else { return }
    self = TermCache()
  }
}

/// Finds the number of a text, a shape or a finding in the writer's transaction, or gives it one.
struct Terms {
  private let database: Database
  private let findText: Statement
  private let addText: Statement
  private let findShape: Statement
  private let addShape: Statement
  private let findFinding: Statement
  private let addFinding: Statement

  init(_ database: Database) throws {
    self.database = database
    findText = try database.cachedStatement(sql: "SELECT id FROM terms WHERE text = ?")
    addText = try database.cachedStatement(sql: "INSERT INTO terms (text) VALUES (?)")
    findShape = try database.cachedStatement(sql: "SELECT id FROM shapes WHERE names = ?")
    addShape = try database.cachedStatement(sql: "INSERT INTO shapes (names) VALUES (?)")
    findFinding = try database.cachedStatement(sql: "SELECT pk FROM findings WHERE id = ?")
    addFinding = try database.cachedStatement(
      sql: "INSERT INTO findings (id, identity, name, repository) VALUES (?, ?, ?, ?)")
  }

  func number(_ text: Text, _ cache: inout TermCache) throws -> Int64 {
    if let known = cache.texts[text] { return known }
    let stored = StoredText.encode(text.string).databaseValue
    let number = try Int64.fetchOne(findText, arguments: [stored]) ?? add(addText, [stored])
    cache.texts[text] = number
    return number
  }

  func number(_ string: String?, _ cache: inout TermCache) throws -> Int64? {
    try string.map { try number(Text($0), &cache) }
  }

  func shape(_ names: [Text], _ cache: inout TermCache) throws -> Int64 {
    if let known = cache.shapes[names] { return known }
    var blob = BlobWriter()
    blob.texts(names.map(\.string))
    let stored = blob.data.databaseValue
    let number = try Int64.fetchOne(findShape, arguments: [stored]) ?? add(addShape, [stored])
    cache.shapes[names] = number
    return number
  }

  func finding(_ row: ResultRow, _ cache: inout TermCache) throws -> Int64 {
    try finding(
      row.finding, identity: row.identity, name: row.roles[.finding],
      repository: row.roles[.repository], &cache)
  }

  func finding(
    _ finding: FindingID, identity: [String], name: String?, repository: String?,
    _ cache: inout TermCache
  ) throws -> Int64 {
    if let known = cache.findings[finding] { return known }
    let id = StoredID.encode(finding.digits)
    var blob = BlobWriter()
    blob.texts(identity)
    let number =
      try Int64.fetchOne(findFinding, arguments: [id])
      ?? add(
        addFinding,
        [id, blob.data.databaseValue, number(name, &cache), number(repository, &cache)])
    cache.findings[finding] = number
    return number
  }

  private func add(
    _ statement: Statement, _ values: [(any DatabaseValueConvertible)?]
  ) throws -> Int64 {
    try statement.execute(arguments: StatementArguments(values))
    return database.lastInsertedRowID
  }
}
