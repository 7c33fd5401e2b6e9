import Events
import Findings
import GRDB
import TestSupport
import Testing

@testable import Storage

/// Counts that are kept with the rows are what counting all rows anew comes to.
@Suite struct TallyTests {
  /// Every line of the tallies, and what findings say of their rows.
  private static func lines(_ database: Database) throws -> [String] {
    let tallies = try Row.fetchAll(
      database, sql: "SELECT * FROM tallies ORDER BY kind, hour, key, other")
    let findings = try Row.fetchAll(
      database, sql: "SELECT pk, first_seen, last_seen, rank FROM findings ORDER BY pk")
    return (tallies + findings).map { "\($0)" }
  }

  private func expectRecount(_ store: Store, _ what: String) throws {
    let (kept, counted) = try store.pool.write { database in
      let kept = try Self.lines(database)
      try Recount.run(database)
      return (kept, try Self.lines(database))
    }
    let wrong = Set(kept).symmetricDifference(counted)
    #expect(wrong.isEmpty, "\(what): \(wrong.sorted().prefix(6))")
    #expect(!counted.isEmpty)
  }

  /// Rows that are new, later, of another hour, user, image or severity, withdrawn and back again.
  @Test func theyEqualARecountAfterWhateverHappensToRows() throws {
    for seed in UInt64(1)...6 {
      let store = try Store.temporary()
      var sample = SampleRows(seed: seed &* 101)
      var there: [ResultRow] = []
      for round in 0..<12 {
        var changes = Changes()
        changes.changedAt = Timestamp(seconds: Int64(round))
        changes.rows = sample.rows(Int.random(in: 0..<40, using: &sample.random))
        for index in there.indices.shuffled(using: &sample.random).prefix(15) {
          changes.rows.append(Self.changed(there[index], &sample))
        }
        changes.withdrawn = there.shuffled(using: &sample.random).prefix(4).map(\.id)
        changes.riskEvents = sample.riskEvents(of: changes.rows)
        // Risk that comes after its row, and risk that a row has no more.
        if let late = changes.riskEvents.last, round > 0 {
          changes.riskEvents.removeAll { $0.row == late.row }
        }
        try store.commit(changes)
        let gone = Set(changes.withdrawn).union(changes.rows.map(\.id))
        there.removeAll { gone.contains($0.id) }
        there += changes.rows
        try expectRecount(store, "seed \(seed), round \(round)")
        try Self.upkeep(store, round, there, &sample)
        try expectRecount(store, "seed \(seed), round \(round), upkeep")
      }
      while try store.retire(before: Timestamp(seconds: 8), rows: 7) {}
      try expectRecount(store, "seed \(seed), retired")
    }
  }

  private static func changed(_ row: ResultRow, _ sample: inout SampleRows) -> ResultRow {
    var row = row
    switch Int.random(in: 0..<6, using: &sample.random) {
    case 0: row.lastSeen = row.lastSeen + 40
    case 1: row.lastSeen = row.lastSeen - 5_000
    case 2: row.roles = sample.rows(1)[0].roles
    case 3: row.firstSeen = row.firstSeen - 90
    case 4: row.lastSeen = row.lastSeen + 7_200
    default: row.count += 1
    }
    return row
  }

  /// Triage, a suppression, and a little of retention.
  private static func upkeep(
    _ store: Store, _ round: Int, _ rows: [ResultRow], _ sample: inout SampleRows
  ) throws {
    switch round % 3 {
    case 0:
      guard let row = rows.randomElement(using: &sample.random) else { return }
      _ = try store.apply([
        TriageMove(
          findings: [row.finding], change: TriageChange(status: .closed), by: "ann",
          at: SampleRows.asOf)
      ])
    case 1:
      _ = try store.suppress(
        Suppression(
          rule: nil, term: "user=test", filter: .matches(.user, pattern: "test"), reason: "",
          author: "ann", at: SampleRows.asOf, expires: nil))
    default: _ = try store.retire(before: Timestamp(seconds: Int64(round - 6)), rows: 5)
    }
  }

  /// The answers come from the tallies, whether something is later than the range or nothing is.
  @Test func theFirstViewIsWhatPlainLoopsFind() throws {
    for seed in UInt64(31)...36 {
      for later in [Int64(10_000), 0, -100, -40_000] {
        try expectFirstView(seed: seed, to: SampleRows.asOf + later)
      }
    }
  }

