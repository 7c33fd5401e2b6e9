import Diagnostics
import Testing

@testable import SPL

/// `stats` and the commands that are like it.
@Suite struct AggregateTests {
  private func command(_ text: String) throws -> Command {
    try #require(try commands("* | " + text).last)
  }

  private func stats(_ text: String) throws -> Stats {
    guard case .stats(let stats) = try command("stats " + text) else {
      Issue.record("no stats: \(text)")
      return Stats(aggregates: [], by: [])
    }
    return stats
  }

  @Test func everyFunctionIsKnownByItsNames() throws {
    for (name, function) in AggregateFunction.named {
      #expect(
        try stats("\(name.uppercased())(x) as y").aggregates == [Aggregate(function, "x", as: "y")],
        "\(name)")
    }
    let others: [(String, AggregateFunction)] = [
      ("c", .count), ("distinct_count", .distinctCount), ("mean", .average),
      ("perc95", .percentile(95)), ("p50", .percentile(50)), ("exactperc99.9", .percentile(99.9)),
    ]
    for (name, function) in others {
      #expect(
        try stats("\(name)(x)").aggregates == [Aggregate(function, "x", as: "\(name)(x)")],
        "\(name)")
    }
  }

  @Test func anAggregateTakesAnExpression() throws {
    let isFailed = Expression.compare(.field("status"), .equal, .literal(.text("failed")))
    #expect(
      try stats("count(eval(status=\"failed\")) as failed by user")
        == Stats(
          aggregates: [Aggregate(.count, .expression(isFailed), as: "failed")], by: ["user"]))
    let chosen = Expression.conditional(isFailed, then: .field("a-b"), else: .literal(.null))
    #expect(
      try stats("values(eval(if(status=\"failed\", 'a-b', null()))) as x, dc(y) AS n").aggregates
        == [
          Aggregate(.values, .expression(chosen), as: "x"), Aggregate(.distinctCount, "y", as: "n"),
        ])
    #expect(
      try stats("count(eval(status=\"failed\"))").aggregates.map(\.name)
        == ["count(eval(status = \"failed\"))"])
  }

  @Test func aggregatesOverSeveralFieldsKeepTheirStars() throws {
    #expect(
      try stats("values(requestParameters.*) as * by user").aggregates
        == [Aggregate(.values, .fields(Pattern(wildcards: "requestParameters.*")), as: "*")])
    #expect(
      try stats("sum(*)").aggregates
        == [Aggregate(.sum, .fields(Pattern(wildcards: "*")), as: "sum(*)")])
  }

  @Test func eventStatsAndStreamStatsKeepTheColumnsOfTheirGroups() throws {
    #expect(
      try command("eventstats avg(n) as mean, stdev(n) as n by n")
        == .eventStats(
          Stats(
            aggregates: [
              Aggregate(.average, "n", as: "mean"), Aggregate(.deviation, "n", as: "n"),
            ],
            by: ["n"])))
    let counted = Stats(aggregates: [Aggregate(.count, nil, as: "count")], by: ["user"])
    #expect(
      try command("streamstats window=5 current=f global=false count by user")
        == .streamStats(
          StreamStats(stats: counted, window: 5, current: false, global: false)))
    #expect(
      try command("streamstats count by user window=5")
        == .streamStats(StreamStats(stats: counted, window: 5)))
    #expect(
      try command("streamstats window=0 count by user") == .streamStats(StreamStats(stats: counted))
    )
  }

  @Test func chartByOneFieldIsStats() throws {
    let expected = try stats("count as n by user")
    for text in ["chart count as n by user", "chart count as n over user"] {
      #expect(try command(text) == .stats(expected), "\(text)")
    }
  }

  @Test func topAndRareCountValues() throws {
    #expect(
      try command("top user") == .frequencies(Frequencies(.top, fields: ["user"])))
    #expect(
      try command("rare limit=0 a, b by c d countfield=n showperc=f")
        == .frequencies(
          Frequencies(
            .rare, fields: ["a", "b"], by: ["c", "d"], limit: nil, countField: "n",
            percentField: nil)))
    #expect(
      try command("top 5 a useother=t")
        == .frequencies(Frequencies(.top, fields: ["a"], limit: 5, other: "OTHER")))
  }

  @Test func riskIsSummedByTstats() throws {
    let text = """
      | tstats summariesonly=false allow_old_summaries=true fillnull_value=null
          sum(All_Risk.calculated_risk_score) as score, dc(source) from datamodel=Risk.All_Risk
          where All_Risk.risk_object_type="user" OR All_Risk.risk_object=a* earliest=-24h
          by All_Risk.risk_object, _time span=1h
      """
    #expect(
      try commands(text) == [
        .tstats(
          RiskStats(
            stats: Stats(
              aggregates: [
                Aggregate(.sum, "All_Risk.calculated_risk_score", as: "score"),
                Aggregate(.distinctCount, "source", as: "dc(source)"),
              ], by: ["All_Risk.risk_object", "_time"]),
            predicate: .or([
              equals("All_Risk.risk_object_type", "user"), equals("All_Risk.risk_object", "a*"),
            ]),
            times: TimeModifiers(earliest: .relative(RelativeTime([.shift(-24, .hour)]))),
            timeSpan: .time(1, .hour), fillNull: "null"))
      ])
    #expect(
      try commands("|tstats count FROM datamodel=\"Risk\".\"All_Risk\" GROUPBY source") == [
        .tstats(
          RiskStats(
            stats: Stats(aggregates: [Aggregate(.count, nil, as: "count")], by: ["source"])))
      ])
  }

  @Test func tstatsReadsNothingElse() {
    func codes(_ text: String) -> [String] { problems("| tstats " + text).map(\.code) }
    #expect(codes("count from datamodel=Network_Traffic") == ["unknown-dataset"])
    #expect(codes("count where index=main by host") == ["missing-argument"])
    #expect(codes("prestats=t count from datamodel=Risk.All_Risk") == ["unsupported-option"])
    #expect(codes("count(eval(a=1)) from datamodel=Risk.All_Risk") == ["unexpected-text"])
    #expect(codes("count from datamodel=Risk.All_Risk by source span=1h") == ["unknown-option"])
    #expect(
      problems("a=1 | tstats count from datamodel=Risk.All_Risk").map(\.code) == [
        "misplaced-generating"
      ])
  }
}
