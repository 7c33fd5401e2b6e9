import Testing

@testable import Diagnostics

@Suite struct SuggestionTests {
  private let commands = ["search", "stats", "spath", "rename", "sort", "where", "eval"]

  @Test func aSlipOfAFingerIsFound() {
    let slips = [
      "stat": "stats", "stast": "stats", "STATS": "stats", "serach": "search", "sptah": "spath",
      "renam": "rename", "wheer": "where", "evl": "eval", "srot": "sort",
    ]
    for (slip, meant) in slips { #expect(nearest(to: slip, in: commands) == meant, "\(slip)") }
  }

  @Test func anotherWordIsNotGuessedAt() {
    for word in ["", "frobnicate", "x", "lookup", String(repeating: "s", count: 10_000)] {
      #expect(nearest(to: word, in: commands) == nil, "\(word.prefix(20))")
    }
  }

  @Test func ofEquallyNearWordsTheFirstIsTaken() {
    #expect(nearest(to: "cat", in: ["car", "bat"]) == "car")
  }

  @Test func distancesCountSwapsAsOne() {
    func distance(_ left: String, _ right: String) -> Int {
      editDistance(Array(left.unicodeScalars), Array(right.unicodeScalars))
    }
    #expect(distance("", "abc") == 3)
    #expect(distance("abc", "") == 3)
    #expect(distance("kitten", "sitting") == 3)
    #expect(distance("ab", "ba") == 1)
    #expect(distance("same", "same") == 0)
  }
}
