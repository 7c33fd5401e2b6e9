import Events
import Findings
import Storage

/// Asks a state what the panes ask, and says how long each answer took: by the clock, and of
/// processor time, which a busy machine changes less.
struct Asking {
  var rounds: Int

  private struct Times {
    var wall: [Double] = []
    var processor: [Double] = []

    mutating func measure(_ body: () throws -> Void) rethrows {
      let (wall, processor) = (Clock.wall(), Clock.processor())
      try body()
      self.wall.append(Clock.wall() - wall)
      self.processor.append(Clock.processor() - processor)
    }
  }

  func run(_ directory: String) throws {
    let opened = Clock.wall()
    let store = try Store.open(directory: directory, mode: .viewer)
    let end = try store.newestEvent(notAfter: SyntheticFindings.end) ?? SyntheticFindings.end
    print("open\(Asking.milliseconds([Clock.wall() - opened]))")
    var questions: [(String, Int, () throws -> Void)] = Asking.requests(asOf: end).map {
      name, request in
      (name, rounds, { _ = try store.answer(request) })
    }
    questions.append(("newest event", 1, { _ = try store.newestEvent(notAfter: end) }))
    questions.append(("rule totals", 1, { _ = try store.ruleTotals() }))
    for (name, rounds, ask) in questions {
      var times = Times()
      for _ in 0..<rounds { try times.measure(ask) }
      let padding = String(repeating: " ", count: max(1, 40 - name.count))
      print(
        name + padding + Asking.milliseconds(times.wall) + ", processor"
          + Asking.milliseconds(times.processor))
    }
  }

  /// The median.
  private static func milliseconds(_ times: [Double]) -> String {
    let text = String(Int((times.sorted()[times.count / 2] * 10_000).rounded()))
    let padded = text.count < 2 ? "0" + text : text
    let number = padded.dropLast() + "." + padded.suffix(1)
    return String(repeating: " ", count: max(1, 10 - number.count)) + number + " ms"
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
