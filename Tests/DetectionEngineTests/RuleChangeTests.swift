import DetectionEngine
import Detections
import Events
import Findings
import Testing

@Suite("Rules that change")
struct RuleChangeTests {
  private func rule(_ by: String) throws -> Rule {
    try Floor.rule(
      """
      name: Readers
      id: readers
      type: Anomaly
      search: '`cloudtrail` | stats count by \(by)'
      rba: {message: m, risk_objects: [{field: user_name, type: user, score: 7}]}
      """)
  }

  @Test func theFirstRulesOfAStateHaveSeenEverything() throws {
    let floor = try Floor([rule("user_name")])
    let engine = try floor.apply([[Scan()]])
    #expect(engine.accounts.values.map(\.since) == [nil])
  }

  @Test func countersGoOnInTheNextRun() throws {
    let floor = try Floor([rule("user_name")])
    let scans = [Scan(eventID: "1"), Scan(eventID: "1"), Scan(eventID: "2", user: nil)]
    for scan in scans { try floor.apply([[scan]]) }
    let plan = try #require(floor.rules.rules.first).planHash
    let counters = try #require(try RuleAccount.of(plan, in: floor.ledger)).counters
    #expect(counters.rows == 1)
    #expect(counters.records == 2)
    #expect(counters.duplicates == 1)
    #expect(counters.dropped == ["user_name": 1])
    let engine = try floor.apply([[Scan(eventID: "3")]])
    #expect(engine.counters[plan]?.records == 1)
    #expect(engine.accounts[plan]?.counters.records == 3)
  }

  @Test func anEditedRuleSaysSinceWhenItRuns() throws {
    let before = try Floor([rule("user_name")])
    let after = try Floor([rule("user_name dest")])
    var engine = before.engine()
    try engine.apply(RowBatch([Scan(eventID: "1")], rules: before.rules), now: Scan.noon)
    engine.use(after.rules)
    let later = Scan.noon + 60
    try engine.apply(RowBatch([Scan(eventID: "2")], rules: after.rules), now: later)
    #expect(engine.accounts.values.map(\.since) == [later])
    #expect(before.rows.map(\.count) == [1, 1])
  }

  @Test func aRuleThatIsOffAndOnAgainSaysSinceWhenItRuns() throws {
    let floor = try Floor([rule("user_name")])
    var engine = floor.engine()
    try engine.apply(RowBatch([Scan(eventID: "1")], rules: floor.rules), now: Scan.noon)
    engine.use(RuleSet([]))
    try engine.apply(RowBatch(), now: Scan.noon + 60)
    engine.use(floor.rules)
    try engine.apply(RowBatch([Scan(eventID: "2")], rules: floor.rules), now: Scan.noon + 120)
    #expect(engine.accounts.values.map(\.since) == [Scan.noon + 120])
    #expect(floor.rows.map(\.count) == [2])
  }

  @Test func readingAgainCountsWhatWasMissedAndNothingTwice() throws {
    let before = try Floor([rule("dest")])
    let after = try Floor([rule("user_name")])
    let old = [Scan(eventID: "1"), Scan(eventID: "2")]
    var engine = before.engine()
    try engine.apply(RowBatch(old, rules: before.rules), now: Scan.noon)
    engine.use(after.rules)
    let new = Scan(eventID: "3")
    try engine.apply(RowBatch([new], rules: after.rules), now: Scan.noon + 60)
    let plan = try #require(after.rules.rules.first).planHash
    #expect(engine.accounts[plan]?.since == Scan.noon + 60)
    try engine.apply(RowBatch(old + [new], rules: after.rules), now: Scan.noon + 120)
    try engine.noteBackfill(of: plan, now: Scan.noon + 120)
    #expect(engine.accounts[plan]?.since == nil)
    #expect(engine.accounts[plan]?.counters.records == 3)
    #expect(engine.accounts[plan]?.counters.duplicates == 1)
    let rows = before.ledger.contents.rows.values.filter { $0.columns.contains("user_name") }
    #expect(rows.map(\.count) == [3])
    #expect(before.risk(of: "test") == 7)
    #expect(try RuleAccount.of(plan, in: before.ledger)?.since == nil)
    #expect(try engine.noteBackfill(of: "no such plan", now: Scan.noon) == nil)
  }
}
