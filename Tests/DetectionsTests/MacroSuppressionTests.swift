import SPL
import Testing

@testable import Detections

/// Suppressions in a `macros.yml`: read, written, and part of filter macros for a while.
@Suite struct MacroSuppressionTests {
  private let one = MacroSuppression(
    macro: "aws_ecr_container_scanning_findings_high_filter",
    search: #"finding_name="CVE-1" repository="web/*""#, rule: "High",
    term: "finding=CVE-1 repository=web/*", reason: "says \"no\": \\ # é\u{202E}\n- name: x",
    author: "carol", at: "2026-03-04T14:02:31", expires: "2026-04-03T14:02:31")

  @Test func whatIsWrittenIsReadAgain() {
    var other = one
    other.expires = nil
    other.reason = "{a: [b]}"
    let text = SuppressionBlock.replaced(in: "", by: [one, other])
    let file = MacroFile(text, name: "macros.yml")
    #expect(file.errors == [])
    #expect(file.warnings == [])
    #expect(file.suppressions == [one, other])
  }

  @Test func theUsersOwnPartIsNeverTouched() {
    let own = "# mine\n- name: cloudtrail\n  definition: sourcetype=mine # so there\n"
    let added = SuppressionBlock.replaced(in: own, by: [one])
    #expect(added.hasPrefix(own))
    #expect(MacroFile(added, name: "m").macros.map(\.name) == ["cloudtrail"])
    let twice = SuppressionBlock.replaced(in: added, by: [one, one])
    #expect(twice.hasPrefix(own))
    #expect(MacroFile(twice, name: "m").suppressions.count == 2)
    #expect(SuppressionBlock.replaced(in: twice, by: []) == own)
    #expect(SuppressionBlock.replaced(in: "- name: a", by: [one]).hasPrefix("- name: a\n#"))
  }

  private func definition(_ library: RuleLibrary) -> String? {
    library.macros.macro(named: one.macro, arity: 0)?.definition
  }

  @Test func aMacroHasTheTermUntilItExpires() {
    let text = SuppressionBlock.replaced(in: "", by: [one])
    let file = TextFile(path: "macros.yml", text: text)
    let hidden = #"search * | search NOT (finding_name="CVE-1" repository="web/*")"#
    #expect(
      definition(RuleLibrary(userMacros: file, suppressesAt: "2026-04-03T14:02:30")) == hidden)
    let over = RuleLibrary(userMacros: file, suppressesAt: "2026-04-03T14:02:31")
    #expect(definition(over) == "search *")
    #expect(over.suppressions.isEmpty)
    // A rule that is followed keeps the search of its file.
    #expect(definition(RuleLibrary(userMacros: file)) == "search *")
  }

  @Test func aTermThatCannotBeReadIsAProblemOfItsRule() {
    var broken = one
    broken.search = "finding_name=("
    let text = SuppressionBlock.replaced(in: "", by: [broken])
    let library = RuleLibrary(
      userMacros: TextFile(path: "macros.yml", text: text), suppressesAt: "2026-03-05T00:00:00")
    let rule = library.rule(named: "aws_ecr_container_scanning_findings_high")
    #expect(rule?.rule == nil)
    #expect(rule?.problems.isEmpty == false)
  }
}
