import TestSupport
import Testing

@testable import Diagnostics

@Suite struct RenderingTests {
  /// A diagnostic at the first place of a text.
  private func diagnostic(
    at marked: String, in text: String, notes: [String] = [], help: String? = nil
  ) throws -> Diagnostic {
    let range = try #require(text.firstRange(of: marked))
    let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
    return Diagnostic(
      code: "some-code", message: "found '\(marked)', expected something else",
      span: SourceSpan(start..<start + marked.utf8.count), notes: notes, help: help)
  }

  private func rendered(_ text: String, at marked: String) throws -> String {
    try diagnostic(at: marked, in: text).rendered(in: SourceText(name: "test", text: text))
  }

  @Test func aDiagnosticShowsItsLine() throws {
    let text =
      Array(repeating: "a=1", count: 13).joined(separator: "\n") + "\n  | where matchs(x)\n"
    let found = try diagnostic(
      at: "matchs", in: text, notes: ["in macro `powershell`, expanded here"],
      help: "did you mean 'match'?")
    expectGolden(found.rendered(in: SourceText(name: "rules/a.yml", text: text)), "line.txt")
  }

  @Test func caretsCountCells() throws {
    expectGolden(try rendered("名前=\"検査\" | 検索 é\u{301} x", at: "検索"), "wide.txt")
  }

  @Test func tabsAreOneSpace() throws {
    expectGolden(try rendered("a=1\t|\tstat\tcount", at: "stat"), "tabs.txt")
  }

  @Test func hostileTextStaysText() throws {
    expectGolden(try rendered("a=\u{1B}[31m | \u{202E}stat", at: "stat"), "hostile.txt")
    let found = Diagnostic(
      code: "some-code", message: "found '\u{1B}c'", span: nil, notes: ["a\u{9B}b"], help: "\u{7}")
    let text = found.rendered(in: SourceText(name: "a\u{1B}b", text: ""))
    #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value < 0x7F || $0 == "\n" })
  }

  @Test func longLinesAreCutAroundTheSpan() throws {
    let words = (1...60).map { "field\($0)=value" }.joined(separator: " ")
    expectGolden(try rendered(words, at: "field30=value"), "long-middle.txt")
    expectGolden(try rendered(words, at: "field1=value"), "long-start.txt")
    expectGolden(try rendered(words, at: "field60=value"), "long-end.txt")
    expectGolden(try rendered("a " + words, at: words), "long-span.txt")
  }

  @Test func aSpanOverLinesIsMarkedToTheEndOfTheFirst() throws {
    expectGolden(
      try rendered("a=1 [search b\r\n | fields c]", at: "[search b\r\n | fields c]"), "lines.txt")
  }

  @Test func theEndOfTheTextIsAPlace() {
    let source = SourceText(name: "test", text: "a=1 |")
    let found = Diagnostic(code: "some-code", message: "nothing follows", span: SourceSpan(5..<5))
    expectGolden(found.rendered(in: source), "end.txt")
  }

  @Test func aProblemOfTheWholeTextHasNoLine() {
    let found = Diagnostic(
      code: "missing-key", message: "there is no key 'search'", span: nil, help: "add 'search: |-'")
    #expect(
      found.rendered(in: SourceText(name: "rules/a.yml", text: "name: x\n")) == """
        rules/a.yml: there is no key 'search' [missing-key]
          = help: add 'search: |-'

        """)
  }

  @Test func partsOfAFileAreShownInTheFile() throws {
    let file = "name: x\nsearch: |-\n    a=1\n      | stat count\n    | head\nid: 5\n"
    let text = "a=1\n  | stat count\n| head"
    let source = SourceText(name: "rules/a.yml", text: text, file: file, lineStarts: [23, 31, 50])
    let all = Problems([
      try diagnostic(at: "head", in: text), try diagnostic(at: "stat", in: text),
      try diagnostic(at: "a=1", in: text),
    ])
    expectGolden(all.rendered(in: source), "block.txt")
  }

  @Test func anySpanCanBeRendered() {
    let pieces = ["a", "\n", "\r\n", "\t", "é", "🙂", "e\u{301}", "検", "\u{0}", " "]
    for seed in 0..<300 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      var text = ""
      for _ in 0..<Int.random(in: 0...200, using: &random) {
        text += pieces.randomElement(using: &random) ?? ""
      }
      let source = SourceText(name: "test", text: text)
      let start = Int.random(in: -3...text.utf8.count + 3, using: &random)
      let span = SourceSpan(start..<start + Int.random(in: 0...20, using: &random))
      let lines = Diagnostic(code: "c", message: "m", span: span).rendered(in: source)
        .split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count == 5, "seed \(seed)")
      #expect(lines[3].contains("^"), "seed \(seed)")
    }
  }
}
