import Events
import SPL
import Streaming
import TestSupport
import Testing

/// Plans against the naive search, over random searches and events, in any order and cuts.
@Suite struct NaiveComparison {
  @Test func agreesWhateverTheOrderAndTheCuts() throws {
    var compared = 0
    for seed in 0..<UInt64(1500) {
      var random = SplitMix64(seed: seed)
      let text = Self.pipeline(using: &random)
      let tree = try search(text)
      let events = (0..<Int.random(in: 0..<14, using: &random)).map { name in
        (time: Int.random(in: 0..<6, using: &random), name: name, fields: Self.row(using: &random))
      }
      let naive = try #require(
        NaiveSearch.rows(of: tree, over: NaiveSearch.inOrder(events)), "\(text)")
      let plan = try Plan(tree, settings: PlanSettings(listsRaw: false))
      let table = plan.windowTable(try Self.groups(events, in: plan, using: &random))
      let rows = table.rows.map { row in
        Dictionary(
          uniqueKeysWithValues: zip(table.columns, row.values).compactMap { column, value in
            value.text.map { (column.string, $0.string) }
          })
      }
      let columns = Set(table.columns.map(\.string))
      let shown = naive.map { row in row.filter { columns.contains($0.key) } }
      #expect(rows == shown, "seed \(seed): \(text)")
      #expect(Set(table.rows.map(\.key)).count == table.rows.count, "seed \(seed): \(text)")
      compared += rows.count
    }
    #expect(compared > 1500)
  }

  /// The groups of events that come in random order and parts, each part written and read again.
  private static func groups(
    _ events: [(time: Int, name: Int, fields: [String: String])], in plan: Plan,
    using random: inout SplitMix64
  ) throws -> [(key: GroupKey, state: GroupState)] {
    var whole: [GroupKey: GroupState] = [:]
    for event in events.shuffled(using: &random) {
      let fields = Dictionary(
        uniqueKeysWithValues: event.fields.map { (Text($0), Value.string($1)) })
      let record = RecordIdentity(eventID: nil, contentHash: [UInt8(event.name)])
      let own = Event(
        time: Timestamp(seconds: Int64(event.time)), fields: ListedFields(fields))
      var part: [GroupKey: GroupState] = [:]
      plan.contributions(of: own, record: record) { outcome in
        guard case .contribution(let one) = outcome else { return }
        let empty = plan.emptyState(for: one.key)
        part[one.key, default: empty].add(one)
      }
      for (key, state) in part {
        let read = try GroupState(decoding: state.encode())
        let empty = plan.emptyState(for: key)
        try whole[try GroupKey(decoding: key.bytes), default: empty].merge(read)
      }
      guard Bool.random(using: &random) else { continue }
      whole = try whole.mapValues { try GroupState(decoding: $0.encode()) }
    }
    return whole.map { (key: $0.key, state: $0.value) }.shuffled(using: &random)
  }

  private static func row(using random: inout SplitMix64) -> [String: String] {
    var row: [String: String] = [:]
    for (field, values) in [
      ("a", ["x", "y", "Z"]), ("b", ["x", "w"]), ("n", ["1", "2", "7", "30"]),
    ]
    where Int.random(in: 0..<5, using: &random) > 0 {
      row[field] = values.randomElement(using: &random)
    }
    return row
  }

  private static func pipeline(using random: inout SplitMix64) -> String {
    func pick(_ choices: [String]) -> String { choices.randomElement(using: &random) ?? "" }
    let aggregates = "count dc(a) as d first(n) as f last(n) as l list(a) as i values(b) as v"
    let numbers = "sum(n) as s median(n) as m range(n) as r latest(a) as t earliest(b) as e"
    var stages = (0..<Int.random(in: 0...3, using: &random)).map { _ in
      pick([
        "search a=x", "where n>1", "dedup a", "dedup a b", "head 5", "tail 4", "reverse",
        "eventstats count as c sum(n) as s by a", "streamstats count as k last(n) as p by b",
        "fillnull value=0 n", "fillnull value=none",
      ])
    }
    stages.append("stats \(pick([aggregates, numbers])) by \(pick(["a", "b", "a b"]))")
    stages += (0..<Int.random(in: 0...2, using: &random)).map { _ in
      pick([
        "where count>1", "eventstats count as c", "head 2", "reverse", "dedup a",
        "append [search b=x | stats count by a]", "stats count by a",
      ])
    }
    return (["*"] + stages).joined(separator: " | ")
  }
}
