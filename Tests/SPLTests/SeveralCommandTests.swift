import Diagnostics
import Testing

@testable import SPL

/// Commands that stand for several others, and those that make columns of values.
@Suite struct SeveralCommandTests {
  private func text(_ text: String) throws -> String {
    try SearchCompiler.compile(.init(name: "test", text: text), macros: macros).canonicalText
  }

  @Test func returnIsRowsAndFields() throws {
    #expect(try text("* [search b | return 5 user]") == text("* [search b | head 5 | table user]"))
    #expect(
      try text("* [search b | return src=dest $user]")
        == text("* [search b | head 1 | eval src=dest, search=user | table src, search]"))
  }

  @Test func formatEndsASubsearchAndSaysNothing() throws {
    #expect(try text("* [search b | fields a | format]") == text("* [search b | fields a]"))
  }

  @Test func unionAndMultisearchAppend() throws {
    #expect(
      try text("| multisearch [search a=1] [search b=2]")
        == text("a=1 | append [search b=2] | sort 0 -_time"))
    #expect(
      try text("| union [search a=1 | stats count] [search b=2]")
        == text("a=1 | stats count | append [search b=2]"))
    #expect(
      try text("* | stats count | union [search b=2]")
        == text("* | stats count | append [search b=2]"))
  }

  @Test func whatStandsElsewhereIsRefused() {
    for (text, code) in [
      ("* | return user", "refused-command"), ("* | format", "refused-command"),
      ("* [search a | format | head 1]", "refused-command"),
      ("* | multisearch [search a] [search b]", "refused-command"),
      ("| union [search a]", "missing-argument"), ("* | timechart count", "missing-argument"),
      ("* | timechart span=1h limit=5 count by a", "invalid-choice"),
      ("* | chart count", "missing-argument"), ("* | xyseries a b", "missing-argument"),
      ("* | convert ctime(a*) as b", "wildcard-field"),
    ] {
      #expect(problems(text).map(\.code) == [code], "\(text)")
    }
  }
}
