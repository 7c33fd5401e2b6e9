import Events
import Findings
import Testing

@testable import Storage

/// A user's sessions against plain loops over the same rows.
@Suite struct SessionTests {
  @Test func sessionsAreApartByAccountAndAddUp() throws {
    for seed in UInt64(51)...53 {
      let (store, model) = try LibraryTests.filled(seed: seed)
      for user in ["test", "deploy-bot", "nobody"] {
        let query = Query(scope: [.user: user], range: TriageTests.all.range)
        guard case .sessions(let page) = try store.answer(.sessions(query)) else {
          Issue.record("there is a page")
          return
        }
        let groups = Dictionary(grouping: model.chosen(query)) {
          [$0.roles[.session], $0.roles[.account]]
        }
        #expect(page.total == groups.count, "seed \(seed), \(user)")
        for line in page.lines {
          let rows = groups[[line.session, line.account]] ?? []
          let ids = Set(rows.map(\.id))
          let risk = model.events.filter { ids.contains($0.row) && $0.object == user }
          let expected = SessionLine(
            user: user, session: line.session, account: line.account, rows: rows.count,
            risk: risk.map(\.score).reduce(0, +), sources: model.distinct(rows, .source),
            firstSeen: model.first(rows), lastSeen: model.last(rows))
          #expect(line == expected, "seed \(seed), \(user)")
        }
        #expect(page.lines.map(\.lastSeen) == page.lines.map(\.lastSeen).sorted(by: >))
      }
    }
  }
}
