import CellGrid
import Events
import Findings
import Interface
import Testing

/// The keys of the rules, and what is said of what rules come to.
struct RuleJourneys {
  @Test func spaceTurnsARuleOnOrOffInItsListAndOnItsCard() {
    var session = Session(view: .rules)
    session.type(" ")
    #expect(session.effects == [.turnRule(Fixture.rule.name, on: false)])
    var off = Fixture.rule
    off.isOn = false
    session.send(.rules([off]))
    session.press(.enter, .character(" "))
    #expect(session.effects.last == .turnRule(off.name, on: true))
    #expect(session.screen.contains("state       off"))
  }

  @Test func rulesThatBeginAlikeAreToldApartByTheirEnds() {
    let names = ["High", "Critical"].map { "AWS ECR Container Scanning Findings \($0)" }
    let short = names.map { Wording.ends(of: $0, width: 24) }
    #expect(short.map { Wording.width($0) } == [24, 24])
    #expect(short[0].hasPrefix("AWS ECR") && short[0].hasSuffix("Findings High"))
    #expect(short[0] != short[1])
    #expect(Wording.ends(of: "Short", width: 24) == "Short")
  }

  @Test func ruleThatCannotRunIsNotTurnedOn() {
    var session = Session(view: .rules)
    var broken = Fixture.brokenRule
    broken.isOn = false
    session.send(.rules([broken]))
    session.type(" ")
    #expect(session.effects.isEmpty)
    #expect(session.screen.contains("it cannot run as it is"))
  }

  @Test func backfillIsAskedForOnceAndShowsHowFarItIs() {
    var session = Session(view: .rules)
    session.type("B")
    #expect(session.effects == [.backfill(Fixture.rule.name)])
    var card = Fixture.rule
    card.backfill = 0.43
    session.send(.rules([card]))
    #expect(session.screen.contains("reading again 43 %"))
    session.type("B")
    #expect(session.effects.count == 1)
    #expect(session.screen.contains("being read again for it already"))
    card.backfill = nil
    card.isOn = false
    session.send(.rules([card]))
    session.type("B")
    #expect(session.effects.count == 1)
    #expect(session.screen.contains("space turns it on"))
  }

  @Test func cardTellsWhatSplunkDropsAndWhatTheTestsSaid() {
    var session = Session(view: .rules)
    #expect(session.screen.contains("running since 12:0"))
    #expect(session.screen.contains("DROPPED"))
    session.press(.enter)
    #expect(session.screen.contains("12 rows Splunk drops: user is null"))
    #expect(session.screen.contains("approximate: 2 regular expressions given up"))
    #expect(session.effects.isEmpty, "tests that have run are not run again")
    var card = Fixture.rule
    card.tests = []
    session.press(.escape)
    session.send(.rules([card]))
    session.press(.enter)
    #expect(session.effects == [.testRule(card.name)])
  }

  @Test func versionBeforeABrokenEditIsSaidToRun() {
    var session = Session(view: .rules)
    session.send(.rules([Fixture.editedRule]))
    #expect(session.screen.contains("old version runs"))
    session.press(.enter)
    session.type("G")
    session.type("g")
    #expect(session.screen.contains("What its file says now cannot run"))
    #expect(session.screen.contains("^^^^^"))
  }
}

/// Tables of searches, and searches that run.
struct SearchTables {
  @Test func tableIsSortedByAnyColumnAndReversed() throws {
    var session = Session(view: .search("index=risk"))
    let table = Fixture.searchResult("index=risk").table
    try #require(table.rows.count > 1)
    func first(_ session: Session) -> [String]? {
      if case .cells(_, let cells)? = session.state.shownPanes[0].lines?[0] { cells } else { nil }
    }
    session.type("S")
    session.press(.enter)
    let once = first(session)
    session.type("S")
    session.press(.enter)
    let twice = first(session)
    #expect(once != nil && once != twice)
    let column = table.rows.map { Wording.cell($0[0]) }
    #expect(Set([once?[0], twice?[0]]) == Set([column.min(), column.max()]))
  }

  @Test func searchThatFindsNothingSaysWhereItLooked() {
    var session = Session(
      view: .search("index=risk"),
      store: { request in
        guard case .search(let search) = request else { return Fixture.answer(request) }
        return .search(
          DrilldownResult(
            title: "", search: search.text, table: Table(columns: ["user"]), note: nil))
      })
    #expect(session.screen.contains("the search found nothing in the last 7 days"))
    #expect(session.screen.contains("t looks further back"))
    session.type("t")
    session.press(.down, .down, .enter)
    #expect(session.screen.contains("the search found nothing"))
    #expect(!session.screen.contains("nothing in the last"))
  }

  @Test func escapeStopsASearchThatReadsFilesThenLeavesIt() {
    var session = Session(store: { request in
      if case .search = request { nil } else { Fixture.answer(request) }
    })
    session.type(":eventName=PutImage")
    session.press(.enter)
    session.send(.searching("reading files, 12 % of 4 MiB", generation: 1_000))
    #expect(!session.screen.contains("12 %"), "another search's progress")
    session.send(.searching("reading files, 12 % of 4 MiB", generation: session.lastGeneration))
    #expect(session.screen.contains("reading files, 12 % of 4 MiB"))
    session.press(.escape)
    #expect(session.effects == [.stopSearch])
    #expect(session.state.view == .search("eventName=PutImage"))
    session.press(.escape)
    #expect(session.state.view == .overview)
  }

  @Test func caretStandsUnderWhatIsWrong() throws {
    var session = Session()
    session.type(":index=notable | stts count")
    let lines = session.screen.split(separator: "\n", omittingEmptySubsequences: false)
    let caret = try #require(lines.firstIndex { $0.contains("^^^^") })
    let column = try #require(lines[caret].firstIndex(of: "^"))
    let offset = lines[caret].distance(from: lines[caret].startIndex, to: column)
    let above = lines[caret - 1]
    #expect(above.dropFirst(offset).hasPrefix("stts"))
    #expect(lines[caret + 1].contains("there is no command 'stts'"))
  }

  @Test func namesThatNothingGoesByAreSaidNotShownEmpty() {
    var session = Session(store: { request in
      if case .userCard = request { .userCard(nil) } else { Fixture.answer(request) }
    })
    session.type(":user deploy-bto")
    session.press(.enter)
    #expect(session.screen.contains("no user 'deploy-bto'; did you mean 'deploy-bot'?"))
    session.type(":rule Container Drif")
    session.press(.enter)
    #expect(session.screen.contains("no rule 'Container Drif'; did you mean 'Container Drift'?"))
  }

  @Test func exportedNumbersAreNumbersAndKeysHaveNoBlanks() throws {
    var session = Session()
    session.press(.backTab)
    session.type("ej")
    session.press(.enter)
    guard case .export(_, _, let table)? = session.effects.last else {
      Issue.record("nothing is exported")
      return
    }
    #expect(table.columns.contains("still_there"))
    let count = try #require(table.columns.firstIndex(of: "count"))
    let areNumbers = table.rows.allSatisfy {
      if case .number = $0[count] { true } else { false }
    }
    #expect(areNumbers)
  }
}
