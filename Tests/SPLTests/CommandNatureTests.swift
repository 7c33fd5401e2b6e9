import Diagnostics
import Testing

@testable import SPL

/// What can be known of a command before it runs.
@Suite struct CommandNatureTests {
  private func search(_ text: String) throws -> Search {
    try SearchCompiler.compile(.init(name: "test", text: text), macros: macros)
  }

  private func command(_ text: String) throws -> Command {
    try #require(try search("* | " + text).stages.last?.command)
  }

  @Test func orderMattersWhereItIsRead() throws {
    for text in [
      "stats list(a)", "stats count, first(a) by b", "eventstats latest(a) as b",
      "streamstats count", "dedup a", "head 5", "tail 5", "sort 5 -a", "top a", "mvcombine a",
      "join a [search b]", "appendpipe [head 1]", "transaction a", "outputlookup key_field=a t",
    ] {
      #expect(try command(text).readsOrder, "\(text)")
    }
    for text in [
      "stats count, values(a), dc(b), perc95(c)", "sort -a", "eval a=1", "where a=1", "reverse",
      "join max=0 a [search b]", "top limit=0 a", "append [search b]", "fillnull",
      "outputlookup t", "table a", "bin span=1h _time",
    ] {
      #expect(try command(text).readsOrder == false, "\(text)")
    }
  }

  @Test func scopeSaysHowManyRowsAreNeeded() throws {
    let scopes: [(String, Command.Scope)] = [
      ("where a=1", .row), ("fillnull a", .row), ("mvexpand a", .row), ("lookup t a", .row),
      ("stats count by a", .group), ("fillnull", .table), ("eventstats count", .table),
      ("sort a", .table), ("append [search b]", .table), ("dedup a", .table),
    ]
    for (text, scope) in scopes { #expect(try command(text).scope == scope, "\(text)") }
  }

  @Test func tablesAreFoundAtAnyDepth() throws {
    let search = try search(
      """
      a=1 [| inputlookup users | fields user] | lookup teams user
        | append [search b=1 | appendpipe [lookup deep x | outputlookup users]]
      """)
    #expect(search.tablesRead == ["users", "teams", "deep"])
    #expect(search.tablesWritten == ["users"])
    #expect(search.readsTableItWrites)
    #expect(try self.search("| inputlookup a | outputlookup b").readsTableItWrites == false)
  }

  @Test func onlyWhatIsUndefinedIsRefused() throws {
    func codes(_ text: String) throws -> [String] {
      try search(text).refusals.map(\.code)
    }
    #expect(try codes("* | stats count by a | sort -count | head 5") == [])
    #expect(try codes("* | transaction user maxspan=5m") == [])
    for text in ["user src", "", "user startswith=\"a\"", "user endswith=\"a\""] {
      #expect(try codes("* | transaction \(text)") == ["undefined-result"], "\(text)")
    }
    #expect(
      try codes("* [search b | iplocation c] | appendpipe [anomalydetection d] | iplocation e")
        == ["unavailable-data", "undefined-result", "unavailable-data"])
  }

  @Test func aRefusalHasThePlaceOfItsStage() throws {
    #expect(try search("* | iplocation src").refusals.map(\.span) == [SourceSpan(4..<18)])
  }

  @Test func theNameOfACommandIsTheOneItIsReadBy() throws {
    for seed in 0..<200 as Range<UInt64> {
      var random = RandomSearch(seed: seed)
      for command in random.commands() {
        #expect(CommandName.supported.contains(command.name), "\(command.name)")
        #expect(command.canonicalText.hasPrefix(command.name), "\(command.name)")
      }
    }
  }

  @Test func noCommandIsBothReadAndRefused() {
    let read = Set(CommandName.supported)
    #expect(read.isDisjoint(with: CommandName.unsupported))
    #expect(read.isDisjoint(with: CommandName.refused.keys))
    #expect(CommandName.unsupported.isDisjoint(with: CommandName.refused.keys))
    for name in CommandName.supported where name != "search" {
      let codes = problems("* | \(name)").map(\.code)
      #expect(codes.contains("unknown-command") == false, "\(name)")
      #expect(codes.contains("unsupported-command") == false, "\(name)")
    }
  }
}
