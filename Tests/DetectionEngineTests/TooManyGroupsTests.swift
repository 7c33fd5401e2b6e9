import Events
import Findings
import TestSupport
import Testing

@testable import DetectionEngine

/// A rule whose keys explode.
@Suite("Too many groups in a window")
struct TooManyGroupsTests {
  private var limits: Engine.Limits {
    var limits = Engine.Limits()
    limits.groupsOfWindow = 8
    limits.cachedGroups = 4
    return limits
  }

  private func scans(_ users: Int) -> [Scan] {
    (0..<users).flatMap { user in
      [Scan(eventID: "a\(user)", user: "u\(user)"), Scan(eventID: "b\(user)", user: "u\(user)")]
    }
  }

  @Test func aWindowAtItsLimitIsComplete() throws {
    let floor = try Floor(Floor.rules(["`cloudtrail` | stats count by user_name"]))
    var engine = floor.engine(limits)
    try engine.apply(RowBatch(scans(8), rules: floor.rules), now: Scan.noon)
    #expect(floor.rows.count == 8)
    #expect(floor.rows.allSatisfy { $0.marks.isEmpty })
    #expect(engine.counters.values.allSatisfy { !$0.isApproximate })
  }

  @Test func beyondItsLimitAPartOfTheGroupsIsFollowedAndMarked() throws {
    for search in [
      "`cloudtrail` | stats count by user_name",
      "`cloudtrail` | stats count by user_name | eventstats sum(count) as all",
    ] {
      let floor = try Floor(Floor.rules([search]))
      var engine = floor.engine(limits)
      for scan in scans(40) {
        try engine.apply(RowBatch([scan], rules: floor.rules), now: Scan.noon)
      }
      try floor.settle(&engine, now: Scan.noon)
      #expect((1...8).contains(floor.rows.count), "\(search)")
      #expect(floor.rows.allSatisfy { $0.marks == [WindowSize.mark] }, "\(search)")
      #expect(floor.rows.allSatisfy { $0.count == 2 }, "what is followed is complete: \(search)")
      let counters = try #require(engine.counters.values.first)
      #expect(counters.rows == floor.rows.count)
      #expect(counters.cappedWindows == 1 && counters.leftOut > 0 && counters.isApproximate)
      #expect(
        floor.ledger.contents.riskEvents.count == floor.rows.count, "risk goes with its row")
      let plan = try #require(floor.rules.rules.first).planHash
      let account = try #require(try RuleAccount.of(plan, in: floor.ledger))
      #expect(account.counters == counters, "limits are remembered")
      #expect(counters.notes.first == "1 hour with too many groups")
    }
  }

  @Test func otherWindowsStayComplete() throws {
    let floor = try Floor(Floor.rules(["`cloudtrail` | stats count by user_name"]))
    var engine = floor.engine(limits)
    try engine.apply(RowBatch(scans(40), rules: floor.rules), now: Scan.noon)
    let other = Scan(eventID: "x", time: Scan.noon + 7200, user: "other")
    try engine.apply(RowBatch([other], rules: floor.rules), now: Scan.noon + 7200)
    #expect(
      floor.rows.filter { $0.marks.isEmpty }.map(\.window) == [Window(containing: Scan.noon + 7200)]
    )
  }

  @Test func whichGroupsAreFollowedDoesNotDependOnTheOrder() throws {
    let rules = try Floor.rules([
      "`cloudtrail` | stats count by user_name",
      "`cloudtrail` | table user_name", "`cloudtrail` | stats count by user_name | search count<3",
    ])
    for seed in UInt64(0)..<8 {
      var random = SplitMix64(seed: seed)
      let scans = scans(Int.random(in: 5...30, using: &random))
      let whole = try Floor(rules)
      var engine = whole.engine(limits)
      try engine.apply(RowBatch(scans, rules: whole.rules), now: Scan.noon)
      try whole.settle(&engine, now: Scan.noon + 86_400)
      let parts = try Floor(rules)
      engine = parts.engine(limits)
      var rest = (scans + scans).shuffled(using: &random)[...]
      while !rest.isEmpty {
        let size = Int.random(in: 1...7, using: &random)
        try engine.apply(RowBatch(rest.prefix(size), rules: parts.rules), now: Scan.noon)
        rest = rest.dropFirst(size)
        if Int.random(in: 0..<4, using: &random) == 0 { engine = parts.engine(limits) }
      }
      try parts.settle(&engine, now: Scan.noon + 86_400)
      #expect(parts.ledger.contents.rows == whole.ledger.contents.rows, "seed \(seed)")
      #expect(parts.ledger.contents.riskEvents == whole.ledger.contents.riskEvents, "seed \(seed)")
    }
  }
}
