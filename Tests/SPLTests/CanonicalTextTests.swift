import Diagnostics
import Testing

@testable import SPL

@Suite struct CanonicalTextTests {
  @Test func itCompilesToTheSameCommands() {
    for seed in 0..<1_500 as Range<UInt64> {
      var random = RandomSearch(seed: seed)
      let commands = random.commands()
      let search = Search(stages: commands.map { Stage($0, span: SourceSpan(0..<0)) })
      let source = SourceText(name: "seed \(seed)", text: search.canonicalText)
      do throws(Problems) {
        let again = try SearchCompiler.compile(source, macros: MacroTable())
        #expect(
          again.stages.map(\.command).withoutPlaces == commands, "seed \(seed): \(source.text)")
        #expect(again.canonicalText == source.text, "seed \(seed)")
      } catch {
        Issue.record("\(error.rendered(in: source))")
      }
    }
  }

  @Test func conditionsAreAFilterAgain() throws {
    for seed in 0..<500 as Range<UInt64> {
      var random = RandomSearch(seed: seed)
      let predicate = random.predicate()
      #expect(
        try SearchCompiler.parseFilter(predicate.canonicalText) == predicate,
        "seed \(seed): \(predicate.canonicalText)")
    }
  }

  @Test func oneSearchHasOneText() throws {
    let canonical = """
      search a=1 (b=2 OR NOT c="x y*") earliest=-1d@d | spath input=f path=a{}.b | \
      mvexpand f limit=5 | rename a.* as "my *", b as c | stats count, dc(x) as n by u, "by" | \
      convert ctime(t) as "as"
      """
    let written = """
      (a = "1") AND b=2 OR NOT c="x y*" earliest=-1d@d ```yesterday```
        | spath a{}.b input=f | mvexpand limit=5 f
        | rename a.* AS "my *" b as c
        | stats count distinct_count(x) as n BY u "by"
        | convert timeformat="%m/%d/%Y %H:%M:%S" ctime(t) as "as"
      """
    let search = try SearchCompiler.compile(
      SourceText(name: "test", text: written), macros: MacroTable())
    #expect(search.canonicalText == canonical)
    #expect("\(search)" == canonical)
  }
}
