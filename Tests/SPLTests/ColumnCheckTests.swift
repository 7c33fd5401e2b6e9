import Diagnostics
import Testing

@testable import SPL

/// Which fields rows can have after each command.
@Suite struct ColumnCheckTests {
  /// The fields that a search is warned of, in the order of the warnings.
  private func absent(
    _ text: String, sourceLocation: SourceLocation = #_sourceLocation
  ) -> [String] {
    let source = SourceText(name: "test", text: text)
    do throws(Problems) {
      let search = try SearchCompiler.compile(source, macros: macros)
      return search.warnings.filter { $0.code == "absent-field" }.map { warning in
        String(warning.message.split(separator: "'")[1])
      }
    } catch {
      Issue.record("\(error.rendered(in: source))", sourceLocation: sourceLocation)
      return []
    }
  }

  @Test func eventsMayHaveAnyField() {
    #expect(absent("a=1 | where b>1 | eval c=d | sort e | rename f as g | search h=*") == [])
    #expect(absent("| from datamodel Risk.All_Risk | where b>1") == [])
    #expect(absent("| inputlookup users | where b>1") == [])
  }

  @Test func statsLeavesItsColumnsOnly() {
    #expect(
      absent("* | stats count as n by user | where n>1 AND user!=\"x\" AND count>1") == ["count"])
    #expect(absent("* | stats values(a) by b | table \"values(a)\" b c") == ["c"])
    #expect(absent("* | stats count by a | search b=1 NOT c IN (1) plainword") == ["b", "c"])
    #expect(absent("* | top user | where count>1 AND percent>1 AND _time>1") == ["_time"])
  }

  @Test func eachIsWarnedOfOnce() {
    #expect(absent("* | stats count by a | where b=1 | eval c=b | sort b") == ["b"])
  }

  @Test func commandsAddFields() {
    #expect(absent("* | table a | eval b=a, c=b | where c>1") == [])
    #expect(absent("* | table a | rex field=a \"(?<d>x)\" | where d=1") == [])
    #expect(absent("* | table _time | bin _time span=1h as slot | stats count by slot") == [])
    #expect(absent("* | table a | lookup users a OUTPUT b | where b=1") == [])
    #expect(absent("* | table a | lookup users a | where b=1") == [])
    #expect(absent("* | table a | spath input=a path=b.c output=d | where d=1") == [])
    #expect(absent("* | table a | spath input=a | where b=1") == [])
    #expect(
      absent("* | table a | eventstats count as n by a | streamstats sum(n) as m | where n>m") == []
    )
    #expect(absent("* | table a | addinfo | where info_max_time>0") == [])
    #expect(absent("* | table a | append [search x=1 | table b] | where b=1 AND c=1") == ["c"])
    #expect(absent("* | table a | join a [search x=1 | stats count by a] | where count>1") == [])
    #expect(absent("* | table a | append [search x=1] | where b=1") == [])
    #expect(absent("* | table a | fillnull value=0 b | where b=0") == [])
  }

  @Test func renamingAndSelectionFollowWildcards() {
    #expect(
      absent("* | table x.a x.b c | rename x.* as y_* | where y_a=y_b AND 'x.a'=1") == ["x.a"])
    #expect(absent("* | stats sum(a) sum(b) | rename sum(*) as * | where a=b") == [])
    #expect(absent("* | table ab ac d | fields a* | where ab=ac AND d=1") == ["d"])
    #expect(absent("* | table a b _time | fields - a* | where b=1 AND a=1 AND _time>1") == ["a"])
    #expect(absent("* | fields a | where _time>1 AND _raw=\"x\" AND b=1") == ["b"])
    #expect(
      absent("* | table a b | stats values(*) as last_* by b | where last_a=1 AND last_b=1") == [
        "last_b"
      ])
    #expect(absent("* | stats values(*) as * by b | where a=1") == [])
    #expect(absent("* | table a* | where b=1") == [])
  }

  @Test func aStageThatReadsTheRecordNeedsOne() {
    #expect(absent("* | stats count | rex \"(?<a>x)\" | regex \"y\"") == ["_raw"])
  }

  @Test func aFieldThatIsTestedForNullMayBeAbsent() {
    #expect(absent("* | table a | eval b=coalesce(x, a), c=if(isnull(y), y, 1)") == [])
    #expect(absent("* | table a | where coalesce(a, 1) = x") == ["x"])
  }

  @Test func aConversionOfNothingMakesNothing() {
    #expect(absent("* | stats count | convert ctime(first) as f | where f=1") == ["first", "f"])
  }

  @Test func bracketsHaveFieldsOfTheirOwn() {
    #expect(absent("* | table a | append [search b=1 | where c=1]") == [])
    #expect(absent("* | table a | appendpipe [stats count by b]") == ["b"])
    #expect(absent("* | table a | append [search x=1 | stats count | where b=1]") == ["b"])
  }

  @Test func theWarningStandsAtTheFieldWithWhatIsNear() throws {
    let text = "* | stats count by userName | where usrName=\"x\""
    let search = try SearchCompiler.compile(.init(name: "test", text: text), macros: macros)
    #expect(
      search.warnings == [
        Diagnostic(
          code: "absent-field", message: "no row has the field 'usrName' here",
          span: SourceSpan(36..<43), help: "did you mean 'userName'?", severity: .warning)
      ])
  }
}
