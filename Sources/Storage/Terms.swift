internal import Events
internal import Findings
internal import GRDB

/// Numbers of texts, shapes and findings that the writer has used lately.
struct TermCache: Sendable {
  /// Entries before everything is forgotten and looked up again: some MiB.
  static let limit = 50_000

  var texts: [Text: Int64] = [:]
  var shapes: [[UInt8]: Int64] = [:]
  /// The shape of a rule's newest row: most of a rule's rows have the same.
  var rowShapes: [Text: RowShape] = [:]
  /// The frame of a rule's newest risk event, and its number.
  var frames: [Text: (frame: RiskFrame, number: Int64)] = [:]
  var findings: [FindingID: Int64] = [:]
  /// Whether any finding is closed; nil where that is not known.
  var hasClosed: Bool?

  mutating func bound() {
    guard texts.count + findings.count > TermCache.limit || shapes.count > 1_000 else { return }
    self = TermCache()
  }
}

/// Names of a row's columns and sample fields, with the number that they are stored under, and the
/// numbers of its rule.
struct RowShape: Sendable {
  var columns: [Text]
  /// Sorted.
  var sample: [Text]
  var number: Int64
  var ruleID: String
  var ruleNumber: Int64
  var ruleIDNumber: Int64
  /// Where the columns are that filters read; nil where it is a field of the sample or is not there.
  var description: Int?
  var agent: Int?

  /// Whether the row may have this shape: it has, unless a field of the sample is another.
  func mayFit(_ row: ResultRow) -> Bool {
    row.sample.count == sample.count && row.columns == columns && row.ruleID == ruleID
  }
}

/// Finds the number of a text, a shape or a finding in the writer's transaction, or gives it one.
final class Terms {
  private let database: Database
  private let findText: RawStatement
  private let addText: RawStatement
  private let findShape: RawStatement
  private let addShape: RawStatement
  private let findFinding: RawStatement
  private let addFinding: RawStatement

  init(_ database: Database) throws {
    self.database = database
    findText = try RawStatement(database, "SELECT id FROM terms WHERE text = ?")
    addText = try RawStatement(database, "INSERT INTO terms (text) VALUES (?)")
    findShape = try RawStatement(database, "SELECT id FROM shapes WHERE names = ?")
    addShape = try RawStatement(database, "INSERT INTO shapes (names) VALUES (?)")
    findFinding = try RawStatement(database, "SELECT pk FROM findings WHERE id = ?")
    addFinding = try RawStatement(
      database,
      """
      INSERT OR IGNORE INTO findings (id, identity, name, repository, first_seen, last_seen, rank)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """)
  }

  func number(_ text: Text, _ cache: inout TermCache) throws -> Int64 {
    if let known = cache.texts[text] { return known }
    let stored = StoredText.encode(text.string)
    findText.bind(stored, at: 1)
    var number = try findText.first { $0.number(0) }
    if number == nil {
      addText.bind(stored, at: 1)
      try addText.run()
      number = database.lastInsertedRowID
    }
    cache.texts[text] = number
    return number ?? 0
  }

  func number(_ string: String?, _ cache: inout TermCache) throws -> Int64? {
    try string.map { try number(Text($0), &cache) }
  }

  /// The shape of a row: that of the rule's last row where it `mayFit`, unless it is made anew.
  func shape(
    of row: ResultRow, isNew: Bool = false, _ cache: inout TermCache
  ) throws -> RowShape {
    let rule = Text(row.rule)
    if !isNew, let known = cache.rowShapes[rule], known.mayFit(row) { return known }
    let sample = row.sample.keys.sorted()
    var blob = BlobWriter()
    blob.texts(RowBody.shape(of: row, sample: sample).map(\.string))
    let shape = RowShape(
      columns: row.columns, sample: sample, number: try self.shape(blob.bytes, &cache),
      ruleID: row.ruleID, ruleNumber: try number(rule, &cache),
      ruleIDNumber: try number(Text(row.ruleID), &cache),
      description: row.columns.firstIndex(of: "finding_description"),
      agent: row.columns.firstIndex(of: "user_agent"))
    cache.rowShapes[rule] = shape
    return shape
  }

  /// The body of a risk event and the number of its frame: that of the rule's last event, where it
  /// fits.
  func body(
    of event: RiskEvent, _ cache: inout TermCache
  ) throws -> (body: [UInt8], frame: Int64) {
    let rule = Text(event.rule)
    if let known = cache.frames[rule],
      let body = try RiskBody.encode(event, known.frame, self, &cache)
    {
      return (body, known.number)
    }
    let frame = RiskFrame(of: event)
    let number = try shape(frame.encode(), &cache)
    cache.frames[rule] = (frame, number)
    return (try RiskBody.encode(event, frame, self, &cache) ?? [], number)
  }

  private func shape(_ names: [UInt8], _ cache: inout TermCache) throws -> Int64 {
    if let known = cache.shapes[names] { return known }
    findShape.bind(names, at: 1)
    var number = try findShape.first { $0.number(0) }
    if number == nil {
      addShape.bind(names, at: 1)
      try addShape.run()
      number = database.lastInsertedRowID
    }
    cache.shapes[names] = number
    return number ?? 0
  }

  /// The finding of a row, whether it is new, which it then is with the row's times.
  func finding(
    _ row: ResultRow, rank: Int64, _ cache: inout TermCache
  ) throws -> (number: Int64, isNew: Bool) {
    if let known = cache.findings[row.finding] { return (known, false) }
    addFinding.bind(row.firstSeen.seconds, at: 5)
    addFinding.bind(row.lastSeen.seconds, at: 6)
    addFinding.bind(rank, at: 7)
    return try finding(
      row.finding, identity: row.identity, name: row.roles[.finding],
      repository: row.roles[.repository], &cache)
  }

  /// A finding that is known or else put there without a row.
  func findingWithoutRow(
    _ finding: FindingID, identity: [String], name: String?, repository: String?,
    _ cache: inout TermCache
  ) throws -> Int64 {
    if let known = cache.findings[finding] { return known }
    for place in CInt(5)...7 { addFinding.bind(nil as Int64?, at: place) }
    return try self.finding(
      finding, identity: identity, name: name, repository: repository, &cache
    ).number
  }

  private func finding(
    _ finding: FindingID, identity: [String], name: String?, repository: String?,
    _ cache: inout TermCache
  ) throws -> (number: Int64, isNew: Bool) {
    var blob = BlobWriter()
    blob.texts(identity)
    addFinding.bind(id: finding.digits, at: 1)
    addFinding.bind(blob.bytes, at: 2)
    addFinding.bind(try number(name, &cache), at: 3)
    addFinding.bind(try number(repository, &cache), at: 4)
    try addFinding.run()
    if database.changesCount > 0 {
      cache.findings[finding] = database.lastInsertedRowID
      return (database.lastInsertedRowID, true)
    }
    findFinding.bind(id: finding.digits, at: 1)
    let number = try findFinding.first { $0.number(0) } ?? 0
    cache.findings[finding] = number
    return (number, false)
  }
}
