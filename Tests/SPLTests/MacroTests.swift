import Diagnostics
import Testing

@testable import SPL

@Suite struct MacroTests {
  @Test func aMacroStandsForTermsCommandsOrPipes() throws {
    let table = MacroTable([
      Macro(name: "terms", definition: "a=1 OR b=2"),
      Macro(name: "stages", definition: "mvexpand f | spath input=f"),
      Macro(name: "count", arguments: ["by"], definition: "stats count by $by$"),
    ])
    #expect(
      try commands("`terms` c=3 | `stages` | `count(\"x, y\")`", macros: table) == [
        .search(.and([.or([equals("a", "1"), equals("b", "2")]), equals("c", "3")]), .none),
        .multivalueExpand(field: "f", limit: nil), .spath(Spath(input: "f")),
        .stats(Stats(aggregates: [Aggregate(.count, nil, as: "count")], by: ["x", "y"])),
      ])
  }

  @Test func aMacroIsKnownByNameAndNumberOfArguments() throws {
    let table = MacroTable([
      Macro(name: "m", definition: "a=0"), Macro(name: "m", arguments: ["x"], definition: "a=$x$"),
      Macro(name: "m", arguments: ["x", "y"], definition: "$x$=\"$y$\" $z$ costs=5$"),
    ])
    #expect(
      try commands("`m` `m()` `m( 1 )` `m(b, c d)`", macros: table) == [
        .search(
          .and([
            equals("a", "0"), equals("a", "0"), equals("a", "1"), equals("b", "c d"),
            .term(Pattern(literal: "$z$")), equals("costs", "5$"),
          ]), .none)
      ])
    #expect(problems("`m(1,2,3)`", macros: table).map(\.code) == ["macro-arguments"])
  }

  @Test func filtersLetEverythingPassUntilDefined() throws {
    #expect(try commands("a=1 | `any_filter`").last == .search(.everything, .none))
    var table = macros
    table.define(Macro(name: "any_filter", definition: "search NOT user=scanner"))
    #expect(
      try commands("a=1 | `any_filter`", macros: table).last
        == .search(.not(equals("user", "scanner")), .none))
  }

  @Test func problemsInsideAreReportedAtTheUse() throws {
    let table = MacroTable([
      Macro(name: "outer", arguments: ["f"], definition: "`inner($f$)` | transpose count"),
      Macro(name: "inner", arguments: ["f"], definition: "stats summ($f$)"),
    ])
    let found = problems("a=1 | `outer(size)`", macros: table)
    #expect(found.map(\.code) == ["unknown-function", "unsupported-command"])
    #expect(found.map(\.span) == [SourceSpan(6..<19), SourceSpan(6..<19)])
    #expect(
      found[0].notes == [
        "in macro `inner(1)`, used in macro `outer(1)`: stats summ(size)",
        "in macro `outer(1)`, expanded here: `inner(size)` | transpose count",
      ])
    #expect(found[1].notes.count == 1)
  }

  @Test func macrosThatGrowWithoutEndAreRefused() {
    var table = MacroTable([Macro(name: "m0", definition: "a a")])
    for level in 1...20 {
      table.define(Macro(name: "m\(level)", definition: "`m\(level - 1)` `m\(level - 1)`"))
    }
    let found = problems("`m20`", macros: table)
    #expect(Set(found.map(\.code)) == ["macro-size"])
    table.define(Macro(name: "d", arguments: ["x"], definition: "`e($x$$x$$x$$x$$x$$x$$x$$x$)`"))
    table.define(Macro(name: "e", arguments: ["x"], definition: "`f($x$$x$$x$$x$$x$$x$$x$$x$)`"))
    table.define(Macro(name: "f", arguments: ["x"], definition: "`g($x$$x$$x$$x$$x$$x$$x$$x$)`"))
    table.define(Macro(name: "g", arguments: ["x"], definition: "$x$$x$$x$$x$$x$$x$$x$$x$"))
    let long = String(repeating: "x", count: 100)
    #expect(problems("`d(\(long))`", macros: table).map(\.code) == ["macro-size"])
  }
}
