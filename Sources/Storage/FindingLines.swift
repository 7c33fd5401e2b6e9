internal import Events
internal import Findings
internal import GRDB

/// Lines about findings: rows grouped by what is triaged.
///
/// First the page's findings in their order, then what each line says: only the page's rows are
/// looked at closely.
struct FindingLines {
  let database: Database
  let query: Query

  func page() throws -> Page<FindingLine> {
    let page = try PageQuery(query)
    let (findings, total) = try numbers(page)
    var selection = page.selection
    selection.bind("findings", numbers: findings)
    let sums = try sums(selection)
    let newest = try newest(selection)
    let rowsByNumber = try RowFetch(database).rows(newest.values.flatMap { [$0.newest, $0.worst] })
    let since = try since(selection)
    let presences = try presences(selection)
    let triage = try TriageReader(database: database).triage(findings)
    let lines = findings.compactMap { finding -> FindingLine? in
      guard let sum = sums[finding], let picked = newest[finding],
        let row = rowsByNumber[picked.newest], let worst = rowsByNumber[picked.worst]
      else { return nil }
      var line = line(row, worst, sum, triage[finding] ?? .untouched)
      line.presence = presences[finding] ?? .unknown
      line.since = since[finding]
      return line
    }
    return page.page(lines, total)
  }

  /// The findings of the page in their order, and how many there are in all.
  private func numbers(_ page: PageQuery) throws -> (findings: [Int64], total: Int) {
    let tallied = try Tallied(database, query)
    if query.sort == nil, let tallied {
      return (try tallied.findingsByLast(query), try tallied.findings())
    }
    let order = page.order(
      FindingLines.sorts, standard: "MAX(r.last_seen) DESC, \(FindingLines.worst) DESC",
      tie: "(SELECT id FROM findings WHERE pk = r.finding_pk)")
    let groups = "FROM rows r WHERE \(page.selection.inRange) GROUP BY r.finding_pk \(order)"
    if let tallied {
      // Where the number is known, SQLite need not keep all groups until it knows it.
      var limited = page
      limited.bindLimits()
      let rows = try limited.selection.rows(
        database, "SELECT r.finding_pk \(groups) LIMIT :limit OFFSET :offset")
      return (rows.map { $0[0] }, try tallied.findings())
    }
    let (rows, total) = try page.fetch(
      database, "SELECT r.finding_pk, COUNT(*) OVER () \(groups)")
    return (rows.map { $0[0] }, total)
  }

  /// How bad a finding ever was, whatever the range: what order those have that came at once.
  private static let worst = "(SELECT rank FROM findings WHERE pk = r.finding_pk)"

  private func line(
    _ row: ResultRow, _ worst: ResultRow, _ sum: Sums, _ triage: Triage
  ) -> FindingLine {
    FindingLine(
      id: row.finding, rule: row.rule, finding: row.roles[.finding],
      severity: worst.roles[.severity], package: row.roles[.package],
      version: row.roles[.version], repository: row.roles[.repository], images: sum.images,
      readers: sum.readers, count: sum.count, firstSeen: sum.first, lastSeen: row.lastSeen,
      marks: row.marks, newestRow: row.id, triage: triage)
  }

  private static let sorts: [SortColumn: String] = [
    .name: "MIN((SELECT text FROM terms WHERE id = r.finding))",
    .package: "MIN((SELECT text FROM terms WHERE id = r.package))",
    .repository: "MIN((SELECT text FROM terms WHERE id = r.repository))",
    .severity: "MAX(r.severity_rank)", .images: "COUNT(DISTINCT r.image)",
    .readers: "COUNT(DISTINCT r.user)", .count: "SUM(r.count)", .first: "MIN(r.first_seen)",
    .last: "MAX(r.last_seen)",
  ]

  private static let onPage = "r.finding_pk IN (SELECT value FROM json_each(:findings))"

  private struct Sums {
    var images: Int
    var readers: Int
    var count: Int
    var first: Timestamp
  }

  private func sums(_ selection: Selection) throws -> [Int64: Sums] {
    var result: [Int64: Sums] = [:]
    let rows = try selection.rows(
      database,
      """
      SELECT r.finding_pk, COUNT(DISTINCT r.image), COUNT(DISTINCT r.user), SUM(r.count),
        MIN(r.first_seen)
      FROM rows r WHERE \(selection.inRange) AND \(FindingLines.onPage) GROUP BY r.finding_pk
      """)
    for row in rows {
      result[row[0]] = Sums(
        images: row[1], readers: row[2], count: row[3], first: Timestamp(seconds: row[4]))
    }
    return result
  }

  /// When each finding was seen first, whatever the range and the filter.
  private func since(_ selection: Selection) throws -> [Int64: Timestamp] {
    let rows = try selection.rows(
      database,
      """
      SELECT r.finding_pk, MIN(r.first_seen) FROM rows r WHERE \(FindingLines.onPage)
      GROUP BY r.finding_pk
      """)
    return Dictionary(
      uniqueKeysWithValues: rows.map { ($0[0], Timestamp(seconds: $0[1])) })
  }

  /// Of each finding the newest row, and the newest of the rows with its worst severity.
  private func newest(
    _ selection: Selection
  ) throws -> [Int64: (newest: Int64, worst: Int64)] {
    let rows = try selection.rows(
      database,
      """
      SELECT finding_pk, SUM(pk) FILTER (WHERE age = 1), SUM(pk) FILTER (WHERE grade = 1) FROM (
        SELECT r.finding_pk, r.pk, ROW_NUMBER() OVER (
            PARTITION BY r.finding_pk ORDER BY r.last_seen DESC, r.id) AS age,
          ROW_NUMBER() OVER (PARTITION BY r.finding_pk
            ORDER BY r.severity_rank DESC, r.last_seen DESC, r.id) AS grade
        FROM rows r WHERE \(selection.inRange) AND \(FindingLines.onPage))
      GROUP BY finding_pk
      """)
    return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], ($0[1], $0[2])) })
  }

  /// Of each finding that has a name and a repository, by the scans of its images in range.
  private func presences(_ selection: Selection) throws -> [Int64: Presence] {
    let rows = try selection.rows(
      database,
      """
      SELECT DISTINCT r.finding_pk, r.image, r.repository, t.text, f.identity
      FROM rows r JOIN findings f ON f.pk = r.finding_pk JOIN terms t ON t.id = r.finding
      WHERE \(selection.inRange) AND \(FindingLines.onPage) AND r.image IS NOT NULL
        AND r.repository IS NOT NULL
      """)
    var subjects: [Int64: Presences.Subject] = [:]
    for row in rows {
      let finding: Int64 = row[0]
      var subject: Presences.Subject
      if let known = subjects[finding] {
        subject = known
      } else {
        var identity = try BlobReader(row[4])
        subject = Presences.Subject(
          name: StoredText.decode(row[3]), identity: try identity.texts(), repository: row[2],
          images: [])
      }
      subject.images.insert(row[1])
      subjects[finding] = subject
    }
    var presences = Presences(database, until: query.range.to)
    return try subjects.mapValues { try presences.presence(of: $0) }
  }
}
