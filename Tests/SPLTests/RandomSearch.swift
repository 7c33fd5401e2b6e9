import TestSupport

@testable import SPL

/// Draws searches that a compiler could have made, with all that names and values can hold.
struct RandomSearch {
  private var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  mutating func commands() -> [Command] {
    let first: Command = chance(5) ? .from(.allRisk) : search()
    return [first] + list(0...4) { $0.command() }
  }

  mutating func predicate(_ depth: Int = 3) -> Predicate {
    switch below(depth > 0 ? 8 : 4) {
    case 0: return .term(pattern())
    case 1: return .within(name(), list(1...3) { $0.pattern() })
    case 2, 3: return comparison()
    case 4: return .not(predicate(depth - 1))
    case 5: return .conjunction(list(2...3) { $0.predicate(depth - 1) })
    case 6: return .disjunction(list(2...3) { $0.predicate(depth - 1) })
    default: return .everything
    }
  }

  private mutating func comparison() -> Predicate {
    if chance(3) {
      return .compare(name(), pick([.less, .greaterOrEqual]), Pattern(literal: text()))
    }
    return .compare(name(), pick([.equal, .notEqual]), pattern())
  }

  private mutating func search() -> Command {
    var times = TimeModifiers.none
    if chance(4) { times.earliest = bound() }
    if chance(4) { times.latest = bound() }
    if chance(4) { times.startHoursAgo = below(500) }
    return .search(predicate(), times)
  }

  private mutating func bound() -> TimeBound {
    if chance(2) { return .epoch(Int64(below(2_000_000_000))) }
    let steps: [RelativeTime.Step] = [
      .shift(Int64(below(200_000)) - 100_000, pick(TimeUnit.allCases)),
      .snap(pick(TimeUnit.allCases)), .snapToWeekday(1 + below(6)),
    ]
    return .relative(RelativeTime(list(0...3) { $0.pick(steps) }))
  }

  private mutating func command() -> Command {
    switch below(6) {
    case 0: return search()
    case 1:
      let path = chance(2) ? pick(["a", "a.b{}.c", "x{0}{}", "na me.b", "input"]) : nil
      let output = path != nil && chance(2) ? name() : nil
      return .spath(Spath(input: chance(2) ? name() : nil, output: output, path: path))
    case 2: return .multivalueExpand(field: name(), limit: chance(2) ? 1 + below(9) : nil)
    case 3:
      return .rename(list(1...3) { $0.chance(3) ? $0.wildcardRenaming() : $0.plainRenaming() })
    case 4: return .stats(stats())
    default:
      let format = chance(2) ? text() : Convert.defaultTimeFormat
      return .convert(
        Convert(
          timeFormat: format,
          conversions: list(1...3) { Conversion(field: $0.name(), as: $0.name()) }))
    }
  }

  private mutating func wildcardRenaming() -> Renaming {
    Renaming(from: pick(["a.*", "*", "x* y"]), to: pick(["*", "b *", "as*"]))
  }

  private mutating func plainRenaming() -> Renaming {
    Renaming(from: starless(), to: starless())
  }

  private mutating func starless() -> String {
    let text = name().unicodeScalars.filter { $0 != "*" }
    return text.isEmpty ? "as" : String(String.UnicodeScalarView(text))
  }

  private mutating func stats() -> Stats {
    var columns: Set<String> = []
    let aggregates = list(1...3) { source -> Aggregate in
      let function: AggregateFunction = source.pick([.count, .min, .max, .values, .distinctCount])
      let field = function == .count && source.chance(2) ? nil : source.name()
      let usual = function.name + (field.map { "(\($0))" } ?? "")
      return Aggregate(function, field, as: source.chance(2) ? usual : source.name())
    }.filter { columns.insert($0.name).inserted }
    return Stats(
      aggregates: aggregates,
      by: list(0...3) { $0.name() }.filter {
        columns.insert($0).inserted
      })
  }

  // MARK: Words

  private static let words = [
    "a", "b.c", "a{}.b", "by", "as", "AND", "NOT", "IN", "or", "TERM", "earliest", "x y", "_time",
    "\"", "\\", "\\\\\"", "*", "|", "`m`", "a*b", "é", "🙂", "=", "limit", "[x]", "$u$", "\n", "'",
    "```", "%original_detection_search%", "\\u{2a}", "search", ",", "(", "count", "-7d@d", "!=",
    "*\u{301}", "\u{301}", "\r\n", "\u{0}",
  ]

  private mutating func name() -> String {
    chance(4) ? pick(Self.words) + pick(Self.words) : pick(Self.words)
  }

  private mutating func text() -> String { chance(8) ? "" : name() }

  /// Never only stars: as a term that is `everything`.
  private mutating func pattern() -> Pattern {
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
