internal import Events
internal import Findings
internal import GRDB

/// Numbers of texts, shapes and findings that the writer has used lately.
struct TermCache: Sendable {
  /// Entries before everything is forgotten and looked up again: some MiB.
  static let limit = 50_000

  var texts = TextNumbers()
  var shapes: [[UInt8]: Int64] = [:]
  /// The shape of a rule's newest row: most of a rule's rows have the same.
  var rowShapes: [Text: RowShape] = [:]
  /// The frame of a rule's newest risk event, and its number.
  var frames: [Text: (frame: RiskFrame, number: Int64)] = [:]
  var findings = TextNumbers()
  /// Whether any finding is closed; nil where that is not known.
  var hasClosed: Bool?

  func finding(_ id: FindingID) -> Int64? {
    Text(id.digits).withBytes { findings.number(of: $0, hash: findings.hash($0)) }
  }

  mutating func note(_ id: FindingID, _ number: Int64) {
    Text(id.digits).withBytes { findings.add($0, hash: findings.hash($0), number: number) }
  }

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
  var sample: FieldNames
  var number: Int64
  var ruleID: String
  var ruleNumber: Int64
  var ruleIDNumber: Int64
  /// Where the columns are that filters read; nil where it is a field of the sample or is not there.
  var description: Int?
  var agent: Int?

  /// Whether the row may have this shape: it has, unless a field of the sample is another.
  func mayFit(_ row: ResultRow) -> Bool {
    row.sample.count == sample.names.count && row.columns == columns && row.ruleID == ruleID
  }
}

/// Finds the number of a text, a shape or a finding in the writer's transaction, or gives it one.
final class Terms {
  private let findText: RawStatement
  private let addText: RawStatement
  private let findShape: RawStatement
  private let addShape: RawStatement
  private let noteTactics: RawStatement
  private let findFinding: RawStatement
  private let addFinding: RawStatement
  /// Of the few words that there are.
  private var ranks: [(number: Int64?, rank: Int64)] = []
  /// The numbers of texts that were just asked for, by where these are in memory.
  private var recent = [Recent](repeating: Recent(), count: Recent.count)

  /// A text that was just asked for: texts of the same two words have the same bytes while it is
  /// kept, for those words hold the text or where it is.
  private struct Recent {
    static let count = 512

    var words = SIMD2<UInt64>()
    var text: Text?
    var number: Int64 = 0

    static func place(_ words: SIMD2<UInt64>) -> Int {
      Int(truncatingIfNeeded: ((words.x ^ words.y &>> 3) &* 0x9E37_79B9_7F4A_7C15) &>> 55)
    }
  }

  init(_ database: Database) throws {
    findText = try RawStatement(database, "SELECT id FROM terms WHERE text = ?")
    addText = try RawStatement(database, "INSERT INTO terms (text) VALUES (?)")
    findShape = try RawStatement(database, "SELECT id FROM shapes WHERE names = ?")
    addShape = try RawStatement(database, "INSERT INTO shapes (names) VALUES (?)")
    noteTactics = try RawStatement(database, "UPDATE shapes SET tactics = ? WHERE id = ?")
    findFinding = try RawStatement(database, "SELECT pk FROM findings WHERE id = ?")
    addFinding = try RawStatement(
      database,
      """
      INSERT OR IGNORE INTO findings (id, identity, name, repository, first_seen, last_seen, rank)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """)
  }

  func number(_ text: Text, _ cache: inout TermCache) throws -> Int64 {
    let words = unsafeBitCast(text.string, to: SIMD2<UInt64>.self)
    let place = Recent.place(words)
    if recent[place].words == words { return recent[place].number }
    let number = try text.withBytes { try self.number(ofBytes: $0, &cache) }
    recent[place] = Recent(words: words, text: text, number: number)
    return number
  }

