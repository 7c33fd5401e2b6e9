import Diagnostics
import TestSupport
import Testing

@testable import Documents

/// What a user reads of a file that is no document: one golden file a code.
@Suite struct DocumentProblemWording {
  private static let texts: [(code: String, text: String)] = [
    ("duplicate-key", "name: one\ntype: TTP\nname: two\n"),
    ("yaml-alias", "first: &a text\nsecond: *a\n"),
    ("yaml-anchor", "first: &a text\n"),
    ("yaml-empty", "# nothing but a remark\n"),
    ("yaml-syntax", "name: \"no end\nsearch: x\n"),
    ("yaml-tag", "name: !!binary aGk=\n"),
    ("yaml-too-deep", String(repeating: "[", count: 40) + String(repeating: "]", count: 40) + "\n"),
    ("yaml-too-large", String(repeating: "# padding\n", count: 27_000)),
  ]

  @Test func everyProblemIsSaidWithItsPlaceAndWhatMendsIt() throws {
    for (code, text) in Self.texts {
      let problems = try #require(
        throws: Problems.self, "\(code)", performing: { _ = try Document(text, name: "rule.yml") })
      #expect(problems.diagnostics.map(\.code).contains(code))
      expectGolden(
        problems.rendered(in: SourceText(name: "rule.yml", text: text)), "\(code).txt",
        folder: "Problems")
    }
  }
}
