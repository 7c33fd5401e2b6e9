import Diagnostics
import TestSupport
import Testing

@testable import SPL

@Suite struct TokenTests {
  @Test func aValueIsALiteralWhateverItHolds() throws {
    for value in [
      "test", "", "*", "a\" OR user=\"*", "x | stats count", "$user$", #"\"#, "`m`", "OR", "a,b)",
      "[search *]", "é\u{0}🙂",
    ] {
      let expected = Predicate.compare("user", .equal, Pattern(literal: value))
      for text in ["user=$user$", "user = \"$user$\"", "user=$user|s$"] {
        #expect(
          try predicate(text, tokens: .values(["user": value])) == expected, "\(text) \(value)")
      }
      #expect(
        try predicate("NOT $user$", tokens: .values(["user": value]))
          == .not(.term(Pattern(literal: value))), "\(value)")
      #expect(
        try predicate("a IN ($user$, b)", tokens: .values(["user": value]))
          == .within("a", [Pattern(literal: value), Pattern(literal: "b")]), "\(value)")
    }
  }

  @Test func onlyWrittenStarsAreWildcards() throws {
    let tokens = Tokens.values(["account": "1*2", "user": "*"])
    #expect(
      try predicate("arn=\"arn:*:$account$:user/$user$*\"", tokens: tokens)
        == .compare("arn", .equal, Pattern(runs: ["arn:", ":1*2:user/*", ""])))
  }

  @Test func twoDollarsAreADollar() throws {
    #expect(
      try predicate("a=\"$$user$$ $5\"", tokens: .values([:])) == equals("a", "$user$ $5"))
  }

  @Test func withoutTokensADollarIsACharacter() throws {
    #expect(
      try predicate("a=$user$ b=\"admin$\"")
        == .and([
          equals("a", "$user$"), equals("b", "admin$"),
        ]))
  }

  @Test func placeholdersLetAnyTokenPass() throws {
    #expect(try predicate("a=\"$anything$\"", tokens: .placeholders) == equals("a", "$anything$"))
    #expect(
      problems("a=\"$x$\" | nonsense", tokens: .placeholders).map(\.code) == [
        "unknown-command"
      ])
  }

  @Test func tokensReachThroughMacroArguments() throws {
    #expect(
      try commands(
        "* | `security_content_ctime($f$)`", tokens: .values(["f": "a | b"])
      ).last
        == .convert(
          Convert(
            timeFormat: "%Y-%m-%dT%H:%M:%S", conversions: [Conversion(field: "a | b", as: "a | b")])
        ))
  }

  @Test func aBoundCommandIsNeverRun() {
    let found = problems("* | $c$ x", tokens: .values(["c": "mvexpand"]))
    #expect(found.map(\.code) == ["unknown-command"])
  }

  @Test func anyValueLeavesTheShapeOfTheSearch() throws {
    let hostile = Array("\"|*`()[],\\$= ORab\n").map(String.init)
    for seed in 0..<300 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      var value = ""
      for _ in 0..<Int.random(in: 0...20, using: &random) {
        value += hostile.randomElement(using: &random) ?? ""
      }
      let expected = Predicate.compare("user", .equal, Pattern(literal: value))
      for text in ["user=$u$", "user=\"$u$\""] {
        #expect(
          try commands("a | search \(text)", tokens: .values(["u": value])).last
            == .search(expected, .none), "seed \(seed)")
      }
    }
  }
}
