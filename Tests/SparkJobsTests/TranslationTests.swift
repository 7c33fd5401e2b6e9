import Testing

@testable import SparkJobs

@Suite("Stages in Python")
struct TranslationTests {
  @Test func stagesAreCallsInTheOrderOfTheSearch() throws {
    let stages = try Jobs.stages(
      "eval a=if(x>5, \"big\", \"small\") | bin _time span=5m | stats dc(a) as kinds by user _time "
        + "| where kinds>=2 | sort - kinds | head 3")
    #expect(
      stages == [
        #"eval("#, #"bin("_time", "_time", 300)"#,
        #"stats(("kinds", dc(field("a"))), by=["user", "_time"])"#,
        #"where(compare(field("kinds"), ">=", number(2.0)))"#,
        #"sort(("kinds", True, "auto"))"#, "head(3)",
      ])
  }

  @Test func conditionsOfSearchKeepTheirStars() throws {
    #expect(
      try Jobs.stages("eval z=1 | search a=x* NOT b IN (1, *y) | stats count by a")[1]
        == #"search(all_of(equal("a", "x*"), unless(equal("b", "1", "*y"))))"#)
    #expect(
      try Jobs.stages("eval z=1 | search c>3 d!=CASE(X) | stats count by a")[1]
        == #"search(all_of(ordered("c", ">", "3"), unequal("d", "X", case=True)))"#)
  }

  @Test func whatSparkCannotDoIsRefusedWithItsStage() throws {
    let searches = [
      "`c` | transaction a", "`c` | stats count by a | outputlookup t",
      "`c` | append [search `c`]", "`c` | join a [search `c` | table a]",
      "`c` | rex field=a \"(?<x>a)(*SKIP)b\" | stats count by x",
      "`c` | where match(a, \"\\\\p{Lu}\") | stats count by a",
      "`c` earliest=-1h | stats count by a",
      "`c` | eval x=mvmap(a, upper(a)) | stats count by x",
      "`c` | stats mode(a) as x by b", "`c` | bin a span=10 | stats count by a",
    ]
    for search in searches {
      let said = try Jobs.refusal(search)
      #expect(!said.isEmpty, "\(search)")
      #expect(said.allSatisfy { $0.hasPrefix("found ") }, "\(said)")
    }
  }

  @Test func textsAreQuotedSoThatNoneEndsItself() {
    #expect(
      PythonCode.quoted("a\"b\\c\n\u{202E}é\u{1F600}") == #""a\"b\\c\n\u202e\u00e9\U0001f600""#)
    #expect(PythonCode.quoted("'''\u{0}") == #""'''\u0000""#)
  }
}

@Suite("Regular expressions for Java")
struct JavaPatternTests {
  private func java(_ pattern: String) throws -> String {
    String(try JavaPattern(pattern).text.dropFirst("(?d)".count))
  }

  @Test func whatBothReadAlikeStays() throws {
    #expect(try java(#"^a.*(b|c)\d{2,}\s+$"#) == #"^a.*(b|c)\d{2,}\s+$"#)
    #expect(try java("(?i)admin") == "(?iu)admin")
    #expect(try java(#"[^\]]+"#) == #"[^\]]+"#)
  }

  @Test func whatJavaReadsOtherwiseIsWrittenAnew() throws {
    #expect(try java("x{") == "x\\{")
    #expect(try java("[[a&&b]") == "[\\[a\\&\\&b]")
    #expect(try java("]}") == "\\]\\}")
    #expect(try java(#"\ba"#) == #"(?:(?<=\w)(?!\w)|(?<!\w)(?=\w))a"#)
    #expect(try java("(?<first_name>a)") == "(a)")
  }

  @Test func whatOnlyOneOfThemKnowsIsRefused() {
    for pattern in [
      #"\Kx"#, #"\h"#, "[[:alpha:]]", "(?R)", "(*FAIL)", #"(a)\1"#, #"\x41"#, "a\\", "[a",
    ] {
      #expect(throws: JavaPatternProblem.self) { try JavaPattern(pattern) }
    }
  }

  @Test func groupsAreKnownByName() throws {
    let pattern = try JavaPattern("(?<a>x)(?P<b>y)")
    #expect(pattern.groupNames == ["a", "b"])
    #expect(pattern.groupsAreNamed)
    #expect(!pattern.hasOptionalGroups)
    #expect(try JavaPattern("(?<a>x)?").hasOptionalGroups)
    #expect(try JavaPattern("(?<a>x)|y").hasOptionalGroups)
    #expect(try !JavaPattern("(x)(?<a>y)").groupsAreNamed)
  }
}
