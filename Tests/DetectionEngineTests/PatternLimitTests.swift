import DetectionEngine
import Events
import Testing

@Suite("Regular expressions at their limits")
struct PatternLimitTests {
  @Test func whatWasGivenUpIsCountedForTheRuleAndRemembered() throws {
    let floor = try Floor(
      Floor.rules([
        "`cloudtrail` | rex field=user_agent \"^(?<x>(a+)+)$\" | stats count by user_name",
        "`cloudtrail` | stats count by user_name",
      ]))
    var engine = floor.engine()
    for id in ["1", "2"] {
      var scan = Scan(eventID: id)
      scan.userAgent = String(repeating: "a", count: 60) + "!"
      try engine.apply(RowBatch([scan], rules: floor.rules), now: Scan.noon)
    }
    #expect(floor.rows.count == 2)
    let plans = floor.rules.rules.map(\.planHash)
    #expect(engine.counters[plans[0]]?.patternLimits == 2)
    #expect(engine.counters[plans[1]]?.patternLimits == 0)
    #expect(
      try RuleAccount.of(plans[0], in: floor.ledger)?.counters.notes
        == ["2 regular expressions given up"])
  }
}
