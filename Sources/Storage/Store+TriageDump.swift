internal import Events
package import Findings
internal import GRDB
internal import Synchronization

/// What somebody has said of a finding, so that another state can be told.
///
/// A finding's id is a hash of its rule and what identifies it: it is the same in every state.
package struct TriagedFinding: Equatable, Sendable {
  package var id: FindingID
  /// The values that name it, in its rule's order.
  package var identity: [String]
  package var name: String?
  package var repository: String?
  package var triage: Triage

  package init(
    id: FindingID, identity: [String], name: String?, repository: String?, triage: Triage
  ) {
    self.id = id
    self.identity = identity
    self.name = name
    self.repository = repository
    self.triage = triage
  }
}

/// What became of findings whose triage was taken over.
package struct TriageImport: Equatable, Sendable {
  package var changed = 0
  package var same = 0
  /// Of those changed: not seen here yet; what was said holds from their first sighting on.
  package var unseen = 0
}

extension Store {
  /// Every finding that somebody has touched, in the order in which they first came.
  package func triagedFindings() throws -> [TriagedFinding] {
    try guarded {
      try pool.read { database in
        try Row.fetchAll(
          database,
          sql: """
            SELECT f.id, f.identity, (SELECT text FROM terms WHERE id = f.name),
              (SELECT text FROM terms WHERE id = f.repository), \(StoredTriage.columns)
            FROM triage t JOIN findings f ON f.pk = t.finding ORDER BY f.pk
            """
        ).map { row in
          var identity = try BlobReader(row[1])
          return TriagedFinding(
            id: FindingID(digits: StoredID.decode(row[0])), identity: try identity.texts(),
            name: (row[2] as String?).map(StoredText.decode),
            repository: (row[3] as String?).map(StoredText.decode),
            triage: try StoredTriage.triage(row, from: 4))
        }
      }
    }
  }

  /// Takes over what was said elsewhere, over what was said here; one transaction, one batch of
  /// the history, which can be undone.
  package func take(_ findings: [TriagedFinding]) throws -> TriageImport {
    try changing { database in
      let writer = TriageWriter(database: database)
      let terms = try Terms(database)
      let hasRows = try database.cachedStatement(
        sql: "SELECT EXISTS (SELECT 1 FROM rows WHERE finding_pk = ?)")
      var cache = TermCache()
      var batch: Int64?
      var result = TriageImport()
      for finding in findings {
        let number = try terms.findingWithoutRow(
          finding.id, identity: finding.identity, name: finding.name,
          repository: finding.repository, &cache)
        let former = try writer.current(number)
        guard former != finding.triage else {
          result.same += 1
          continue
        }
        batch = try writer.put(finding.triage, over: former, of: number, .imported, batch: batch)
        result.changed += 1
        if try Bool.fetchOne(hasRows, arguments: [number]) != true { result.unseen += 1 }
      }
      return result
    }
  }
}
