import Events
import Findings
import TestSupport
import Testing

@testable import Storage

/// Cards against plain loops over the same rows.
@Suite struct CardTests {
  private let range = TimeRange(from: SampleRows.asOf - 604_800, to: SampleRows.asOf)

  private func chosen(_ model: NaiveLibrary, _ scope: [PaneRole: String]) -> [ResultRow] {
    model.newest(model.chosen(Query(scope: scope, range: range)))
  }

  /// Everywhere, then in each repository that has rows with it, then in one that has none.
  private func scopes(
    _ model: NaiveLibrary, _ role: PaneRole, _ name: String
  ) -> [[PaneRole: String]] {
    let repositories = model.grouped(chosen(model, [role: name])) { $0.roles[.repository] }
    return [[role: name]]
      + (repositories.keys.sorted().map(\.string) + ["elsewhere"]).map {
        [role: name, .repository: $0]
      }
  }

  @Test func imageCardsTellEveryRepositoryOfTheScope() throws {
    let (store, model) = try LibraryTests.filled(seed: 31)
    for image in ["sha256:aa", "sha256:dd", "sha256:none"] {
      for scope in scopes(model, .image, image) {
        // A filter narrows lists but not the card.
        let query = Query(scope: scope, filter: .contains("zzz"), range: range)
        let expected = expectedImage(image, scope, model)
        #expect(try store.answer(.imageCard(query)) == .imageCard(expected), "\(scope)")
      }
    }
    #expect(try store.answer(.imageCard(Query(range: range))) == .imageCard(nil))
  }

  private func expectedImage(
    _ image: String, _ scope: [PaneRole: String], _ model: NaiveLibrary
  ) -> ImageCard? {
    let rows = chosen(model, scope)
    guard !rows.isEmpty else { return nil }
    let names = Set(rows.compactMap { row in row.roles[.repository].map { Text($0) } }).sorted()
    return ImageCard(
      image: image, repositories: names.map(\.string), severities: model.severities(rows),
      account: rows.compactMap { $0.roles[.account] }.first,
      region: rows.compactMap { $0.roles[.region] }.first, firstSeen: model.first(rows),
      lastSeen: model.last(rows))
  }

  @Test func findingCardsTellTheNewestSampleOfTheScope() throws {
    let (store, model) = try LibraryTests.filled(seed: 32)
    for name in ["CVE-1", "cve-1", "CVE-404"] {
      for scope in scopes(model, .finding, name) {
        let query = Query(scope: scope, filter: .contains("zzz"), range: range)
        let expected = expectedFinding(name, scope, model)
        #expect(try store.answer(.findingCard(query)) == .findingCard(expected), "\(scope)")
      }
    }
  }

  private func expectedFinding(
    _ name: String, _ scope: [PaneRole: String], _ model: NaiveLibrary
  ) -> FindingCard? {
    let rows = chosen(model, scope)
    guard let row = rows.first else { return nil }
    let fields = [
      ("description", row.sample["description"]?.text?.string), ("package", row.roles[.package]),
      ("version", row.roles[.version]), ("n", "0.25"), ("uri", "https://example.org/x"),
      ("user_agent", row.sample["user_agent"]?.text?.string),
    ]
    return FindingCard(
      finding: name, severities: model.severities(rows),
      sample: fields.compactMap { name, value in
        value.map { SampleField(name: name, value: $0) }
      }, repositories: model.distinct(rows, .repository), images: model.distinct(rows, .image),
      firstSeen: model.first(rows), lastSeen: model.last(rows))
  }

  @Test func userCardsAddUpWhatTheUserDid() throws {
    for seed in UInt64(33)...36 {
      let (store, model) = try LibraryTests.filled(seed: seed)
      for user in ["test", "TEST", "deploy-bot", "(no user)", "nobody"] {
        for asOf in [SampleRows.asOf, SampleRows.midnight, SampleRows.midnight - 1] {
          let answer = try store.answer(.userCard(user: user, asOf: asOf))
          #expect(
            answer == .userCard(expected(user, asOf, model)),
            "seed \(seed), \(user) at \(asOf.iso8601)")
        }
      }
    }
  }

  private func expected(
    _ user: String, _ asOf: Timestamp, _ model: NaiveLibrary
  ) -> UserCard? {
    let rows = model.chosen(
      Query(scope: [.user: user], range: TimeRange(from: nil, to: asOf)))
    guard !rows.isEmpty else { return nil }
    let events = model.events.filter {
      $0.objectType == "user" && Text($0.object) == Text(user) && $0.time <= asOf
    }
    let week = events.filter { $0.time >= asOf - 604_800 }
    let days = (0..<7).map { index in
      let date = (asOf - Int64(6 - index) * 86_400).date
      return events.filter { $0.time.date == date }.map(\.score).reduce(0, +)
    }
    return UserCard(
      user: user, risk24h: model.risk(user, since: asOf - 86_400, asOf),
      risk7d: week.map(\.score).reduce(0, +), distinct7d: distinct(week, model), days: days,
      tactics: tallies(events.map { $0.fields["annotations.mitre_attack.mitre_tactic"] ?? .null }),
      sources: tallies(rows, .source),
      userAgents: tallies(rows.map { $0.sample["user_agent"] ?? .null }),
      accounts: tallies(rows, .account), sessions: tallies(rows, .session), rules: rules(rows),
      firstSeen: model.first(rows), lastSeen: model.last(rows))
  }

  private func distinct(_ events: [RiskEvent], _ model: NaiveLibrary) -> Int {
    var scores: [[String]: Int] = [:]
    for event in events {
      guard let row = model.rows.first(where: { $0.id == event.row }) else { continue }
      let key = [row.rule, row.finding.digits, row.roles[.image] ?? "-"]
      scores[key] = max(scores[key] ?? 0, event.score)
    }
    return scores.values.reduce(0, +)
  }

  private func rules(_ rows: [ResultRow]) -> [UserRule] {
    Dictionary(grouping: rows, by: \.rule).map { rule, rows in
      let starts = rows.map(\.window.start)
      return UserRule(
        rule: rule, rows: rows.count, earliest: starts.min() ?? SampleRows.asOf,
        latest: (starts.max() ?? SampleRows.asOf) + Window.length)
    }.sorted { $0.rule < $1.rule }
  }

  private func tallies(_ rows: [ResultRow], _ role: PaneRole) -> [Tally] {
    tallies(rows.map { row in row.roles[role].map { .string($0) } ?? .null })
  }

  private func tallies(_ values: [Value]) -> [Tally] {
    var counts: [String: Int] = [:]
    for one in values.flatMap(\.each) { counts[one.text?.string ?? "", default: 0] += 1 }
    return counts.map { Tally(name: $0.key, count: $0.value) }
      .sorted { $0.count != $1.count ? $0.count > $1.count : $0.name < $1.name }
  }
}
