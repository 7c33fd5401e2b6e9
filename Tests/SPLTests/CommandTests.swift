import Diagnostics
import Testing

@testable import SPL

/// What the commands after the first pipe mean.
@Suite struct CommandTests {
  private func command(_ text: String) throws -> Command {
    try #require(try commands("* | " + text).last)
  }

  @Test func spathTakesPathByNameOrPosition() throws {
    let path = "responseElements.imageScanFindings.findings{}"
    let expected = Command.spath(Spath(output: "findings", path: path))
    for text in [
      "spath path=\(path) output=findings", "spath output=findings \(path)",
      "SPATH output = \"findings\" path = \"\(path)\"",
    ] {
      #expect(try command(text) == expected, "\(text)")
    }
    #expect(try command("spath") == .spath(Spath()))
    #expect(try command("spath input=findings") == .spath(Spath(input: "findings")))
  }

  @Test func multivalueExpandTakesALimit() throws {
    #expect(try command("mvexpand findings") == .multivalueExpand(field: "findings", limit: nil))
    #expect(
      try command("mvexpand limit=5 findings") == .multivalueExpand(field: "findings", limit: 5))
    #expect(
      try command("mvexpand findings limit=0") == .multivalueExpand(field: "findings", limit: nil))
  }

  @Test func renameTakesPairsAndWildcards() throws {
    let expected = Command.rename([
      Renaming(from: "name", to: "finding_name"), Renaming(from: "a.b", to: "The B"),
      Renaming(from: "findings.*", to: "*"),
    ])
    for text in [
      "rename name as finding_name, a.b AS \"The B\", findings.* as *",
      "rename name as finding_name, a.b as \"The B\",findings.* as *,",
      "rename name as finding_name a.b As \"The B\" \"findings.*\" as \"*\"",
    ] {
      #expect(try command(text) == expected, "\(text)")
    }
  }

  @Test func statsNamesItsColumns() throws {
    #expect(
      try command(
        "stats count count(x) c(y) dc(x) distinct_count(x) as n min(t) AS first max(\"a b\") as x(y) BY u"
      )
        == .stats(
          Stats(
            aggregates: [
              Aggregate(.count, nil, as: "count"), Aggregate(.count, "x", as: "count(x)"),
              Aggregate(.count, "y", as: "c(y)"), Aggregate(.distinctCount, "x", as: "dc(x)"),
              Aggregate(.distinctCount, "x", as: "n"), Aggregate(.min, "t", as: "first"),
              Aggregate(.max, "a b", as: "x(y)"),
            ], by: ["u"])))
  }

  @Test func statsListsTakeCommasSpacesAndLines() throws {
    let expected = Command.stats(
      Stats(
        aggregates: [
          Aggregate(.count, nil, as: "count"),
          Aggregate(.values, "annotations._all", as: "Annotations"),
        ], by: ["a", "b.c", "d e"]))
    for text in [
      "stats count, values(annotations._all) as \"Annotations\" by a, b.c, \"d e\"",
      "stats count() values( annotations._all ) as Annotations\n  BY a b.c\n  \"d e\"",
      "stats count as count , values(annotations._all) AS Annotations, by a,, b.c \"d e\",",
    ] {
      #expect(try command(text) == expected, "\(text)")
    }
  }

  @Test func convertKnowsSplunksOwnFormat() throws {
    #expect(
      try command("convert ctime(a) ctime(b) as c, ctime(d)")
        == .convert(
          Convert(
            timeFormat: "%m/%d/%Y %H:%M:%S",
            conversions: [
              Conversion(field: "a", as: "a"), Conversion(field: "b", as: "c"),
              Conversion(field: "d", as: "d"),
            ])))
    #expect(
      try command("convert timeformat=\"%H:%M\" ctime(a)")
        == .convert(Convert(timeFormat: "%H:%M", conversions: [Conversion(field: "a", as: "a")])))
  }

  @Test func fromReadsRisk() throws {
    for text in [
      "| from datamodel Risk.All_Risk", "| from datamodel:Risk.All_Risk",
      "| from datamodel:\"Risk.All_Risk\"", "| from datamodel \"Risk.All_Risk\"",
      "|FROM datamodel:\"Risk\".\"All_Risk\"",
    ] {
      #expect(try commands(text) == [.from(.allRisk)], "\(text)")
    }
  }

  @Test func stagesKnowTheirPlace() throws {
    let search = try SearchCompiler.compile(
      .init(name: "test", text: "a=1 ```why``` | mvexpand `m(x)`"),
      macros: MacroTable([Macro(name: "m", arguments: ["f"], definition: "$f$ limit=3")]))
    #expect(search.stages.map(\.span) == [.init(0..<3), .init(16..<31)])
    #expect(search.stages[1].command == .multivalueExpand(field: "x", limit: 3))
  }
}
