import DetectionEngine
import Testing

@Suite("Explanations of rules")
struct RuleExplanationTests {
  private func part(_ name: String, of search: String) throws -> [String] {
    let rule = try Floor.rules(["`cloudtrail` | \(search)"])[0]
    return try RuleExplanation(rule).parts.first { $0.name == name }?.lines ?? []
  }

  @Test func aSearchIsCutWhereEventsBecomeState() throws {
    let groups = "where x=1 | stats count by a | eventstats max(count) as top"
    #expect(try part("per event", of: groups).count == 2)
    #expect(
      try part("state", of: groups) == ["stats count by a", "kept by rule, hourly window and a"])
    #expect(try part("rows", of: groups) == ["eventstats max(count) as top"])
    let events = "dedup a | stats count by a"
    #expect(try part("per event", of: events).count == 1)
    #expect(try part("state", of: events) == ["each event, kept by rule and hourly window"])
    #expect(try part("rows", of: events) == ["dedup a", "stats count by a"])
    #expect(try part("state", of: "table a") == ["a row for each event, named after its record"])
  }

  @Test func whenRowsAreShownIsSaid() throws {
    #expect(try part("shown", of: "stats count by a") == ["as soon as it qualifies"])
    #expect(
      try part("shown", of: "stats count by a | sort - count")
        == ["as soon as it qualifies; the window's rows are made together"])
    #expect(
      try part("shown", of: "stats count by a | head 1")
        == ["when the window has closed: until then a row may stop qualifying"])
  }
}
