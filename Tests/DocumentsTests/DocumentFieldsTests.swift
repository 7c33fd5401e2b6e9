import Diagnostics
import Documents
import Testing

@Suite("Fields of a document")
struct DocumentFieldsTests {
  @Test func valuesAreReadByType() throws {
    let (fields, problems) = try read(
      "name: x\nversion: 11\nscore: 25.0\non: true\none: a\nlist: [a, b]\nmaps: [{k: v}]\nnone:\n")
    #expect(fields.requiredText("name") == "x")
    #expect(fields.whole("version") == 11)
    #expect(fields.whole("score") == 25)
    #expect(fields.truth("on") == true)
    #expect(fields.texts("one") == ["a"])
    #expect(fields.texts("list") == ["a", "b"])
    #expect(fields.mappings("maps", what: "a map").map { $0.text("k") } == ["v"])
    #expect(!fields.has("none"))
    #expect(fields.text("absent") == nil)
    #expect(problems.errors.isEmpty)
  }

  @Test func everythingThatDoesNotFitIsCollectedInTheOrderOfTheFile() throws {
    let (fields, problems) = try read("a: [1]\nb: x\nc: {d: 1}\ne: ''\nnaem: y\n")
    _ = fields.truth("b")
    _ = fields.text("a")
    _ = fields.texts("c")
    _ = fields.requiredText("e")
    _ = fields.requiredText("name")
    fields.warn(ofKeysNotIn: ["a", "b", "c", "e", "name"])
    #expect(
      Problems(problems.errors).diagnostics.map(\.message) == [
        "'name' is missing in a thing", "'a' is a list, expected text",
        "'b' is 'x', expected true or false", "'c' is a mapping, expected a list",
        "'e' is empty, expected text",
      ])
    #expect(problems.warnings.map(\.help) == ["did you mean 'name'?"])
  }

  private func read(_ text: String) throws -> (DocumentFields, DocumentProblems) {
    let problems = DocumentProblems()
    let root = try Document(text, name: "t.yml").root
    return (try #require(DocumentFields(root, what: "a thing", problems: problems)), problems)
  }
}
