internal import Events
internal import Findings
internal import Foundation
internal import GRDB

/// Writes result rows, new or changed, with their references to records.
struct RowWriter {
  private let terms: Terms
  private let find: RawStatement
  private let insert: RawStatement
  private let update: RawStatement
  private let addBody: RawStatement
  private let replaceBody: RawStatement
  private let reopening: Reopening?
  private let changedAt: Timestamp

  /// In the order of `bind(_:to:)`; the id of a new row, the number of a known one comes last.
  private static let columns =
    [
      "rule", "rule_id", "window", "count", "first_seen", "last_seen", "finding_pk", "shape",
      "severity_rank",
    ] + PaneRole.allCases.map(\.rawValue) + ["description", "agent", "score", "risk_shape"]

  /// A row's number, whether it is new here, and whether its risk is in it.
  struct Written {
    var number: Int64
    var isNew: Bool
    var hasRisk: Bool
  }

  init(
    _ database: Database, _ terms: Terms, changedAt: Timestamp, _ cache: inout TermCache
  ) throws {
    self.changedAt = changedAt
    reopening = try Reopening.ifNeeded(database, &cache)
    self.terms = terms
    let names = RowWriter.columns
    find = try RawStatement(database, "SELECT pk FROM rows WHERE id = ?")
    insert = try RawStatement(
      database,
      """
      INSERT OR IGNORE INTO rows (\(names.joined(separator: ", ")), id)
      VALUES (\(names.map { _ in "?, " }.joined())?)
      """)
    update = try RawStatement(
      database,
      "UPDATE rows SET \(names.map { "\($0) = ?" }.joined(separator: ", ")) WHERE pk = ?")
    let bodies = "INTO bodies (row, body, records, risk_id, risk) VALUES (?, ?, ?, ?, ?)"
    addBody = try RawStatement(database, "INSERT \(bodies)")
    replaceBody = try RawStatement(database, "INSERT OR REPLACE \(bodies)")
  }

  /// Writes a row with its risk, where that can be in the row.
  func write(
    _ row: ResultRow, _ event: RiskEvent?, _ tallies: inout Tallies, _ cache: inout TermCache
  ) throws -> Written {
    var shape = try terms.shape(of: row, &cache)
    var body = try RowBody.encode(row, sample: shape.sample, terms, &cache)
    if body == nil {
      shape = try terms.shape(of: row, isNew: true, &cache)
      body = try RowBody.encode(row, sample: shape.sample, terms, &cache)
    }
    let roles = try RoleNumbers(row.roles, terms, &cache)
    let risk = try event.flatMap { try RowRisk($0, of: row, user: roles[.user], terms, &cache) }
    let (facts, isNewFinding) = try facts(of: row, roles, shape, risk?.score, &cache)
    let touched = try tallies.touch(facts, isNewFinding: isNewFinding)
    let texts = RowBody.texts(of: row, shape)
    let others = Others(
      ruleID: shape.ruleIDNumber, shape: shape.number, roles: roles,
      description: try texts.description.map { try terms.number($0, &cache) },
      agent: try texts.agent.map { try terms.number($0, &cache) }, riskShape: risk?.shape)
    bind(row, facts, others, to: insert)
    insert.bind(id: row.id.digits, at: CInt(RowWriter.columns.count + 1))
    try insert.run()
    let isNew = insert.hasChanged
    let number = isNew ? insert.insertedRow : try known(row)
    if isNew {
      tallies.add(facts, touched)
    } else {
      if let old = try tallies.read.facts(of: number), old != facts {
        let former = try tallies.touch(old, isNewFinding: false)
        tallies.replace(old, former, with: facts, touched)
      }
      bind(row, facts, others, to: update)
      update.bind(number, at: CInt(RowWriter.columns.count + 1))
      try update.run()
    }
    let putBody = isNew ? addBody : replaceBody
    putBody.bind(number, at: 1)
    putBody.bind(body ?? [], at: 2)
    putBody.bind(RecordNames.encode(row.records), at: 3)
    if let risk {
      putBody.bind(id: risk.id, at: 4)
      putBody.bind(risk.body, at: 5)
    } else {
      putBody.bind(nil as Int64?, at: 4)
      putBody.bind(nil as Int64?, at: 5)
    }
    try putBody.run()
    if let reopening, let image = facts.image {
      try reopening.look(at: facts.finding, in: image, at: changedAt)
    }
    return Written(number: number, isNew: isNew, hasRisk: risk != nil)
  }

  private func known(_ row: ResultRow) throws -> Int64 {
    find.bind(id: row.id.digits, at: 1)
    return try find.first { $0.number(0) } ?? 0
  }

  private func facts(
    of row: ResultRow, _ roles: RoleNumbers, _ shape: RowShape, _ score: Int64?,
    _ cache: inout TermCache
  ) throws -> (facts: RowFacts, isNewFinding: Bool) {
    let rank = terms.rank(of: row.roles[.severity], roles[.severity])
    let (finding, isNew) = try terms.finding(
      row, name: roles[.finding], repository: roles[.repository], rank: rank, &cache)
    let facts = RowFacts(
      finding: finding, rule: shape.ruleNumber, repository: roles[.repository],
      image: roles[.image], name: roles[.finding], severity: roles[.severity],
      user: roles[.user], source: roles[.source], first: row.firstSeen.seconds,
      last: row.lastSeen.seconds, rank: rank,
      score: score)
    return (facts, isNew)
  }

  /// Numbers that are stored and not counted by.
  private struct Others {
    var ruleID: Int64
    var shape: Int64
    var roles: RoleNumbers
    var description: Int64?
    var agent: Int64?
    var riskShape: Int64?
  }

  private func bind(
    _ row: ResultRow, _ facts: RowFacts, _ others: Others, to statement: RawStatement
  ) {
    statement.bind(facts.rule, at: 1)
    statement.bind(others.ruleID, at: 2)
    statement.bind(row.window.start.seconds, at: 3)
    statement.bind(Int64(row.count), at: 4)
    statement.bind(facts.first, at: 5)
    statement.bind(facts.last, at: 6)
    statement.bind(facts.finding, at: 7)
    statement.bind(others.shape, at: 8)
    statement.bind(facts.rank, at: 9)
    var place: CInt = 10
    for role in 0..<RoleNumbers.count {
      statement.bind(others.roles[role], at: place)
      place += 1
    }
    statement.bind(others.description, at: place)
    statement.bind(others.agent, at: place + 1)
    statement.bind(facts.score, at: place + 2)
    statement.bind(others.riskShape, at: place + 3)
  }
}

/// The numbers of a row's roles, in the order of `PaneRole.allCases`.
struct RoleNumbers {
  static let count = PaneRole.allCases.count
  /// 0 where the row has none.
  private var numbers = SIMD16<Int64>()

  init(_ roles: [PaneRole: String], _ terms: Terms, _ cache: inout TermCache) throws {
    for (role, name) in roles { numbers[role.place] = try terms.number(Text(name), &cache) }
  }

  subscript(role: PaneRole) -> Int64? { self[role.place] }
  subscript(place: Int) -> Int64? { numbers[place] == 0 ? nil : numbers[place] }
}

extension PaneRole {
  /// Its place in `allCases`.
  fileprivate var place: Int {
    switch self {
    case .repository: 0
    case .image: 1
    case .finding: 2
    case .severity: 3
    case .package: 4
    case .version: 5
    case .user: 6
    case .source: 7
    case .account: 8
    case .region: 9
    case .session: 10
    }
  }
}
