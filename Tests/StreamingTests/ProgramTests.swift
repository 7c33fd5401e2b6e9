import Diagnostics
import Events
import Streaming
import TestSupport
import Testing

@testable import SPL

/// Every program file, in one go and in parts.
@Suite struct Programs {
  @Test func haveFiles() throws {
    #expect(try Program.all().count >= 250)
  }

  @Test func answerWithTheirRows() throws {
    for program in try Program.all() {
      #expect(program.answer() == program.expected, "\(program.name): \(program.search)")
    }
  }

  @Test func answerTheSameInAnyOrderAndCuts() throws {
    for program in try Program.all() {
      guard case .rows = program.expected else { continue }
      let plan = try program.plan()
      let whole = program.table(of: plan)
      for seed in 0..<UInt64(12) {
        var random = SplitMix64(seed: seed)
        let groups = try program.groups(of: plan, using: &random)
        let table = plan.table(groups)
        #expect(table == whole, "\(program.name), seed \(seed)")
        guard plan.tableStagesAreRowLocal, !groups.isEmpty else { continue }
        let rows = groups.compactMap { plan.row(key: $0.key, state: $0.state) }
        #expect(Set(rows) == Set(table.rows), "\(program.name), seed \(seed)")
      }
    }
  }

  /// So that the page made of them has an example of each.
  @Test func showEveryCommandAndFunctionThatRuns() throws {
    let programs = try Program.all()
    var commands: Set<String> = []
    for program in programs {
      guard case .rows = program.expected else { continue }
      commands.formUnion(try program.tree().allCommands.map(\.name))
    }
    let refused = ["anomalydetection", "iplocation"]
    // Other names of a command, and what its tree is told by.
    let same = ["bucket": "bin", "union": "append"]
    for name in CommandName.supported where !refused.contains(name) {
      #expect(commands.contains(same[name] ?? name), "no program shows \(name)")
    }
    let text = programs.map(\.search).joined(separator: "\n")
    for function in EvalFunction.allCases {
      let isShown = text.contains("\(function.rawValue)(")
      #expect(isShown, "no program shows \(function.rawValue)")
    }
    for name in AggregateFunction.named.keys {
      let isShown = text.contains("\(name)(")
      #expect(isShown, "no program shows \(name)")
    }
  }

  @Test func nameTheFactsThatTheyShow() throws {
    for program in try Program.all() {
      #expect(!program.fact.isEmpty, "\(program.name) begins with the fact it shows")
    }
  }
}

extension Program {
  /// What a run over all events answers.
  fileprivate func answer() -> Expected {
    do {
      var run = BatchRun(try plan(), showsMarks: showsMarks)
      for (index, event) in events.enumerated() { run.add(event, record: identity(of: index)) }
      return .rows(run.finish().lines)
    } catch {
      return .problem(error.diagnostics.map(\.code).joined(separator: " "))
    }
  }

  fileprivate func table(of plan: Plan) -> Table {
    var run = BatchRun(plan)
    for (index, event) in events.enumerated() { run.add(event, record: identity(of: index)) }
    return run.finish()
  }

  /// The groups of the events in random order, cut at random into parts that are written as bytes,
  /// read again and merged in random order.
  fileprivate func groups(
    of plan: Plan, using random: inout SplitMix64
  ) throws
    -> [(key: GroupKey, state: GroupState)]
  {
    var parts: [[GroupKey: GroupState]] = [[:]]
    for index in events.indices.shuffled(using: &random) {
      if Int.random(in: 0..<3, using: &random) == 0 { parts.append([:]) }
      plan.contributions(of: events[index], record: identity(of: index)) { outcome in
        guard case .contribution(let one) = outcome else { return }
        parts[parts.count - 1][one.key, default: plan.emptyState(for: one.key)].add(one)
      }
    }
    var whole: [GroupKey: GroupState] = [:]
    for part in parts.shuffled(using: &random) {
      for (key, state) in part {
        let read = try GroupState(decoding: state.encode())
        let readKey = try GroupKey(decoding: key.bytes)
        try whole[readKey, default: plan.emptyState(for: readKey)].merge(read)
      }
    }
    return whole.map { (key: $0.key, state: $0.value) }
  }
}
