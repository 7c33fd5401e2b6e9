internal import Events
internal import Findings
internal import GRDB

/// Opens a closed finding again when it is seen in an image that did not have it when it closed.
///
/// Who reads the scan makes no difference.
struct Reopening {
  private let writer: TriageWriter
  private let isClosed: Statement
  private let remember: Statement
  private let name: Statement

  static let closed = TriageStatus.allCases.filter { !$0.isOpen }
    .map { "'\($0.rawValue)'" }.joined(separator: ", ")

  init(_ database: Database) throws {
    writer = TriageWriter(database: database)
    isClosed = try database.cachedStatement(
      sql: "SELECT 1 FROM triage WHERE finding = ? AND status IN (\(Reopening.closed))")
    remember = try database.cachedStatement(
      sql: "INSERT OR IGNORE INTO triage_images (finding, image) VALUES (?, ?)")
    name = try database.cachedStatement(sql: "SELECT text FROM terms WHERE id = ?")
  }

  /// Nil where nothing is closed, which costs rows nothing.
  static func ifNeeded(_ database: Database, _ cache: inout TermCache) throws -> Reopening? {
    let hasClosed =
      try cache.hasClosed
      ?? Bool.fetchOne(
        database, sql: "SELECT EXISTS (SELECT 1 FROM triage WHERE status IN (\(closed)))") ?? false
    cache.hasClosed = hasClosed
    return hasClosed ? try Reopening(database) : nil
  }

  func look(at finding: Int64, in image: Int64, at time: Timestamp) throws {
    guard try Bool.fetchOne(isClosed, arguments: [finding]) == true else { return }
    try remember.execute(arguments: [finding, image])
    guard writer.database.changesCount > 0 else { return }
    let digest = try String.fetchOne(name, arguments: [image]).map(StoredText.decode) ?? ""
    let former = try writer.current(finding)
    var next = former
    next.status = .new
    next.by = TriageWriter.ourselves
    next.at = time
    _ = try writer.put(next, over: former, of: finding, .newImage(digest), batch: nil)
  }
}
