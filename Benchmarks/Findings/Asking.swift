import Events
import Findings
import Storage

/// Asks a state what the panes ask, and says how long each answer took.
struct Asking {
  var rounds: Int

  func run(_ directory: String) throws {
    let opened = Clock.wall()
    let store = try Store.open(directory: directory, mode: .viewer)
    let end = SyntheticFindings.end
    print(line("open", [Clock.wall() - opened]))
    for (name, request) in Asking.requests(asOf: end) {
      var times: [Double] = []
      for _ in 0..<rounds {
        let start = Clock.wall()
        _ = try store.answer(request)
        times.append(Clock.wall() - start)
      }
      print(line(name, times))
    }
    for (name, ask) in [
      ("newest event", { _ = try store.newestEvent(notAfter: end) }),
      ("rule totals", { _ = try store.ruleTotals() }),
    ] as [(String, () throws -> Void)] {
      let start = Clock.wall()
      try ask()
      print(line(name, [Clock.wall() - start]))
    }
  }

  private func line(_ name: String, _ times: [Double]) -> String {
    let median = times.sorted()[times.count / 2] * 1_000
    let text = String(Int((median * 10).rounded()))
    let padded = text.count < 2 ? "0" + text : text
    return name + String(repeating: " ", count: max(1, 44 - name.count))
      + padded.dropLast() + "." + padded.suffix(1) + " ms"
  }

  static func requests(asOf end: Timestamp) -> [(String, Request)] {
    let ranges = [
      ("7d", TimeRange(from: end - 7 * 86_400, to: end)), ("all", TimeRange(from: nil, to: end)),
    ]
    return ranges.flatMap { name, range in
      lists(range).map { ("\($0), \(name)", $1) }
    } + [("user card", .userCard(user: "user-7", asOf: end))]
  }

  private static func lists(_ range: TimeRange) -> [(String, Request)] {
    let plain = Query(range: range)
    var shown = plain
    shown.filter = .or([
      .matches(.severity, pattern: "CRITICAL"), .matches(.severity, pattern: "HIGH"),
    ])
    var narrow = plain
    narrow.filter = .contains("openssl")
    var package = plain
    package.filter = .matches(.package, pattern: "package-1*")
    var deep = plain
    deep.offset = 100_000
    var repository = plain
    repository.scope = [.repository: "team-1/service-1"]
    var user = plain
    user.scope = [.user: "user-7"]
    var sorted = plain
    sorted.sort = Sort(.severity, descending: true)
    var named = plain
    named.sort = Sort(.name, descending: false)
    var counted = plain
    counted.sort = Sort(.count, descending: true)
    return [
      ("overview", .overview(plain)), ("overview, CRITICAL or HIGH", .overview(shown)),
      ("repositories", .repositories(plain)), ("users", .users(plain)),
      ("findings", .findings(plain)), ("findings, CRITICAL or HIGH", .findings(shown)),
      ("findings, a word that is nowhere", .findings(narrow)),
      ("findings, package-1*", .findings(package)), ("findings from 100,000", .findings(deep)),
      ("findings by severity", .findings(sorted)), ("findings by name", .findings(named)),
      ("findings by count", .findings(counted)),
      ("findings of a repository", .findings(repository)),
      ("findings of a user", .findings(user)), ("images", .images(plain)),
      ("images of a repository", .images(repository)), ("sources", .sources(plain)),
      ("rows", .rows(plain)), ("timeline", .timeline(plain)), ("attack", .attack(range)),
    ]
  }
}
