internal import Events
internal import Findings
internal import GRDB

/// Cards of an image and of a finding name: over everything in range and in the query's scope,
/// such as one repository, whatever the lists are filtered by.
struct Cards {
  let database: Database
  private let selection: Selection
  private let name: String
  private let query: Query

  /// Nil where the scope does not name what the card is about.
  init?(_ database: Database, _ query: Query, about role: PaneRole) throws {
    guard let name = query.scope[role] else { return nil }
    self.database = database
    self.name = name
    self.query = query
    selection = try Selection(scope: query.scope, range: query.range)
  }

  func image() throws -> ImageCard? {
    guard let span = try span() else { return nil }
    var card = ImageCard(
      image: name, repositories: try texts("repository"),
      severities: try SeverityCounts.total(database, selection), account: try newest("account"),
      region: try newest("region"), firstSeen: span.first, lastSeen: span.last)
    card.origin = try ImageOrigins(database, until: query.range.to)
      .origin(of: name, in: query.scope[.repository])
    return card
  }

  func finding() throws -> FindingCard? {
    guard let span = try span(), let number = span.newest,
      let row = try RowFetch(database).rows([number])[number]
    else { return nil }
    let counts = try selection.rows(
      database,
      """
      SELECT COUNT(DISTINCT r.repository), COUNT(DISTINCT r.image) FROM rows r
      WHERE \(selection.inRange)
      """
    ).first
    var card = FindingCard(
      finding: name, severities: try SeverityCounts.total(database, selection),
      sample: Cards.sample(of: row), repositories: counts?[0] ?? 0, images: counts?[1] ?? 0,
      firstSeen: span.first, lastSeen: span.last)
    card.pushers = try ImageOrigins(database, until: query.range.to)
      .pushers(ofImagesWith: selection)
    return card
  }

  /// Description, package and version, then the sample's other fields by name.
  static func sample(of row: ResultRow) -> [SampleField] {
    let known: [(name: String, value: String?)] = [
      ("description", RowBody.description(of: row)?.string), ("package", row.roles[.package]),
      ("version", row.roles[.version]),
    ]
    let first = known.compactMap { field in
      field.value.map { SampleField(name: field.name, value: $0) }
    }
    let names = Set(first.map(\.name))
    let others = row.sample.keys.sorted().compactMap { name -> SampleField? in
      guard !names.contains(name.string), let text = row.sample[name]?.text else { return nil }
      return SampleField(name: name.string, value: text.string)
    }
    return first + others
  }

  private func span() throws -> (first: Timestamp, last: Timestamp, newest: Int64?)? {
    let times = try selection.rows(
      database,
      """
      SELECT MIN(r.first_seen), MAX(r.last_seen) FROM rows r WHERE \(selection.inRange)
      """
    ).first
    guard let times, let first: Int64 = times[0], let last: Int64 = times[1] else { return nil }
    let newest = try selection.rows(
      database,
      """
      SELECT r.pk FROM rows r WHERE \(selection.inRange) ORDER BY r.last_seen DESC, r.id LIMIT 1
      """
    ).first
    return (Timestamp(seconds: first), Timestamp(seconds: last), newest?[0])
  }

  /// Distinct texts of a role, sorted by bytes.
  private func texts(_ column: String) throws -> [String] {
    try selection.rows(
      database,
      """
      SELECT text FROM terms WHERE id IN (
        SELECT r.\(column) FROM rows r WHERE \(selection.inRange)) ORDER BY text
      """
    ).map { StoredText.decode($0[0]) }
  }

  /// The role's text in the newest row that has it.
  private func newest(_ column: String) throws -> String? {
    try selection.rows(
      database,
      """
      SELECT t.text FROM rows r JOIN terms t ON t.id = r.\(column) WHERE \(selection.inRange)
      ORDER BY r.last_seen DESC, r.id LIMIT 1
      """
    ).first.map { StoredText.decode($0[0]) }
  }
}
