import Events
import Findings

@testable import Storage

extension NaiveLibrary {
  func overview(_ query: Query) -> Overview {
    let rows = chosen(query)
    return Overview(
      severities: severities(rows), repositories: distinct(rows, .repository),
      users: distinct(rows, .user), findings: Set(rows.map(\.finding)).count, deadLetters: 0)
  }

  func repositories(_ query: Query) -> Page<RepositoryLine> {
    let inScope = grouped(rows.filter { isInScope($0, query) }) { $0.roles[.repository] }
    let lines = grouped(chosen(query)) { $0.roles[.repository] }.map { name, rows in
      let line = RepositoryLine(
        repository: name.string, severities: severities(rows), images: distinct(rows, .image),
        hours: hours(inScope[name] ?? [], query.range.to), firstSeen: first(rows),
        lastSeen: last(rows))
      return Ranked(
        line: line,
        sorts: scanSorts(line.severities, rows).merging([
          .name: .text(name), .repository: .text(name), .images: .number(line.images),
        ]) { $1 },
        standard: standard(line.severities, rows), tie: [name])
    }
    return page(lines, query)
  }

  private func hours(_ rows: [ResultRow], _ to: Timestamp) -> [Int] {
    let newest = Window(containing: to).start
    return (0..<24).map { hour in
      let start = newest - Int64(23 - hour) * 3600
      return rows.filter { $0.window.start == start && $0.lastSeen <= to }.count
    }
  }

  private func scanSorts(_ severities: [String: Int], _ rows: [ResultRow]) -> [SortColumn: Key] {
    [
      .critical: .number(severities["CRITICAL"] ?? 0), .high: .number(severities["HIGH"] ?? 0),
      .first: .number(Int(first(rows).seconds)), .last: .number(Int(last(rows).seconds)),
    ]
  }

  private func standard(_ severities: [String: Int], _ rows: [ResultRow]) -> [Int] {
    [severities["CRITICAL"] ?? 0, severities["HIGH"] ?? 0, Int(last(rows).seconds)]
  }

  func images(_ query: Query) -> Page<ImageLine> {
    var lines: [Ranked<ImageLine>] = []
    for (image, all) in grouped(chosen(query), { $0.roles[.image] }) {
      // A row without repository is not one of the repository "".
      for (_, rows) in grouped(all, { $0.roles[.repository].map { "=" + $0 } ?? "-" }) {
        let repository = rows[0].roles[.repository] ?? ""
        let line = ImageLine(
          image: image.string, repository: repository, severities: severities(rows),
          readers: distinct(rows, .user), firstSeen: first(rows), lastSeen: last(rows))
        lines.append(
          Ranked(
            line: line,
            sorts: scanSorts(line.severities, rows).merging([
              .name: .text(image), .repository: .text(Text(repository)),
              .readers: .number(line.readers),
            ]) { $1 }, standard: standard(line.severities, rows),
            tie: [image, Text(repository), rows[0].roles[.repository] == nil ? "0" : "1"]))
      }
    }
    return page(lines, query)
  }

  func findings(_ query: Query) -> Page<FindingLine> {
    let lines = grouped(chosen(query)) { $0.finding.digits }.compactMap {
      id, rows -> Ranked<FindingLine>? in
      let sorted = newest(rows)
      let ranks = sorted.map { Int(SeverityRank.of($0.roles[.severity])) }
      guard let row = sorted.first, let worstRank = ranks.max(),
        let worst = ranks.firstIndex(of: worstRank)
      else { return nil }
      var line = FindingLine(
        id: row.finding, rule: row.rule, finding: row.roles[.finding],
        severity: sorted[worst].roles[.severity], package: row.roles[.package],
        version: row.roles[.version], repository: row.roles[.repository],
        images: distinct(rows, .image), readers: distinct(rows, .user),
        count: rows.map(\.count).reduce(0, +), firstSeen: first(rows), lastSeen: last(rows),
        marks: row.marks, newestRow: row.id)
      line.since = first(self.rows.filter { $0.finding == row.finding })
      let sorts: [SortColumn: Key] = [
        .name: Key(line.finding), .severity: .number(worstRank), .package: Key(line.package),
        .repository: Key(line.repository), .images: .number(line.images),
        .readers: .number(line.readers), .count: .number(line.count),
        .first: .number(Int(line.firstSeen.seconds)), .last: .number(Int(line.lastSeen.seconds)),
      ]
      return Ranked(
        line: line, sorts: sorts,
        standard: [Int(line.lastSeen.seconds), worstEver(of: row.finding)], tie: [id])
    }
    return page(lines, query)
  }

  private func worstEver(of finding: FindingID) -> Int {
    rows.filter { $0.finding == finding }
      .map { Int(SeverityRank.of($0.roles[.severity])) }.max() ?? -1
  }

  func users(_ query: Query) -> Page<UserLine> {
    let lines = grouped(chosen(query)) { $0.roles[.user] ?? "(no user)" }.map { name, rows in
      let user = name.string
      let to = query.range.to
      let line = UserLine(
        user: user, risk24h: risk(user, since: to - 86_400, to),
        risk7d: risk(user, since: to - 604_800, to),
        riskInRange: risk(user, since: query.range.from, to), rows: rows.count,
        lastSeen: last(rows))
      let sorts: [SortColumn: Key] = [
        .name: .text(name), .user: .text(name), .risk: .number(line.risk24h),
        .count: .number(line.rows), .last: .number(Int(line.lastSeen.seconds)),
      ]
      return Ranked(
        line: line, sorts: sorts, standard: [line.risk24h, Int(line.lastSeen.seconds)],
        tie: [name])
    }
    return page(lines, query)
  }

  func sources(_ query: Query) -> Page<SourceLine> {
    let lines = grouped(chosen(query)) { $0.roles[.source] }.map { name, rows in
      let line = SourceLine(
        source: name.string, users: distinct(rows, .user), rows: rows.count, lastSeen: last(rows))
      let sorts: [SortColumn: Key] = [
        .name: .text(name), .source: .text(name), .readers: .number(line.users),
        .count: .number(line.rows), .last: .number(Int(line.lastSeen.seconds)),
      ]
      return Ranked(line: line, sorts: sorts, standard: [Int(line.lastSeen.seconds)], tie: [name])
    }
    return page(lines, query)
  }

  func rows(_ query: Query) -> Page<RowLine> {
    let lines = chosen(query).map { row in
      let line = RowLine(
        id: row.id, rule: row.rule, roles: row.roles, count: row.count,
        firstSeen: row.firstSeen, lastSeen: row.lastSeen,
        risk: events.filter { $0.row == row.id }.map(\.score).reduce(0, +), marks: row.marks)
      let sorts: [SortColumn: Key] = [
        .name: Key(row.roles[.finding]), .package: Key(row.roles[.package]),
        .repository: Key(row.roles[.repository]), .images: Key(row.roles[.image]),
        .user: Key(row.roles[.user]), .source: Key(row.roles[.source]),
        .severity: .number(Int(SeverityRank.of(row.roles[.severity]))),
        .count: .number(row.count), .first: .number(Int(row.firstSeen.seconds)),
        .last: .number(Int(row.lastSeen.seconds)), .risk: .number(line.risk),
      ]
      return Ranked(
        line: line, sorts: sorts, standard: [Int(row.lastSeen.seconds)],
        tie: [Text(row.id.digits)])
    }
    return page(lines, query)
  }
}