  private func expectFirstView(seed: UInt64, to: Timestamp) throws {
    let (store, model) = try LibraryTests.filled(seed: seed, rows: 50)
    let starts: [Timestamp?] = [
      nil, to - 86_400, to - 604_800, to - 9_000, to - 7_200,
      Timestamp(seconds: to.seconds / 3_600 * 3_600 - 3_600),
    ]
    for start in starts {
      for limit in [200, 3] {
        let query = Query(range: TimeRange(from: start, to: to), offset: limit % 2, limit: limit)
        #expect(try store.pool.read { try Tallied($0, query) } != nil)
        let pairs: [(Request, Answer)] = [
          (.overview(query), .overview(model.overview(query))),
          (.repositories(query), .repositories(model.repositories(query))),
          (.users(query), .users(model.users(query))),
          (.findings(query), .findings(model.findings(query))),
          (.images(query), .images(model.images(query))),
          (.sources(query), .sources(model.sources(query))),
        ]
        for (request, expected) in pairs {
          let found = try store.answer(request)
          #expect(found == expected, "seed \(seed), to \(to), \(request)")
        }
      }
    }
  }

  /// Ranges within an hour, of which the tallies know nothing, and ranges that come from them.
  @Test func riskByTacticIsThatOfTheEvents() throws {
    let store = try Store.temporary()
    var sample = SampleRows(seed: 91)
    var changes = Changes()
    changes.rows = sample.rows(80)
    changes.riskEvents = sample.riskEvents(of: changes.rows).map { event in
      var event = event
      let isHigh = event.rule == "ECR High"
      event.fields["annotations.mitre_attack.mitre_tactic"] = isHigh ? "Execution" : "Impact"
      event.fields["annotations.mitre_attack.mitre_tactic_id"] = isHigh ? "TA0002" : "TA0040"
      event.fields["annotations.mitre_attack.mitre_technique_id"] = isHigh ? "T1204" : "T1485"
      return event
    }
    try store.commit(changes)
    let newest = try #require(changes.riskEvents.map(\.time).max())
    for to in [newest, newest - 3_000, SampleRows.asOf - 86_400] {
      for from in [nil, to - 604_800, to - 90_000, to - 10] {
        let range = TimeRange(from: from, to: to)
        let expected = [
          ("Execution", "TA0002", "T1204", true), ("Impact", "TA0040", "T1485", false),
        ].compactMap { tactic, id, technique, isHigh -> AttackLine? in
          let events = changes.riskEvents.filter { event in
            (event.rule == "ECR High") == isHigh && event.time <= to
              && event.time >= from ?? event.time
          }
          guard !events.isEmpty else { return nil }
          // Of several rules the largest number of objects is what is certain.
          let byRule = Dictionary(grouping: events) { $0.rule }
          let objects = byRule.values.map { events in Set(events.map { Text($0.object) }).count }
          return AttackLine(
            tacticID: id, tactic: tactic, techniqueID: technique, technique: technique,
            events: events.count, objects: objects.max() ?? 0,
            risk: events.reduce(0) { $0 + $1.score })
        }
        #expect(try store.answer(.attack(range)) == .attack(expected), "\(range)")
      }
    }
  }

  @Test func ruleTotalsAreThoseOfTheRows() throws {
    let (store, model) = try LibraryTests.filled(seed: 41)
    var expected: [String: Store.RuleTotals] = [:]
    for row in model.rows { expected[row.rule, default: Store.RuleTotals()].rows += 1 }
    for event in model.events { expected[event.rule]?.risk += event.score }
    #expect(try store.ruleTotals() == expected)
  }

  @Test func aTimelineOfTalliesIsThatOfRows() throws {
    for seed in UInt64(51)...54 {
      let (store, _) = try LibraryTests.filled(seed: seed)
      let to = SampleRows.asOf + 10_000
      for days in [Int64(1), 7, 30, 100] {
        let plain = Query(range: TimeRange(from: to - days * 86_400 + 17, to: to))
        var counted = plain
        counted.filter = .or([.everything])
        #expect(try store.answer(.timeline(plain)) == store.answer(.timeline(counted)))
      }
      let all = Query(range: TimeRange(from: nil, to: to))
      var counted = all
      counted.filter = .or([.everything])
      #expect(try store.answer(.timeline(all)) == store.answer(.timeline(counted)))
    }
  }
}
