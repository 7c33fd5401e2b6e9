import Events
import SPL
import TestSupport
import Testing

@testable import Streaming

@Suite struct Patterns {
  @Test func agreeWithANaiveMatch() {
    var random = SplitMix64(seed: 7)
    func word(_ letters: [Character], _ limit: Int) -> String {
      String(
        (0..<Int.random(in: 0...limit, using: &random)).compactMap { _ in
          letters.randomElement(using: &random)
        })
    }
    var matched = 0
    for round in 0..<20_000 {
      let pattern = word(["a", "B", "*", "é"], 6)
      let text = word(["A", "b", "é", "*"], 7)
      let folded = FoldedPattern(Pattern(wildcards: pattern))
      let expected = naive(lower(pattern)[...], lower(text)[...])
      matched += expected ? 1 : 0
      #expect(folded.matches(Text(text)) == expected, "round \(round): \(pattern) on \(text)")
      let inside = naive(lower("*\(pattern)*")[...], lower(text)[...])
      #expect(folded.occurs(in: Text(text)) == inside, "round \(round): \(pattern) in \(text)")
    }
    #expect(matched > 500)
  }

  @Test func takeStarsOfALiteralAsTheyAre() {
    let literal = FoldedPattern(Pattern(literal: "a*"))
    #expect(literal.matches("A*"))
    #expect(!literal.matches("ab"))
  }

  private func lower(_ text: String) -> [UInt8] {
    text.utf8.map { $0 >= 0x41 && $0 <= 0x5a ? $0 + 32 : $0 }
  }

  private func naive(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    if first == UInt8(ascii: "*") {
      return naive(pattern.dropFirst(), text) || (!text.isEmpty && naive(pattern, text.dropFirst()))
    }
    return text.first == first && naive(pattern.dropFirst(), text.dropFirst())
  }
}
