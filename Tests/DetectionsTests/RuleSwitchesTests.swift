import Detections
import Testing

@Suite("Rule switches")
struct RuleSwitchesTests {
  private func rule(_ name: String) throws -> Rule {
    try #require(RuleLibrary().rule(named: name)?.rule)
  }

  @Test func theSidecarDecidesUntilSomebodySwitches() throws {
    let high = try rule("aws_ecr_container_scanning_findings_high")
    let medium = try rule("aws_ecr_container_scanning_findings_medium")
    var switches = RuleSwitches.none
    #expect(switches.isOn(high))
    #expect(!switches.isOn(medium))
    switches.turn(high, on: false)
    switches.turn(medium, on: true)
    #expect(!switches.isOn(high))
    #expect(switches.isOn(medium))
  }

  @Test func theFileSaysWhichRuleAnIDIsAndReadsBack() throws {
    let high = try rule("aws_ecr_container_scanning_findings_high")
    var switches = RuleSwitches.none
    #expect(switches.text { _ in nil } == "rules: {}\n")
    switches.turn(high, on: false)
    let text = switches.text { _ in "A\nname" }
    #expect(text == "rules:\n  \"\(high.detection.id)\": off  # Aname\n")
    #expect(try RuleSwitches(text, name: "rules.yml") == switches)
    #expect(try RuleSwitches("rules: {}\n", name: "rules.yml") == .none)
  }

  @Test func whatIsNoSwitchIsRefused() {
    #expect(throws: (any Error).self) {
      try RuleSwitches("rules:\n  a: maybe\n", name: "rules.yml")
    }
  }
}
