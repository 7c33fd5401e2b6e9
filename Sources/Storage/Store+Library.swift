package import Events
package import Findings
internal import Foundation
internal import GRDB

extension Store: Library {
  package func answer(_ request: Request) throws -> Answer { try answer(request, now: nil) }

  /// The answer by a wall clock: suppressions that have expired by then hide nothing.
  package func answer(_ request: Request, now: Timestamp?) throws -> Answer {
    try guarded { try pool.read { try Store.answer(request, $0, now) } }
  }

  /// The same, unless `isOver` says while it is read that nobody wants it any more: then
  /// `StorageProblem.givenUp` is thrown.
  ///
  /// `isOver` is asked on this thread, every millisecond or so, and told how far the answer is.
  package func answer(
    _ request: Request, now: Timestamp? = nil,
    unless isOver: @escaping @Sendable (ReadProgress) -> Bool
  ) throws -> Answer {
    try guarded {
      try pool.read { database in
        try Interruption(database, isOver: isOver).during { question in
          question.extent = try ReadExtent.of(request, database)
          return try Store.answer(request, database, now)
        }
      }
    }
  }

  private static func answer(
    _ request: Request, _ database: Database, _ now: Timestamp?
  ) throws -> Answer {
    let suppressions = Suppressions(database: database, now: now)
    func shown(_ query: Query) throws -> Query { try suppressions.hiding(query) }
    return switch request {
    case .overview(let query):
      .overview(
        try suppressions.told(overview(database, shown(query)), query)
      )
    case .repositories(let query):
      .repositories(try ScannedLines.repositories(database, shown(query)))
    case .images(let query): .images(try ScannedLines.images(database, shown(query)))
    case .findings(let query):
      .findings(try FindingLines(database: database, query: shown(query)).page())
    case .users(let query): .users(try UserLines.users(database, shown(query)))
    case .sources(let query): .sources(try UserLines.sources(database, shown(query)))
    case .rows(let query): .rows(try RowLines.page(database, shown(query)))
    case .sessions(let query): .sessions(try SessionLines.page(database, shown(query)))
    case .imageCard(let query):
      .imageCard(try Cards(database, query, about: .image)?.image())
    case .findingCard(let query):
      .findingCard(try Cards(database, query, about: .finding)?.finding())
    case .userCard(let user, let asOf):
      .userCard(try UserCardQuery(database, user: user, asOf: asOf).card())
    case .row(let id): .row(try RowLines.card(database, id))
    case .record(let hash): .record(try RowLines.record(database, hash))
    case .drilldown, .search: throw StorageProblem.notAnsweredHere
    case .files: .files(try FileLines(database).summary())
    case .fileLines(let query): .fileLines(try FileLines(database).page(query))
    case .deadLetters(let query): .deadLetters(try LetterLines(database).page(query))
    case .fileCard(let path): .fileCard(try FileLines(database).card(path))
    case .deadLetter(let number): .deadLetter(try SourceReader.deadLetter(database, number))
    case .triageHistory(let subject, let offset, let limit):
      .triageHistory(
        try TriageReader(database: database).history(subject, offset: offset, limit: limit))
    case .suppressions(let query):
      .suppressions(try suppressions.lines(query))
    case .timeline(let query):
      .timeline(try TimelineQuery.timeline(database, shown(query)))
    case .attack(let range): .attack(try AttackQuery.lines(database, range))
    }
  }

  private static func overview(_ database: Database, _ query: Query) throws -> Overview {
    var result =
      try Tallied(database, query)?.overview() ?? countedOverview(database, query)
    result.deadLetters = try SourceReader.deadLetterCount(database)
    let integrity = try IntegrityTable(database).counts()
    result.changedFiles = integrity["MISMATCH"] ?? 0
    result.missingFiles = integrity["missing"] ?? 0
    return result
  }

  private static func countedOverview(
    _ database: Database, _ query: Query
  ) throws -> Overview {
    let selection = try Selection(query)
    let counts = try selection.rows(
      database,
      """
      SELECT COUNT(DISTINCT r.repository), COUNT(DISTINCT r.user), COUNT(DISTINCT r.finding_pk)
      FROM rows r WHERE \(selection.inRange)
      """
    ).first
    let findings: Int = counts?[2] ?? 0
    let closed = try selection.rows(
      database,
      """
      SELECT COUNT(*) FROM triage WHERE status IN (\(Reopening.closed)) AND EXISTS (
        SELECT 1 FROM rows r WHERE r.finding_pk = triage.finding AND \(selection.inRange))
      """
    ).first
    return Overview(
      severities: try SeverityCounts.total(database, selection), repositories: counts?[0] ?? 0,
      users: counts?[1] ?? 0, findings: findings, open: findings - (closed?[0] ?? 0),
      deadLetters: 0)
  }

  package func newestEvent(notAfter clock: Timestamp) throws -> Timestamp? {
    try guarded {
      try pool.read { database in
        try Int64.fetchOne(
          database, sql: "SELECT MAX(last_seen) FROM rows WHERE last_seen <= ?",
          arguments: [clock.seconds])
      }.map { Timestamp(seconds: $0) }
    }
  }

  /// The newest first; both ends belong to the range.
  package func riskEvents(in range: TimeRange) throws -> [RiskEvent] {
    try guarded {
      try pool.read { database in
        try RowFetch(database).riskEvents(
          "e.time >= ?1 AND e.time <= ?2",
          [range.from?.seconds ?? Int64.min, range.to.seconds])
      }
    }
  }

  /// The newest record first.
  package func records(
    ofRule rule: String, in range: TimeRange
  ) throws -> (
    records: [StoredRecord], events: Int
  ) {
    let from = range.from?.seconds ?? Int64.min
    let isOfRule = "r.rule = (SELECT id FROM terms WHERE text = ?)"
    let stored = StoredText.encode(rule)
    return try guarded {
      try pool.read { database in
        let named = try Data.fetchAll(
          database,
          sql: """
            SELECT b.records FROM rows r JOIN bodies b ON b.row = r.pk
            WHERE \(isOfRule) AND r.last_seen >= ? AND r.first_seen < ? AND b.records IS NOT NULL
            """, arguments: [stored, from, range.to.seconds])
        let hashes = Set(try named.flatMap { try RecordNames.decode([UInt8]($0)) })
        let records = try hashes.flatMap { try RowFetch(database).record($0) }
          .filter { from <= $0.time.seconds && $0.time < range.to }
          .sorted { left, right in
            left.time != right.time
              ? left.time > right.time
              : left.contentHash.lexicographicallyPrecedes(right.contentHash)
          }
        let events = try Int.fetchOne(
          database,
          sql: """
            SELECT ifnull(SUM(r.count), 0) FROM rows r
            WHERE \(isOfRule) AND r.last_seen >= ? AND r.first_seen < ?
            """, arguments: [stored, from, range.to.seconds])
        return (records, events ?? 0)
      }
    }
  }
}
