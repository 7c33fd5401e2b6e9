internal import Events
internal import Findings
internal import Foundation
internal import GRDB

/// Writes what pages tell of scans, and pushes: what is known already changes nothing, so that
/// order and copies do not matter.
struct ScanWriter {
  private let database: Database
  private let terms: Terms
  private let changedAt: Timestamp
  private let find: Statement
  private let insert: Statement
  private let update: Statement
  private let put: Statement
  private let keep: Statement
  private let sight: Statement
  private let push: Statement

  init(_ database: Database, _ terms: Terms, changedAt: Timestamp) throws {
    self.database = database
    self.terms = terms
    self.changedAt = changedAt
    find = try database.cachedStatement(
      sql: """
        SELECT s.pk, b.body FROM scans s JOIN scan_bodies b ON b.scan = s.pk
        WHERE s.repository = ? AND s.account = ? AND s.region = ? AND s.image = ?
          AND s.completed = ?
        """)
    insert = try database.cachedStatement(
      sql: """
        INSERT INTO scans (repository, account, region, image, completed, seen, total,
          is_complete, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    update = try database.cachedStatement(
      sql: "UPDATE scans SET seen = ?, total = ?, is_complete = ?, changed = ? WHERE pk = ?")
    put = try database.cachedStatement(
      sql: "INSERT OR REPLACE INTO scan_bodies (scan, body) VALUES (?, ?)")
    keep = try database.cachedStatement(sql: "UPDATE scans SET changed = ? WHERE pk = ?")
    sight = try database.cachedStatement(
      sql: """
        INSERT INTO image_tags (repository, account, region, tag, image, first, last)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET first = min(first, excluded.first), last = max(last, excluded.last)
        """)
    push = try database.cachedStatement(
      sql: """
        INSERT OR IGNORE INTO pushes (image, repository, account, region, time, tag, user)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
  }

  func write(_ page: ScanPage, _ cache: inout TermCache) throws {
    let place = try place(page.place, &cache)
    let image = try terms.number(Text(page.image), &cache)
    let key = place + [image, page.completed.seconds]
    let known = try Row.fetchOne(find, arguments: StatementArguments(key))
    let former = try known.map { try ScanBody(decoding: $0[1]) }
    var body = former ?? ScanBody()
    body.add(page)
    let state: [(any DatabaseValueConvertible)?] = [
      body.seen, body.all, body.isComplete, changedAt.seconds,
    ]
    if let known, body == former {
      // A scan that somebody still asks for is kept as long as the rows of it.
      try keep.execute(arguments: [changedAt.seconds, known[0] as Int64])
    } else if let known {
      let number: Int64 = known[0]
      try update.execute(arguments: StatementArguments(state + [number]))
      try put.execute(arguments: [number, body.encode()])
    } else {
      try insert.execute(arguments: StatementArguments(key.map { $0 } + state))
      try put.execute(arguments: [database.lastInsertedRowID, body.encode()])
    }
    if let tag = page.tag { try note(tag, on: image, in: place, at: page.read, &cache) }
  }

  func write(_ push: ImagePush, _ cache: inout TermCache) throws {
    let place = try place(push.place, &cache)
    let image = try terms.number(Text(push.image), &cache)
    let values: [Int64] =
      try [image] + place + [
        push.time.seconds, terms.number(push.tag, &cache) ?? 0,
        terms.number(push.user, &cache) ?? 0,
      ]
    try self.push.execute(arguments: StatementArguments(values))
    if let tag = push.tag { try note(tag, on: image, in: place, at: push.time, &cache) }
  }

  private func note(
    _ tag: String, on image: Int64, in place: [Int64], at time: Timestamp,
    _ cache: inout TermCache
  ) throws {
    let values =
      try place + [terms.number(Text(tag), &cache), image, time.seconds, time.seconds]
    try sight.execute(arguments: StatementArguments(values))
  }

  /// Repository, account and region, in the order of the tables' columns.
  private func place(_ place: ImagePlace, _ cache: inout TermCache) throws -> [Int64] {
    try [place.repository, place.account, place.region].map {
      try terms.number(Text($0), &cache)
    }
  }
}
