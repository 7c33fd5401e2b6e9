import Diagnostics
import Documents
import Testing

@Suite("Document")
struct DocumentTests {
  @Test func aTreeKeepsOrderAndTexts() throws {
    let root = try Document("b: 1\na: [x, 'y']\nc: {d: ~}\n", name: "t.yml").root
    guard case .mapping(let entries) = root.content else {
      Issue.record("no mapping")
      return
    }
    #expect(entries.map(\.key) == ["b", "a", "c"])
    #expect(root[key: "b"]?.scalar?.text == "1")
    guard case .sequence(let items) = root[key: "a"]?.content else {
      Issue.record("no list")
      return
    }
    #expect(items.map { $0.scalar?.text } == ["x", "y"])
    #expect(items.map { $0.scalar?.style } == [.plain, .quoted])
    #expect(root[key: "c"]?[key: "d"]?.scalar?.isNull == true)
  }

  @Test func spansAreOffsetsOfBytes() throws {
    let text = "größe: \"zwölf\"\nname: plain text\n"
    let root = try Document(text, name: "t.yml").root
    #expect(root[key: "größe"].map { part($0.span, of: text) } == "\"zwölf\"")
    #expect(root[key: "name"].map { part($0.span, of: text) } == "plain text")
    guard case .mapping(let entries) = root.content else { return }
    #expect(entries.map { part($0.keySpan, of: text) } == ["größe", "name"])
  }

  @Test func everyLineOfABlockLeadsBackToTheFile() throws {
    let text = """
      name: é
      search: |-
          `cloudtrail` a=b
            | stats count

              BY x
          | head 1
      next: 1
      """
    let document = try Document(text, name: "t.yml")
    let node = try #require(document.root[key: "search"])
    let scalar = try #require(node.scalar)
    let source = document.sourceText(of: scalar, at: node)
    #expect(source.name == "t.yml")
    #expect(source.file == text)
    let lines = source.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 5)
    for (line, start) in zip(lines, source.lineStarts) {
      #expect(part(SourceSpan(start..<start + line.utf8.count), of: text) == line)
    }
    #expect(document.lineNumber(at: source.lineStarts[3]) == 6)
  }

  @Test func aBlockOfAFileWithReturnsLeadsBackToo() throws {
    let text = "search: |\r\n  one\r\n  two\r\nz: 1\r\n"
    let document = try Document(text, name: "t.yml")
    let scalar = try #require(document.root[key: "search"]?.scalar)
    #expect(scalar.text == "one\ntwo\n")
    let starts = try #require(scalar.lineStarts)
    #expect(part(SourceSpan(starts[1]..<starts[1] + 3), of: text) == "two")
  }

  @Test func aQuotedLineLeadsBackAndAFoldedOneStandsAlone() throws {
    let text = "a: '| search user=x'\nb: >-\n  one\n  two\nc: 'it''s'\nd: plain\n  goes on\n"
    let document = try Document(text, name: "t.yml")
    let quoted = try #require(document.root[key: "a"])
    let source = document.sourceText(of: try #require(quoted.scalar), at: quoted)
    #expect(source.lineStarts == [4])
    for key in ["b", "c", "d"] {
      let node = try #require(document.root[key: key])
      let alone = document.sourceText(of: try #require(node.scalar), at: node)
      #expect(alone.file == alone.text, "\(key)")
      #expect(alone.name.hasPrefix("t.yml (text at line "), "\(key)")
    }
  }

  private func part(_ span: SourceSpan, of text: String) -> String {
    String(decoding: Array(text.utf8)[span.lowerBound..<span.upperBound], as: UTF8.self)
  }
}
