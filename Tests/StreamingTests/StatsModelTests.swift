import Diagnostics
import Events
import SPL
import Streaming
import TestSupport
import Testing

/// `stats` against a naive version that has all events in a list.
@Suite struct StatsModel {
  private static let span = SourceSpan(0..<0)
  private static let fields: [Text] = ["a", "b", "c"]

  @Test func agreesOnRandomEvents() throws {
    for seed in 0..<UInt64(150) {
      var random = SplitMix64(seed: seed)
      let events = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
        StatsModel.event(using: &random)
      }
      let stats = StatsModel.stats(using: &random)
      let plan = try Plan(
        Search(stages: [
          Stage(.search(.everything, .none), span: StatsModel.span),
          Stage(.stats(stats), span: StatsModel.span),
        ]))
      var groups: [GroupKey: GroupState] = [:]
      for event in events.shuffled(using: &random) {
        for one in contributions(of: Event(time: nil, fields: ListedFields(event)), to: plan) {
          groups[one.key, default: plan.emptyState].add(one)
        }
      }
      let table = plan.table(groups.map { (key: $0.key, state: $0.value) })
      #expect(table.rows == StatsModel.naive(stats, events), "seed \(seed): \(stats)")
    }
  }

  private static func event(using random: inout SplitMix64) -> [Text: Value] {
    let pool: [Value] = [
      .null, "", "x", "X", "10", "9", "9.5", "é", .number(.whole(9)), .many(["x", "y"]),
      .many(["7", "x", "x"]), .many(["7", "8"]),
    ]
    return Dictionary(
      uniqueKeysWithValues: fields.map { ($0, pool[Int.random(in: 0..<12, using: &random)]) })
  }

  private static func stats(using random: inout SplitMix64) -> Stats {
    let by = ["a", "b"].shuffled(using: &random).prefix(Int.random(in: 0...2, using: &random))
    let functions: [AggregateFunction] = [.count, .distinctCount, .values, .min, .max]
    let aggregates = functions.map { function in
      Aggregate(function, function == .count ? nil : "c", as: function.name)
    }
    return Stats(aggregates: aggregates + [Aggregate(.count, "c", as: "n")], by: Array(by))
  }

  private static func naive(_ stats: Stats, _ events: [[Text: Value]]) -> [[Value]] {
    var members: [[Text]: [[Text: Value]]] = stats.by.isEmpty ? [[]: []] : [:]
    for event in events {
      var keys: [[Text]] = [[]]
      for field in stats.by {
        let values = Set((event[Text(field)] ?? .null).each.compactMap(\.text))
        keys = keys.flatMap { key in values.map { key + [$0] } }
      }
      for key in keys { members[key, default: []].append(event) }
    }
    return members.keys.sorted { $0.lexicographicallyPrecedes($1) }.map { key in
      key.map(Value.text) + stats.aggregates.map { naive($0, members[key] ?? []) }
    }
  }

  private static func naive(_ aggregate: Aggregate, _ events: [[Text: Value]]) -> Value {
    guard let field = aggregate.field else { return .number(.whole(Int64(events.count))) }
    let values = events.flatMap { ($0[Text(field)] ?? .null).each }
    let texts = values.compactMap(\.text)
    let numbers = values.compactMap(\.number)
    let areNumbers = numbers.count == values.count
    return switch aggregate.function {
    case .count: .number(.whole(Int64(values.count)))
    case .distinctCount: .number(.whole(Int64(Set(texts).count)))
    case .values: Value(Set(texts).sorted().map(Value.text))
    case .min: (areNumbers ? numbers.min().map(Value.number) : texts.min().map(Value.text)) ?? .null
    case .max: (areNumbers ? numbers.max().map(Value.number) : texts.max().map(Value.text)) ?? .null
    default: .null
    }
  }
}
