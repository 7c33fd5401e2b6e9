import DetectionEngine
import Detections
import Findings
import Testing

@Suite("Rule roster")
struct RuleRosterTests {
  @Test func builtInRulesRunAndHaveTheirCards() throws {
    let roster = RuleRoster(RuleLibrary())
    #expect(
      roster.running.rules.map(\.rule.name) == [
        "AWS ECR Blind Spot",
        "AWS ECR Container Scanning Findings Critical", "AWS ECR Container Scanning Findings High",
        "AWS ECR Enhanced Scanning Findings Critical", "AWS ECR Enhanced Scanning Findings High",
      ])
    #expect(roster.cards.allSatisfy { $0.problem == nil })
    let all = RuleRoster(RuleLibrary()) { _ in true }
    #expect(all.running.rules.count == all.cards.count)
    #expect(all.cards.allSatisfy { $0.problem == nil })
    let card = try #require(
      roster.cards.first { $0.name == "AWS ECR Container Scanning Findings High" })
    #expect(card.type == "TTP")
    #expect(card.techniques == ["T1204.003"])
    #expect(card.drilldowns.first == "View the detection results for - \"$user$\"")
    #expect(card.search.hasPrefix("`cloudtrail` eventSource=ecr.amazonaws.com"))
    #expect(card.problem == nil)
  }

  @Test func aTableIsWrittenByOneRule() throws {
    func file(_ name: String) -> TextFile {
      let search = "a=b | stats count by c | outputlookup seen.csv"
      return TextFile(
        path: "\(name).yml", text: "name: \(name)\nid: \(name)\ntype: TTP\nsearch: '\(search)'\n")
    }
    let roster = RuleRoster(RuleLibrary(rules: [file("one"), file("two")], macros: []))
    #expect(roster.running.rules.map(\.rule.name) == ["one"])
    #expect(
      roster.cards.map(\.reason)
        == [nil, "it writes the lookup table 'seen', as the rule 'one' does"])
  }

  @Test func aRuleThatDoesNotRunSaysWhyUnlessItIsJustOff() throws {
    func file(_ name: String, _ search: String) -> TextFile {
      TextFile(
        path: "\(name).yml", text: "name: \(name)\nid: \(name)\ntype: TTP\nsearch: '\(search)'\n")
    }
    var library = RuleLibrary(rules: [], macros: [])
    library.add([
      file("broken", "a=b | stats"), file("compares", "index=notable | stats count"),
      file("off", "a=b"), TextFile(path: "off.roles.yml", text: "enabled: false\n"),
      file("on", "a=b"),
    ])
    let roster = RuleRoster(library)
    #expect(roster.running.rules.map(\.rule.name) == ["on"])
    #expect(roster.cards.map(\.name) == ["broken", "compares", "off", "on"])
    #expect(roster.cards.map { $0.problem == nil } == [false, false, true, true])
    #expect(roster.cards.map(\.isOn) == [false, true, false, true])
    #expect(roster.cards[0].problem?.hasPrefix("broken.yml: line 4, column 21") == true)
    #expect(roster.cards[1].problem?.contains("[not-over-records]") == true)
    let all = RuleRoster(library) { _ in true }
    #expect(all.running.rules.map(\.rule.name) == ["off", "on"])
    #expect(all.cards.allSatisfy { $0.isOn })
  }
}
