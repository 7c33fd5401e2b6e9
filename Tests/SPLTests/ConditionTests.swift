import Testing

@testable import SPL

/// What the conditions of `search` mean.
@Suite struct ConditionTests {
  private let a = equals("a", "1")
  private let b = equals("b", "2")
  private let c = equals("c", "3")

  @Test func orBindsTighterThanAnd() throws {
    let expected = Predicate.and([a, .or([b, c])])
    for text in ["a=1 b=2 OR c=3", "a=1 AND b=2 OR c=3", "a=1 AND (b=2 OR c=3)"] {
      #expect(try predicate(text) == expected, "\(text)")
    }
    #expect(try predicate("a=1 OR b=2 c=3") == .and([.or([a, b]), c]))
    #expect(try predicate("(a=1 b=2) OR c=3") == .or([.and([a, b]), c]))
  }

  @Test func notBindsTightest() throws {
    #expect(try predicate("NOT a=1 OR b=2") == .or([.not(a), b]))
    #expect(try predicate("NOT a=1 b=2") == .and([.not(a), b]))
    #expect(try predicate("NOT (a=1 OR b=2)") == .not(.or([a, b])))
    #expect(try predicate("NOT NOT a=1") == .not(.not(a)))
  }

  @Test func groupsInGroupsAreFlat() throws {
    #expect(try predicate("(a=1 (b=2 AND c=3))") == .and([a, b, c]))
    #expect(try predicate("a=1 OR (b=2 OR c=3)") == .or([a, b, c]))
  }

  @Test func keywordsAreWordsInCapitals() throws {
    #expect(
      try predicate("a=1 or and not")
        == .and([
          a, .term(Pattern(literal: "or")), .term(Pattern(literal: "and")),
          .term(Pattern(literal: "not")),
        ]))
    #expect(try predicate("\"OR\"") == .term(Pattern(literal: "OR")))
    #expect(try predicate("a=OR") == equals("a", "OR"))
  }

  @Test func spaceAroundAComparisonDoesNotMatter() throws {
    for text in ["a=1", "a =1", "a= 1", "a = 1", "\"a\"=1", "a=\"1\"", "a\n=\n\"1\""] {
      #expect(try predicate(text) == a, "\(text)")
    }
    #expect(
      try predicate("\"a.b\"=Yes c{}.d=*")
        == .and([
          equals("a.b", "Yes"), equals("c{}.d", "*"),
        ]))
  }

  @Test func everyComparisonIsRead() throws {
    for comparison in [Comparison.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual]
    {
      #expect(
        try predicate("size\(comparison.rawValue)5")
          == .compare("size", comparison, Pattern(literal: "5")))
    }
  }

  @Test func listsTakeCommasOrSpaces() throws {
    let expected = Predicate.within(
      "a", [Pattern(literal: "1"), Pattern(runs: ["x", ""]), Pattern(literal: "b c")])
    for text in ["a IN (1, x*, \"b c\")", "a IN(1 x* \"b c\")", "\"a\" IN (, 1,x*,,\"b c\", )"] {
      #expect(try predicate(text) == expected, "\(text)")
    }
    #expect(try predicate("NOT a IN (1)") == .not(.within("a", [Pattern(literal: "1")])))
  }

  @Test func starsAreWildcardsInQuotesToo() throws {
    #expect(
      try predicate(#"a="[aws-cli*""#) == .compare("a", .equal, Pattern(runs: ["[aws-cli", ""])))
    #expect(
      try predicate(#"a=*Image*"#) == .compare("a", .equal, Pattern(runs: ["", "Image", ""])))
    #expect(try predicate(#""*\\Temp\\*""#) == .term(Pattern(runs: ["", #"\Temp\"#, ""])))
    #expect(try predicate(#"a="x\u{2a}""#) == .compare("a", .equal, Pattern(literal: "x*")))
  }

  @Test func aStarAloneIsEverything() throws {
    for text in ["*", "search *", "| search *", "search", "(*) AND *"] {
      #expect(try predicate(text) == .everything, "\(text)")
    }
    #expect(try predicate("search * a=1") == a)
    #expect(try predicate("NOT *") == .not(.everything))
  }

  @Test func barePhrasesAreLookedForInTheRecord() throws {
    #expect(
      try predicate("error \"access denied\" fail*")
        == .and([
          .term(Pattern(literal: "error")), .term(Pattern(literal: "access denied")),
          .term(Pattern(runs: ["fail", ""])),
        ]))
  }

  @Test func timeModifiersStandAnywhereInTheConjunction() throws {
    let times = TimeModifiers(
      earliest: .relative(RelativeTime([.shift(-7, .day), .snap(.day)])),
      latest: .relative(RelativeTime([])),
      startHoursAgo: 168)
    for text in [
      "a=1 earliest=-7d@d latest=now starthoursago=168",
      "earliest=-7d@d (a=1 latest=now) starthoursago = \"168\"",
    ] {
      #expect(try commands(text) == [.search(a, times)], "\(text)")
    }
    #expect(
      try commands("earliest=0") == [
        .search(.everything, TimeModifiers(earliest: .epoch(0)))
      ])
  }

  @Test func timesAreMomentsOrSteps() {
    func relative(_ steps: RelativeTime.Step...) -> TimeBound { .relative(RelativeTime(steps)) }
    let expected: [(String, TimeBound?)] = [
      ("1628682747", .epoch(1_628_682_747)), ("1628682747.000", .epoch(1_628_682_747)),
      ("1.5", .epoch(2)), ("now", relative()), ("now()", relative()),
      ("-24h", relative(.shift(-24, .hour))), ("-d", relative(.shift(-1, .day))),
      ("-5", relative(.shift(-5, .second))),
      ("-70m@m", relative(.shift(-70, .minute), .snap(.minute))),
      ("+2hrs", relative(.shift(2, .hour))), ("@mon", relative(.snap(.month))),
      ("@w0", relative(.snap(.week))), ("@w7", relative(.snap(.week))),
      ("@w1", relative(.snapToWeekday(1))), ("-1w@y", relative(.shift(-1, .week), .snap(.year))),
      ("-1mon@mon+3d", relative(.shift(-1, .month), .snap(.month), .shift(3, .day))),
      ("-2qtr@q", relative(.shift(-2, .quarter), .snap(.quarter))),
      ("-1d@d@h", relative(.shift(-1, .day), .snap(.day), .snap(.hour))),
      ("10/27/2026:00:00:00", .epoch(1_793_059_200)), ("1/1/1970", .epoch(0)),
      ("02/29/2024:23:59:59", .epoch(1_709_251_199)), ("2/29/2023:00:00:00", nil),
      ("13/01/2024:00:00:00", nil), ("1/1/2024:24:00:00", nil), ("1/1/2024:1:2", nil),
      ("yesterday", nil), ("", nil), ("-", nil), ("-1d@", nil), ("@w8", nil),
      ("-99999999999999999w", nil), ("1.", nil), (".5", nil),
    ]
    for (text, bound) in expected { #expect(TimeBound(text) == bound, "\(text)") }
  }
}
