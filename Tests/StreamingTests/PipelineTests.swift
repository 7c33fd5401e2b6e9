import Events
import SPL
import Streaming
import TestSupport
import Testing

/// Searches put together at random, over random events.
@Suite struct Pipelines {
  @Test func answerTheSameInAnyOrderAndCuts() throws {
    var rows = 0
    for seed in 0..<UInt64(400) {
      var random = SplitMix64(seed: seed)
      let text = Pipelines.search(using: &random)
      let settings = PlanSettings(
        keepNull: Bool.random(using: &random) ? ["a"] : [],
        derive: Bool.random(using: &random) ? ["b": ["d.x", "a"]] : [:],
        sampleFields: ["t{}"], exact: Int.random(in: 0..<4, using: &random) == 0)
      let plan = try plan(text, settings)
      let events = try (0..<Int.random(in: 0..<15, using: &random)).map { _ in
        try JSONLineFields.event(Pipelines.line(using: &random))
      }
      let whole = Pipelines.groups(events.enumerated().map { $0 }, in: plan)
      var parts: [[(Int, Event)]] = [[]]
      for pair in events.enumerated().shuffled(using: &random) {
        if Int.random(in: 0..<3, using: &random) == 0 { parts.append([]) }
        parts[parts.count - 1].append(pair)
      }
      var merged: [GroupKey: GroupState] = [:]
      for part in parts {
        for (key, state) in Pipelines.groups(part, in: plan) {
          let read = try GroupState(decoding: state.encode())
          try merged[key, default: plan.emptyState].merge(read)
        }
      }
      #expect(merged == whole, "seed \(seed): \(text)")
      let table = plan.table(whole.map { (key: $0.key, state: $0.value) })
      #expect(table.rows.allSatisfy { $0.count == plan.columns.count }, "seed \(seed): \(text)")
      #expect(Set(plan.columns).count == plan.columns.count, "seed \(seed): \(text)")
      rows += table.rows.count
    }
    #expect(rows > 300)
  }

  /// A row that qualifies in a plan of which that stands for good still does after more events.
  @Test func keepRowsThatStandForGood() throws {
    var stood = 0
    for seed in 0..<UInt64(400) {
      var random = SplitMix64(seed: seed)
      let conditions = (0..<2).map { _ in Pipelines.tailCondition(using: &random) }
      let plan = try plan(
        """
        * | stats count min(_time) as first max(_time) as last dc(b) as n values(b) as v by a
        | search \(conditions.joined(separator: [" ", " OR "].randomElement(using: &random) ?? ""))
        """)
      guard plan.rowsStandForGood else { continue }
      var groups: [GroupKey: GroupState] = [:]
      var shown: Set<GroupKey> = []
      for _ in 0..<15 {
        let event = try JSONLineFields.event(Pipelines.line(using: &random))
        for one in contributions(of: event, to: plan) {
          groups[one.key, default: plan.emptyState].add(one)
        }
        let qualifying = groups.filter { plan.row(key: $0.key, state: $0.value) != nil }
        #expect(shown.isSubset(of: qualifying.keys), "seed \(seed): \(conditions)")
        shown = Set(qualifying.keys)
      }
      stood += shown.count
    }
    #expect(stood > 100)
  }

  private static func groups(_ events: [(Int, Event)], in plan: Plan) -> [GroupKey: GroupState] {
    var groups: [GroupKey: GroupState] = [:]
    for (index, event) in events {
      let record = RecordIdentity(eventID: "e\(index)", contentHash: [UInt8(index)])
      plan.contributions(of: event, record: record) { outcome in
        guard case .contribution(let one) = outcome else { return }
        groups[one.key, default: plan.emptyState].add(one)
      }
    }
    return groups
  }

  private static func pick(_ choices: [String], using random: inout SplitMix64) -> String {
    choices[Int.random(in: 0..<choices.count, using: &random)]
  }

  private static func tailCondition(using random: inout SplitMix64) -> String {
    pick(
      [
        "count>2", "count<3", "NOT count>3", "a=x*", "NOT a=y", "first<5", "last>=6", "n>1",
        "n!=2", "v=x", "v=*", "missing=*",
      ], using: &random)
  }

  private static func search(using random: inout SplitMix64) -> String {
    let before = (0..<Int.random(in: 0...4, using: &random)).map { _ in
      pick(
        [
          "search a=* OR b!=y", "search NOT (b=x* c>5)", "search b IN (x, Y*, 7)", "search glob",
          "rename a as b, c as a", "rename d.* as *", "rename * as p.*", "rename missing as b",
          "spath path=f{} output=f", "spath input=f", "spath path=d output=d", "spath",
          "mvexpand f", "mvexpand t{} limit=2", "convert timeformat=\"%H:%M\" ctime(c) as e",
          "search earliest=2 latest=8",
        ], using: &random)
    }
    let by = pick(["", " by a", " by a b", " by t{} b", " by name b", " by f"], using: &random)
    let stats = "stats count min(_time) as first max(c) as hi dc(b) as n values(t{}) as v" + by
    let after = (0..<Int.random(in: 0...3, using: &random)).map { _ in
      pick(
        [
          "search count>1", "search NOT a=x", "rename a as who, n as count", "rename * as q.*",
          "convert ctime(first) as when", "mvexpand v", "stats count values(v) as v by n",
          "spath input=f path=name output=a",
        ], using: &random)
    }
    let middle = Int.random(in: 0..<5, using: &random) == 0 ? [] : [stats] + after
    return (["*"] + before + middle).joined(separator: " | ")
  }

  private static func line(using random: inout SplitMix64) -> String {
    let values = [#""x""#, #""X""#, #""y""#, #""7""#, "7.5", "true", "null", #""""#, #"["x","y"]"#]
    var members = ["a", "b", "c"].map { #""\#($0)":\#(pick(values, using: &random))"# }
    if Bool.random(using: &random) {
      members.append(#""_time":\#(Int.random(in: 0..<10, using: &random))"#)
    }
    members += [
      #""t":[\#(pick([#""p","q","r""#, #""p""#, ""], using: &random))]"#,
      #""d":{"x":\#(pick(values, using: &random)),"b":"glob"}"#,
      #""f":[{"name":"n1","b":"x"},{"name":\#(pick(values, using: &random))}]"#,
    ]
    return "{\(members.joined(separator: ","))}"
  }
}