  /// The same of the UTF-8 bytes of a text.
  func number(ofBytes bytes: UnsafeRawBufferPointer, _ cache: inout TermCache) throws -> Int64 {
    let hash = cache.texts.hash(bytes)
    if let known = cache.texts.number(of: bytes, hash: hash) { return known }
    let stored = StoredText.encode(String(decoding: bytes, as: UTF8.self))
    findText.bind(stored, at: 1)
    var number = try findText.first { $0.number(0) } ?? 0
    if number == 0 {
      addText.bind(stored, at: 1)
      try addText.run()
      number = addText.insertedRow
    }
    cache.texts.add(bytes, hash: hash, number: number)
    return number
  }

  func number(_ string: String?, _ cache: inout TermCache) throws -> Int64? {
    try string.map { try number(Text($0), &cache) }
  }

  /// The rank of a severity word, whose number is given.
  func rank(of word: String?, _ number: Int64?) -> Int64 {
    if let known = ranks.first(where: { $0.number == number }) { return known.rank }
    let rank = SeverityRank.of(word)
    if ranks.count < 16 { ranks.append((number, rank)) }
    return rank
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
      columns: row.columns, sample: FieldNames(sample), number: try self.shape(blob.bytes, &cache),
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
    let tactics = try event.fields[RiskWriter.tactics]?.text.map { try self.number($0, &cache) }
    let number = try shape(frame.encode(), tactics: tactics, &cache)
    cache.frames[rule] = (frame, number)
    return (try RiskBody.encode(event, frame, self, &cache) ?? [], number)
  }

  /// `tactics` is what events of a frame have in common and is counted by.
  private func shape(
    _ names: [UInt8], tactics: Int64? = nil, _ cache: inout TermCache
  ) throws -> Int64 {
    if let known = cache.shapes[names] { return known }
    findShape.bind(names, at: 1)
    var number = try findShape.first { $0.number(0) }
    if number == nil {
      addShape.bind(names, at: 1)
      try addShape.run()
      number = addShape.insertedRow
    }
    if let number, let tactics {
      noteTactics.bind(tactics, at: 1)
      noteTactics.bind(number, at: 2)
      try noteTactics.run()
    }
    cache.shapes[names] = number
    return number ?? 0
  }

  /// The finding of a row, whether it is new, which it then is with the row's times.
  func finding(
    _ row: ResultRow, name: Int64?, repository: Int64?, rank: Int64, _ cache: inout TermCache
  ) throws -> (number: Int64, isNew: Bool) {
    if let known = cache.finding(row.finding) { return (known, false) }
    addFinding.bind(row.firstSeen.seconds, at: 5)
    addFinding.bind(row.lastSeen.seconds, at: 6)
    addFinding.bind(rank, at: 7)
    return try finding(
      row.finding, identity: row.identity, name: name, repository: repository, &cache)
  }

  /// A finding that is known or else put there without a row.
  func findingWithoutRow(
    _ finding: FindingID, identity: [String], name: String?, repository: String?,
    _ cache: inout TermCache
  ) throws -> Int64 {
    if let known = cache.finding(finding) { return known }
    for place in CInt(5)...7 { addFinding.bind(nil as Int64?, at: place) }
    return try self.finding(
      finding, identity: identity, name: number(name, &cache),
      repository: number(repository, &cache), &cache
    ).number
  }

  private func finding(
    _ finding: FindingID, identity: [String], name: Int64?, repository: Int64?,
    _ cache: inout TermCache
  ) throws -> (number: Int64, isNew: Bool) {
    var blob = BlobWriter()
    blob.texts(identity)
    addFinding.bind(id: finding.digits, at: 1)
    addFinding.bind(blob.bytes, at: 2)
    addFinding.bind(name, at: 3)
    addFinding.bind(repository, at: 4)
    try addFinding.run()
    if addFinding.hasChanged {
      let number = addFinding.insertedRow
      cache.note(finding, number)
      return (number, true)
    }
    findFinding.bind(id: finding.digits, at: 1)
    let number = try findFinding.first { $0.number(0) } ?? 0
    cache.note(finding, number)
    return (number, false)
  }
}
