import CellGrid
import Events
import Findings
import Interface
import Testing

/// Lists that are taken away.
struct Exports {
  private func exported(_ session: Session) -> (ExportFormat, String, Table)? {
    if case .export(let format, let name, let table)? = session.effects.last {
      (format, name, table)
    } else {
      nil
    }
  }

  @Test func wholeListIsExportedUncut() throws {
    var session = Session()
    session.press(.backTab)
    session.type("e")
    session.press(.enter)
    let (format, name, table) = try #require(exported(session))
    #expect(format == .csv)
    #expect(name == "overview-findings.csv")
    #expect(table.rows.count == 4)
    #expect(table.rows[0][0] == "2026-03-04T14:00:11Z")
    #expect(table.columns.contains("repository"))
    guard case .findings(let query)? = session.requests.last else {
      Issue.record("the whole list is not asked for")
      return
    }
    #expect(query.offset == 0 && query.limit > 10_000)
  }

  @Test func tableOfASearchIsExportedAsItIs() throws {
    var session = Session(view: .search("index=risk"))
    session.type("ejj")
    session.press(.enter)
    let (format, _, table) = try #require(exported(session))
    #expect(format == .markdown)
    #expect(table == Fixture.searchResult("index=risk").table)
  }

  @Test func escapeExportsNothing() {
    var session = Session()
    session.type("e")
    session.press(.escape)
    #expect(session.effects.isEmpty && session.state.overlay == nil)
  }
}
