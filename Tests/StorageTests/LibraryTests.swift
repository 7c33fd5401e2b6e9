import Events
import Findings
import TestSupport
import Testing

@testable import Storage

/// Every list and figure against plain loops over the same rows.
@Suite struct LibraryTests {
  /// A store and its model after some commits, with rows changed and withdrawn on the way.
  static func filled(
    seed: UInt64, rows count: Int = 60
  ) throws -> (store: Store, model: NaiveLibrary) {
    let store = try Store.temporary()
    var sample = SampleRows(seed: seed)
    var model = NaiveLibrary()
    for _ in 0..<4 {
      var changes = Changes()
      changes.rows = sample.rows(count)
      for index in model.rows.indices.shuffled(using: &sample.random).prefix(10) {
        model.rows[index].count += 5
        model.rows[index].marks.append("changed")
        changes.rows.append(model.rows[index])
      }
      let changed = Set(changes.rows.dropFirst(count).map(\.id))
      changes.riskEvents =
        sample.riskEvents(of: Array(changes.rows.prefix(count)))
        + model.events.filter { changed.contains($0.row) }
      changes.withdrawn = model.rows.suffix(5).map(\.id).filter { id in
        !changes.rows.contains { $0.id == id }
      }
      try store.commit(changes)
      let gone = Set(changes.withdrawn)
      model.rows.removeAll { gone.contains($0.id) }
      model.events.removeAll { gone.contains($0.row) || changed.contains($0.row) }
      model.rows += changes.rows.prefix(count)
      model.events += changes.riskEvents
    }
    return (store, model)
  }

  static func queries(_ random: inout SplitMix64) -> [Query] {
    let asOf = SampleRows.asOf
    let ranges = [
      TimeRange(from: nil, to: asOf), TimeRange(from: asOf - 86_400, to: asOf),
      TimeRange(from: asOf - 604_800, to: asOf), TimeRange(from: nil, to: asOf + 10_000),
    ]
    let scopes: [[PaneRole: String]] = [
      [:], [.user: "test"], [.user: "(no user)"], [.repository: "e\u{301}quipe"],
      [.image: "sha256:aa", .finding: "CVE-1"], [.repository: "not there"],
    ]
    var queries: [Query] = []
    for range in ranges {
      for scope in scopes {
        let column = SortColumn.allCases.randomElement(using: &random)
        let sort =
          Bool.random(using: &random)
          ? column.map { Sort($0, descending: Bool.random(using: &random)) } : nil
        queries.append(
          Query(
            scope: scope, filter: FilterTests.random(&random, depth: 2), range: range,
            sort: sort, offset: Int.random(in: 0..<4, using: &random),
            limit: Int.random(in: 1..<40, using: &random)))
        queries.append(Query(scope: scope, range: range, sort: sort))
      }
    }
    return queries
  }

  @Test func listsAreWhatPlainLoopsFind() throws {
    for seed in UInt64(1)...4 {
      let (store, model) = try LibraryTests.filled(seed: seed, rows: 40)
      var random = SplitMix64(seed: seed &* 77)
      for query in LibraryTests.queries(&random) {
        let pairs: [(Request, Answer)] = [
          (.overview(query), .overview(model.overview(query))),
          (.repositories(query), .repositories(model.repositories(query))),
          (.images(query), .images(model.images(query))),
          (.findings(query), .findings(model.findings(query))),
          (.users(query), .users(model.users(query))),
          (.sources(query), .sources(model.sources(query))),
          (.rows(query), .rows(model.rows(query))),
        ]
        for (request, expected) in pairs {
          let found = try store.answer(request)
          guard found != expected else { continue }
          Issue.record("seed \(seed)\n\(request)\nfound    \(found)\nexpected \(expected)")
          return
        }
      }
    }
  }

  @Test func everyColumnSortsInBothDirections() throws {
    let (store, model) = try LibraryTests.filled(seed: 21)
    for column in SortColumn.allCases {
      for descending in [false, true] {
        let query = Query(
          range: TimeRange(from: nil, to: SampleRows.asOf),
          sort: Sort(column, descending: descending))
        #expect(
          try store.answer(.repositories(query)) == .repositories(model.repositories(query)),
          "\(column)")
        #expect(try store.answer(.images(query)) == .images(model.images(query)), "\(column)")
        #expect(try store.answer(.findings(query)) == .findings(model.findings(query)), "\(column)")
        #expect(try store.answer(.users(query)) == .users(model.users(query)), "\(column)")
        #expect(try store.answer(.sources(query)) == .sources(model.sources(query)), "\(column)")
        #expect(try store.answer(.rows(query)) == .rows(model.rows(query)), "\(column)")
      }
    }
  }

  @Test func aPageBeyondTheEndStillTellsTheTotal() throws {
    let (store, model) = try LibraryTests.filled(seed: 5)
    let range = TimeRange(from: nil, to: SampleRows.asOf)
    let total = model.rows(Query(range: range)).total
    #expect(total > 100)
    for (offset, limit) in [(10_000, 20), (0, 0)] {
      let answer = try store.answer(.rows(Query(range: range, offset: offset, limit: limit)))
      #expect(answer == .rows(Page(offset: offset, total: total, lines: [])))
    }
  }

  @Test func normalFormsAreTwoRepositories() throws {
    let store = try Store.temporary()
    var sample = SampleRows(seed: 1)
    var changes = Changes()
    for name in ["e\u{301}quipe", "\u{e9}quipe", "nul\0a", "nul\0b"] {
      var row = sample.rows(1)[0]
      row.roles[.repository] = name
      changes.rows.append(row)
    }
    try store.commit(changes)
    let query = Query(range: TimeRange(from: nil, to: SampleRows.asOf + 10_000))
    guard case .repositories(let page) = try store.answer(.repositories(query)) else { return }
    #expect(
      Set(page.lines.map { Text($0.repository) }) == [
        "e\u{301}quipe", "\u{e9}quipe", "nul\0a", "nul\0b",
      ])
  }

  @Test func newestEventIsNotAfterTheClock() throws {
    let (store, model) = try LibraryTests.filled(seed: 9)
    for clock in [SampleRows.asOf, SampleRows.asOf + 9_000, SampleRows.asOf - 700_000] {
      let expected = model.rows.map(\.lastSeen).filter { $0 <= clock }.max()
      #expect(try store.newestEvent(notAfter: clock) == expected)
    }
    #expect(try Store.temporary().newestEvent(notAfter: SampleRows.asOf) == nil)
  }

  @Test func riskEventsComeBackWhole() throws {
    let (store, model) = try LibraryTests.filled(seed: 3)
    let range = TimeRange(from: SampleRows.asOf - 604_800, to: SampleRows.asOf)
    let expected = model.events.filter {
      $0.time >= SampleRows.asOf - 604_800 && $0.time <= SampleRows.asOf
    }.sorted {
      $0.time != $1.time ? $0.time > $1.time : $0.id.digits < $1.id.digits
    }
    #expect(expected.count > 50)
    #expect(try store.riskEvents(in: range) == expected)
  }
}
