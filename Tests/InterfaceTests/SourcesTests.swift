import CellGrid
import Events
import Findings
import Interface
import Testing

/// The files that are read and the records that could not be, as lists.
struct SourcesJourneys {
  private func queries(_ session: Session) -> [Query] {
    session.requests.compactMap { if case .fileLines(let query) = $0 { query } else { nil } }
  }

  @Test func everyFileHasItsCardAndEveryLetterItsHead() {
    var session = Session(Size(width: 120, height: 36))
    session.type("F")
    #expect(session.state.view == .files)
    #expect(session.screen.contains("MISMATCH 1"))
    #expect(session.screen.contains("23,001 dead letters, the newest 10,000 are kept"))
    session.press(.enter)
    #expect(session.state.view == .file(Fixture.fileLines[0].path))
    for text in ["generation", "first record", "c3c3c3", "s3://example-trail", "at byte 88,120"] {
      #expect(session.screen.contains(text), "\(text)")
    }
    session.press(.escape, .tab, .enter)
    #expect(session.state.view == .deadLetter(9))
    #expect(session.screen.contains("^[[2J\\xC0"), "the head is neutralised")
    session.type("s")
    #expect(session.state.view == .file("/var/log/cloudtrail/2026-03-04.json"))
  }

  @Test func whatTheHeaderCutsIsSaidInFull() {
    var session = Session(Size(width: 80, height: 24))
    var report = Fixture.report
    report.problem =
      "no space is left for '/home/ana/.local/state/watchfloor/3f/state.sqlite'; "
      + "make room, nothing that was committed is lost"
    session.send(.report(report))
    session.type("F")
    #expect(session.screen.contains("nothing that was committed is lost"))
    #expect(session.screen.contains("watchfloor/3f/state.sqlite';"))
  }

  @Test func filesAreFilteredByFieldsOfTheirOwn() {
    var session = Session(Size(width: 120, height: 36))
    session.type("F/state=gone size>100 integrity!=verified")
    session.press(.enter)
    #expect(
      queries(session).last?.filter
        == .and([
          .matches(.state, pattern: "gone"), .compares(.size, .greater, number: 100),
          .and([
            .matches(.integrity, pattern: "*"), .not(.matches(.integrity, pattern: "verified")),
          ]),
        ]))
    session.press(.escape)
    #expect(queries(session).last?.filter == .everything)
    session.type("/repository=x")
    #expect(
      session.screen.contains(
        "there is no field 'repository'; try path, state, format, integrity or reason"))
    session.press(.escape)
    session.press(.escape)
    session.type("/state=gone")
    #expect(session.screen.contains("there is no field 'state'"))
  }

  @Test func filesAreSortedByTheirColumns() {
    var session = Session(Size(width: 120, height: 36))
    session.type(":sources")
    session.press(.enter)
    session.type(":sort behind")
    session.press(.enter)
    #expect(queries(session).last?.sort == Sort(.behind, descending: true))
  }

  @Test func aListOfAHundredThousandFilesIsAskedForInPages() {
    let count = 100_000
    var session = Session(
      Size(width: 80, height: 24),
      store: { request in
        guard case .fileLines(let query) = request else { return Fixture.answer(request) }
        let lines = (query.offset..<min(count, query.offset + query.limit)).map {
          Fixture.file("/logs/\($0).json", "lines", "following", 1, 1)
        }
        return .fileLines(Page(offset: query.offset, total: count, lines: lines))
      })
    session.type("F")
    #expect(session.screen.contains("1 of 100,000"))
    session.type("G")
    #expect(session.screen.contains("/logs/99999.json"))
    #expect(queries(session).allSatisfy { $0.limit <= 200 })
  }

  @Test func aRecordLeadsToWhatItAmends() {
    var session = Session(
      Size(width: 120, height: 60), view: .row(RowID(digits: "r2")),
      store: { request in
        guard case .row(var card?) = Fixture.answer(request) else { return Fixture.answer(request) }
        let from = card.records[0].contentHash
        card.links = [
          RecordLink(kind: .amends, from: from, to: [7], name: "e-1", time: Fixture.clock),
          RecordLink(kind: .amendedBy, from: from, to: nil, name: "e-3"),
        ]
        return .row(card)
      })
    session.send(.changed)
    #expect(session.screen.contains("amends e-1  14:02:31"))
    #expect(session.screen.contains("amended by e-3  not kept here"))
    session.type("J")
    session.press(.down, .enter)
    #expect(session.state.view == .record([7]))
    #expect(session.screen.contains("> Record"))
  }

  @Test func theTimeRangeIsNotOfFiles() {
    var session = Session(Size(width: 120, height: 36))
    session.type("Ft")
    #expect(session.screen.contains("this view has no time range"))
  }

  @Test func theHeaderTellsOfChangedAndMissingLogs() {
    var session = Session(
      Size(width: 120, height: 36),
      store: { request in
        guard case .overview = request else { return Fixture.answer(request) }
        var overview = Fixture.overview
        overview.changedFiles = 2
        overview.missingFiles = 1
        return .overview(overview)
      })
    session.send(.changed)
    #expect(session.screen.contains("logs: 2 changed, 1 missing"))
  }
}
