import Testing

@testable import Diagnostics

@Suite struct ProblemsTests {
  private func problem(_ code: String, at start: Int?) -> Diagnostic {
    Diagnostic(code: code, message: "m", span: start.map { SourceSpan($0..<$0 + 1) })
  }

  @Test func problemsAreInTheOrderOfTheirPlaces() {
    let problems = Problems([
      problem("c", at: 7), problem("b", at: 2), problem("d", at: 7), problem("a", at: nil),
    ])
    #expect(problems.diagnostics.map(\.code) == ["a", "b", "c", "d"])
    #expect(problems.omitted == 0)
  }

  @Test func onlyTheFirstTwentyAreKept() {
    let problems = Problems(
      (0..<23).reversed().map { (place: Int) in problem("p\(place)", at: place) })
    #expect(problems.diagnostics.map(\.code) == (0..<20).map { "p\($0)" })
    #expect(problems.omitted == 3)
    let text = problems.rendered(in: SourceText(name: "test", text: "abc"))
    #expect(text.hasSuffix("\n\nand 3 more problems\n"))
  }
}
