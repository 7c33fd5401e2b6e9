import Diagnostics
import TestSupport

@testable import SPL

/// Draws searches that a compiler could have made, with all that names and values can hold.
struct RandomSearch {
  private var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  mutating func commands() -> [Command] {
    [chance(3) ? generating() : search()] + list(0...4) { $0.command() }
  }

  /// A search for brackets.
  mutating func inner() -> Search {
    let commands = [search()] + list(0...1) { $0.command(nests: false) }
    return Search(stages: commands.map { Stage($0, span: SourceSpan(0..<0)) })
  }

  mutating func predicate(_ depth: Int = 3) -> Predicate {
    switch below(depth > 0 ? 10 : 4) {
    case 0: return .term(pattern())
    case 1: return .within(name(), list(1...3) { $0.pattern() })
    case 2, 3: return comparison()
    case 4: return .not(predicate(depth - 1))
    case 5: return .conjunction(list(2...3) { $0.predicate(depth - 1) })
    case 6: return .disjunction(list(2...3) { $0.predicate(depth - 1) })
    case 7: return .compareCase(name(), pick([.equal, .notEqual]), pattern())
    case 8: return chance(2) ? .termCase(pattern()) : .wholeTerm(pattern())
    default: return .everything
    }
  }

  private mutating func comparison() -> Predicate {
    if chance(3) {
      return .compare(name(), pick([.less, .greaterOrEqual]), Pattern(literal: text()))
    }
    return .compare(name(), pick([.equal, .notEqual]), pattern())
  }

  mutating func search() -> Command {
    var times = TimeModifiers.none
    if chance(4) { times.earliest = bound() }
    if chance(4) { times.latest = bound() }
    if chance(4) { times.startHoursAgo = below(500) }
    if chance(4) { times.endHoursAgo = below(500) }
    return .search(predicate(), times)
  }

  mutating func bound() -> TimeBound {
    if chance(2) { return .epoch(Int64(below(2_000_000_000))) }
    let steps: [RelativeTime.Step] = [
      .shift(Int64(below(200_000)) - 100_000, pick(TimeUnit.allCases)),
      .snap(pick(TimeUnit.allCases)), .snapToWeekday(1 + below(6)),
    ]
    return .relative(RelativeTime(list(0...3) { $0.pick(steps) }))
  }

  // MARK: Words

  private static let words = [
    "a", "b.c", "a{}.b", "by", "as", "AND", "NOT", "IN", "or", "TERM", "earliest", "x y", "_time",
    "\"", "\\", "\\\\\"", "*", "|", "`m`", "a*b", "é", "🙂", "=", "limit", "[x]", "$u$", "\n", "'",
    "```", "%original_detection_search%", "\\u{2a}", "search", ",", "(", "count", "-7d@d", "!=",
    "*\u{301}", "\u{301}", "\r\n", "\u{0}",
  ]

  mutating func name() -> String {
    chance(4) ? pick(Self.words) + pick(Self.words) : pick(Self.words)
  }

  mutating func text() -> String { chance(8) ? "" : name() }

  /// Never only stars: as a term that is `everything`.
  mutating func pattern() -> Pattern {
    let runs = list(1...3) { $0.text() }
    return runs.allSatisfy(\.isEmpty) ? Pattern(literal: "x") : Pattern(runs: runs)
  }

  mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }

  mutating func chance(_ one: Int) -> Bool { below(one) == 0 }

  mutating func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }

  mutating func list<Item>(
    _ counts: ClosedRange<Int>, _ draw: (inout RandomSearch) -> Item
  ) -> [Item] {
    var items: [Item] = []
    for _ in 0..<Int.random(in: counts, using: &random) { items.append(draw(&self)) }
    return items
  }
}
