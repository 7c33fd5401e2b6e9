import Diagnostics
import Testing

@testable import SPL

/// The commands that work on the fields of one row.
@Suite struct FieldCommandTests {
  private func command(
    _ text: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Command {
    try #require(try commands("* | " + text, sourceLocation: sourceLocation).last)
  }

  private func codes(_ text: String) -> [String] { problems("* | " + text).map(\.code) }

  @Test func evalAssignsInTurn() throws {
    let one = Expression.literal(.number(1))
    #expect(
      try command("eval a=1, 'b c' = a, \"d\"=1,e.f-g=1")
        == .eval([
          Assignment("a", one), Assignment("b c", .field("a")), Assignment("d", one),
          Assignment("e.f-g", one),
        ]))
    #expect(codes("eval") == ["missing-argument"])
    #expect(codes("eval a") == ["unexpected-text"])
    #expect(codes("eval a=1 b=2") == ["unexpected-text"])
    #expect(codes("eval \"\"=1") == ["empty-field"])
  }

  @Test func tableAndFieldsTakeWildcards() throws {
    let patterns = ["_time", "user*", "a b"].map { Pattern(wildcards: $0) }
    #expect(try command("table _time user*, \"a b\"") == .table(patterns))
    #expect(
      try command("fields _time, user* \"a b\"")
        == .fields(FieldSelection(keeps: true, fields: patterns)))
    let removed = Command.fields(
      FieldSelection(keeps: false, fields: [Pattern(literal: "a"), Pattern(wildcards: "b*")]))
    for text in ["fields - a, b*", "fields -a b*", "fields - a b* ,"] {
      #expect(try command(text) == removed, "\(text)")
    }
    #expect(
      try command("fields + a")
        == .fields(FieldSelection(keeps: true, fields: [Pattern(literal: "a")])))
    #expect(codes("table") == ["missing-argument"])
    #expect(codes("fields -") == ["missing-argument"])
  }

  @Test func parenthesesMayBelongToAName() throws {
    #expect(
      try command("rename sum(a.b) as total, count(*) as * c() as d")
        == .rename([
          Renaming(from: "sum(a.b)", to: "total"), Renaming(from: "count(*)", to: "*"),
          Renaming(from: "c()", to: "d"),
        ]))
    #expect(
      try command("table values(a), min(*)")
        == .table([Pattern(literal: "values(a)"), Pattern(wildcards: "min(*)")]))
    #expect(try command("nomv values(a)") == .singleValue("values(a)"))
    #expect(codes("rename sum (a) as b") == ["unexpected-text"])
    #expect(codes("nomv values(a") == ["unexpected-text"])
  }

  @Test func fillNullHasAValueAndMayHaveFields() throws {
    #expect(try command("fillnull") == .fillNull(FillNull()))
    #expect(
      try command("fillnull value=\"a b\" x, y z")
        == .fillNull(FillNull(value: "a b", fields: ["x", "y", "z"])))
    #expect(
      try command("fillnull x value=NULL") == .fillNull(FillNull(value: "NULL", fields: ["x"])))
  }

  @Test func rexNamesTheFieldsThatItMakes() throws {
    guard
      case .rex(let rex) = try command(
        #"rex field=arn max_match=0 "(?<kind>[^(?<no>]+)/(?:x)\(?<no>(?P<last>.*)\|""#)
    else {
      Issue.record("no rex")
      return
    }
    #expect(rex.field == "arn")
    #expect(rex.groups == ["kind", "last"])
    #expect(
      rex.mode == .extract(pattern: #"(?<kind>[^(?<no>]+)/(?:x)\(?<no>(?P<last>.*)\|"#, limit: nil))
    #expect(
      try command(#"rex "(?<json_field>{.+})""#)
        == .rex(Rex(mode: .extract(pattern: "(?<json_field>{.+})", limit: 1))))
    #expect(codes("rex field=a") == ["missing-argument"])
    #expect(codes("rex mode=awk \"x\"") == ["invalid-choice"])
  }

  @Test func sedReplacesOrTransliterates() {
    let expected: [(String, Sed?)] = [
      ("s/a/b/", .substitute(pattern: "a", replacement: "b", from: 1, all: false)),
      ("s/a/b/g", .substitute(pattern: "a", replacement: "b", from: 1, all: true)),
      ("s/a/b/2g", .substitute(pattern: "a", replacement: "b", from: 2, all: true)),
      (#"s/\/x\d/\1/3"#, .substitute(pattern: #"/x\d"#, replacement: #"\1"#, from: 3, all: false)),
      ("s#a/b##", .substitute(pattern: "a/b", replacement: "", from: 1, all: false)),
      (#"s/a\\/b/"#, .substitute(pattern: #"a\\"#, replacement: "b", from: 1, all: false)),
      ("y/abc/xyz/", .transliterate(from: "abc", to: "xyz")), ("y/abc/xy/", nil), ("s/a/b", nil),
      ("s//b/", nil), ("s/a/b/0", nil), ("s/a/b/x", nil), ("a/b/c/", nil), ("", nil),
    ]
    for (text, sed) in expected { #expect(Sed(text) == sed, "\(text)") }
  }

  @Test func regexKeepsOrDropsRows() throws {
    #expect(
      try command(#"regex user!="^svc-\w+""#)
        == .regex(RegexFilter(field: "user", keepsMatches: false, pattern: #"^svc-\w+"#)))
    #expect(
      try command(#"regex "a|b""#) == .regex(RegexFilter(pattern: "a|b")))
    #expect(codes("regex user>\"a\"") == ["unexpected-text"])
    #expect(codes("regex user=a(b)") == ["unexpected-text"])
  }

  @Test func binRoundsDownBySpan() throws {
    let minutes = Bin(field: "_time", span: .time(5, .minute), as: "_time")
    for text in ["bin span=5m _time", "bucket _time span=5min", "bin _time span=5m as _time"] {
      #expect(try command(text) == .bin(minutes), "\(text)")
    }
    #expect(
      try command("bin size span=10 AS class")
        == .bin(Bin(field: "size", span: .number(10), as: "class")))
    #expect(codes("bin _time") == ["missing-argument"])
    #expect(codes("bin bins=10 size") == ["unsupported-option"])
  }

  @Test func spansAreNumbersOrTimes() {
    let expected: [(String, Span?)] = [
      ("10", .number(10)), ("0.5", .number(0.5)), ("1h", .time(1, .hour)),
      ("mon", .time(1, .month)), ("2q", .time(2, .quarter)), ("1w", .time(1, .week)), ("0", nil),
      ("0m", nil), ("-5m", nil), ("5x", nil), ("1.5h", nil), (".", nil), ("1.", nil), ("", nil),
      ("log2", nil), ("99999999999999999999h", nil),
    ]
    for (text, span) in expected { #expect(Span(text) == span, "\(text)") }
  }

  @Test func oneTextBecomesSeveralAndSeveralOne() throws {
    #expect(
      try command("makemv delim=\",\" to")
        == .makeMultivalue(MakeMultivalue(field: "to", cut: .delimiter(","))))
    #expect(
      try command(#"makemv tokenizer="(\w+)\|?" allowempty=t to"#)
        == .makeMultivalue(
          MakeMultivalue(field: "to", cut: .tokenizer(#"(\w+)\|?"#), allowsEmpty: true)))
    #expect(try command("makemv to") == .makeMultivalue(MakeMultivalue(field: "to")))
    #expect(try command("nomv to") == .singleValue("to"))
    #expect(
      try command("mvcombine delim=\";\" host")
        == .multivalueCombine(MultivalueCombine(field: "host", delimiter: ";")))
    #expect(codes("makemv delim=\"\" to") == ["invalid-choice"])
  }

  @Test func everyConversionIsKnown() throws {
    for function in ConvertFunction.allCases {
      #expect(
        try command("convert \(function.rawValue)(a) as b")
          == .convert(
            Convert(
              timeFormat: Convert.defaultTimeFormat,
              conversions: [Conversion(function, field: "a", as: "b")])))
    }
  }

  @Test func termsMayBeWholeOrWithCase() throws {
    #expect(
      try predicate("TERM(10.0.0.1) CASE(Root) host=CASE(Web*) tag=x")
        == .and([
          .wholeTerm(Pattern(literal: "10.0.0.1")), .termCase(Pattern(literal: "Root")),
          .compareCase("host", .equal, Pattern(wildcards: "Web*")), equals("tag", "x"),
        ]))
    #expect(
      try predicate("term (x)")
        == .and([.term(Pattern(literal: "term")), .term(Pattern(literal: "x"))]))
  }
}
