internal import Events
internal import Findings
internal import GRDB

/// Closes what was said of a file that did not fit its digest when it does, and opens what was
/// closed so when it no longer does.
///
/// The row of such a file is taken back when it is verified; what was said of the finding would
/// stay open for good.
struct IntegrityTriage {
  static let comment = "file is verified now"

  private let database: Database
  private let writer: TriageWriter

  init(_ database: Database) {
    self.database = database
    writer = TriageWriter(database: database)
  }

  /// To be told before the files are written, since what is known of them tells what is news.
  func follow(_ files: [FileIntegrity], at time: Timestamp, _ cache: inout TermCache) throws {
    for file in files {
      let wasWrong = try Bool.fetchOne(
        database.cachedStatement(sql: "SELECT raised IS NOT NULL FROM integrity WHERE path = ?"),
        arguments: [StoredText.encode(file.path)])
      guard let wasWrong, wasWrong != (file.raised != nil) else { continue }
      if wasWrong, file.state != "verified" { continue }
      for finding in try findings(of: file.path) {
        try wasWrong ? close(finding, at: time) : open(finding, at: time)
        cache.hasClosed = nil
      }
    }
  }

  /// A file's finding is identified by its path alone.
  private func findings(of path: String) throws -> [Int64] {
    var identity = BlobWriter()
    identity.texts([path])
    return try Int64.fetchAll(
      database.cachedStatement(sql: "SELECT pk FROM findings WHERE identity = ?"),
      arguments: [identity.data])
  }

  private func close(_ finding: Int64, at time: Timestamp) throws {
    let former = try writer.current(finding)
    guard former.status.isOpen else { return }
    try change(finding, former, to: .closed, IntegrityTriage.comment, at: time)
  }

  private func open(_ finding: Int64, at time: Timestamp) throws {
    let former = try writer.current(finding)
    guard !former.status.isOpen, former.by == TriageWriter.ourselves,
      former.comment == IntegrityTriage.comment
    else { return }
    try change(finding, former, to: .new, nil, at: time)
  }

  private func change(
    _ finding: Int64, _ former: Triage, to status: TriageStatus, _ comment: String?,
    at time: Timestamp
  ) throws {
    var next = former
    next.status = status
    next.comment = comment
    next.by = TriageWriter.ourselves
    next.at = time
    _ = try writer.put(next, over: former, of: finding, .move, batch: nil)
  }
}
