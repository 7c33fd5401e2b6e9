import Diagnostics
import Testing

@testable import SPL

/// The commands that look at several rows, and at those of other searches and tables.
@Suite struct RowCommandTests {
  private func command(
    _ text: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Command {
    try #require(try commands("* | " + text, sourceLocation: sourceLocation).last)
  }

  private func codes(_ text: String) -> [String] { problems(text).map(\.code) }

  @Test func sortTakesSignsKindsAndALimit() throws {
    let keys = [
      SortKey("count", isDescending: true), SortKey("user"),
      SortKey("src", isDescending: true, kind: .address), SortKey("my n", kind: .number),
    ]
    for text in [
      "sort 5 -count, user -ip(src) +num(\"my n\")",
      "sort limit=5 - count user, -ip(src), num(\"my n\")",
    ] {
      #expect(try command(text) == .sort(Sort(limit: 5, keys: keys)), "\(text)")
    }
    #expect(try command("sort 0 a desc") == .sort(Sort(keys: [SortKey("a", isDescending: true)])))
    #expect(try command("sort \"desc\"") == .sort(Sort(keys: [SortKey("desc")])))
    #expect(codes("* | sort") == ["missing-argument"])
  }

  @Test func dedupKeepsTheFirstOfEach() throws {
    #expect(try command("dedup user") == .dedup(Dedup(fields: ["user"])))
    #expect(
      try command("dedup 3 user, src keepempty=t consecutive=t sortby -_time")
        == .dedup(
          Dedup(
            fields: ["user", "src"], count: 3, keepsEmpty: true, consecutive: true,
            sortBy: [SortKey("_time", isDescending: true)])))
    #expect(
      try command("dedup user keepevents=t")
        == .dedup(Dedup(fields: ["user"], keepsEvents: true)))
    #expect(codes("* | dedup 0 user") == ["invalid-number"])
  }

  @Test func headTakesANumberOrACondition() throws {
    #expect(try command("head") == .head(Head(limit: 10)))
    #expect(try command("head 5") == .head(Head(limit: 5)))
    #expect(try command("head limit=5") == .head(Head(limit: 5)))
    let condition = Expression.compare(.field("count"), .greater, .literal(.number(5)))
    #expect(
      try command("head (count>5) keeplast=t null=t")
        == .head(Head(limit: nil, while: condition, keepsLast: true, nullHolds: true)))
    #expect(
      try command("head 100 count>5") == .head(Head(limit: 100, while: condition)))
    #expect(try command("tail 3") == .tail(3))
    #expect(try command("reverse") == .reverse)
    #expect(codes("* | head 5 6") == ["repeated-option"])
  }

  @Test func lookupsMatchAndGiveColumns() throws {
    #expect(
      try command("lookup users.csv name AS user, domain OUTPUT team AS owner, mail")
        == .lookup(
          Lookup(
            table: "users.csv",
            matches: [LookupField("name", as: "user"), LookupField("domain", as: "domain")],
            outputs: [LookupField("team", as: "owner"), LookupField("mail", as: "mail")])))
    #expect(
      try command("lookup local=true users name outputnew mail")
        == .lookup(
          Lookup(
            table: "users", matches: [LookupField("name", as: "name")],
            outputs: [LookupField("mail", as: "mail")], overwrites: false)))
    #expect(
      try command("lookup users name")
        == .lookup(Lookup(table: "users", matches: [LookupField("name", as: "name")])))
    #expect(codes("* | lookup users") == ["missing-argument"])
    #expect(codes("* | lookup users name OUTPUT") == ["missing-argument"])
  }

  @Test func tablesAreReadAndWritten() throws {
    #expect(
      try commands("| inputlookup start=1 max=5 users where team=ops OR team=dev*") == [
        .inputLookup(
          InputLookup(
            table: "users", start: 1, max: 5,
            predicate: .or([equals("team", "ops"), equals("team", "dev*")])))
      ])
    #expect(
      try command("inputlookup users append=t")
        == .inputLookup(InputLookup(table: "users", appends: true)))
    #expect(codes("* | inputlookup users") == ["misplaced-generating"])
    #expect(
      try command("outputlookup append=t key_field=user override_if_empty=f createinapp=t users")
        == .outputLookup(
          OutputLookup(table: "users", appends: true, keyField: "user", overridesIfEmpty: false)))
    #expect(codes("| inputlookup users where team=ops earliest=-1d") == ["misplaced-time"])
  }

  @Test func bracketsHoldSearches() throws {
    func inner(_ text: String) throws -> Search {
      let commands = try commands(text)
      return Search(stages: commands.map { Stage($0, span: SourceSpan(0..<0)) })
    }
    let users = try inner("search x=1 | fields user")
    func found(_ text: String) throws -> [Command] { try commands(text).withoutPlaces }
    #expect(
      try found("a=1 NOT [search x=1 | fields user]") == [
        .search(.and([equals("a", "1"), .not(.subsearch(users))]), .none)
      ])
    #expect(
      try found("* | join type=outer max=0 user, src [| search x=1 | fields user]").last
        == .join(Join(kind: .left, fields: ["user", "src"], max: nil, search: users)))
    #expect(try found("* | append maxtime=60 [search x=1 | fields user]").last == .append(users))
    let table = Search(stages: [
      Stage(.inputLookup(InputLookup(table: "users")), span: SourceSpan(0..<0))
    ])
    for text in ["a=1 [| inputlookup users]", "a=1 [inputlookup users]"] {
      #expect(
        try found(text) == [.search(.and([equals("a", "1"), .subsearch(table)]), .none)], "\(text)")
    }
    let total = Stats(aggregates: [Aggregate(.count, nil, as: "count")], by: [])
    #expect(
      try found("* | appendpipe [stats count]").last
        == .appendPipe([Stage(.stats(total), span: SourceSpan(0..<0))]))
  }

  @Test func bracketsAreNestedNoDeeperThanAStackIs() {
    func nested(_ depth: Int) -> String {
      String(repeating: "a [search ", count: depth) + "b" + String(repeating: "]", count: depth)
    }
    #expect(codes(nested(10)) == [])
    #expect(codes(nested(11)) == ["too-deep"])
  }

  @Test func rowsAreMadeAndRead() throws {
    #expect(
      try commands("| makeresults count=3 annotate=t") == [
        .makeResults(MakeResults(count: 3, annotates: true))
      ])
    #expect(
      try commands("| datamodel Risk All_Risk search summariesonly=f") == [
        .from(.allRiskPrefixed)
      ])
    #expect(try commands("| datamodel Risk All_Risk flat") == [.from(.allRisk)])
    #expect(codes("| datamodel Web Proxy search") == ["unknown-dataset"])
    #expect(codes("| datamodel Risk All_Risk") == ["missing-argument"])
  }

  @Test func transactionsAndAnomaliesAreRead() throws {
    #expect(
      try command(
        "transaction user maxspan=5m maxevents=3 startswith=\"a=1 b\" endswith=eval(n>1)")
        == .transaction(
          Transaction(
            fields: ["user"], maxSpan: .time(5, .minute), maxEvents: 3,
            startsWith: .search(.and([equals("a", "1"), .term(Pattern(literal: "b"))])),
            endsWith: .expression(.compare(.field("n"), .greater, .literal(.number(1)))))))
    #expect(
      try command("anomalydetection \"count\" user action=annotate")
        == .anomalyDetection(
          AnomalyDetection(
            fields: ["count", "user"], options: [CommandOption("action", "annotate")])))
    #expect(try command("addinfo") == .addInfo)
    #expect(
      try command("iplocation prefix=src_ src_ip")
        == .ipLocation(IPLocation(field: "src_ip", prefix: "src_")))
  }
}
