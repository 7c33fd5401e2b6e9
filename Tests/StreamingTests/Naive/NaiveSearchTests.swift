import Events
import SPL
import Streaming
import TestSupport
import Testing

/// Plans against the naive search, over random searches and events, in any order and cuts.
@Suite struct NaiveComparison {
  @Test func agreesWhateverTheOrderAndTheCuts() throws {
    var compared = 0
    for seed in 0..<UInt64(2500) {
      var random = SplitMix64(seed: seed)
      let text = NaivePipelines.search(using: &random)
      let tree = try search(text)
      let events = (0..<Int.random(in: 0..<14, using: &random)).map { name in
        NaivePipelines.event(name, using: &random)
      }
      let lookups = try NaivePipelines.tables()
      var naive = NaiveSearch(
        NaivePipelines.inOrder(events), settings: PlanSettings(listsRaw: false),
        tables: NaivePipelines.lines)
      let expected = try naive.rows(of: tree)
      let plan = try Plan(tree, settings: PlanSettings(listsRaw: false), lookups: lookups)
      let table = plan.windowTable(try Self.groups(events, in: plan, using: &random))
      let difference = NaiveDifference(Table(table), expected, isClosed: true)
      #expect(difference == nil, "seed \(seed): \(text)")
      #expect(Set(table.rows.map(\.key)).count == table.rows.count, "seed \(seed): \(text)")
      compared += table.rows.count
    }
    #expect(compared > 2500)
  }

  /// Every program that gives rows, but for those that show what is only ours.
  @Test func agreesOnThePrograms() throws {
    var compared = 0
    var unknown: [String] = []
    for program in try Program.all() {
      guard case .rows = program.expected else { continue }
      let tree = try program.tree()
      let plan = try program.plan()
      var run = BatchRun(plan)
      for (index, event) in program.events.enumerated() {
        run.add(event, record: program.identity(of: index))
      }
      let events = program.events.enumerated().map { NaivePipelines.Named(name: $0, event: $1) }
      var naive = NaiveSearch(
        NaivePipelines.inOrder(events, index: plan.source), settings: program.settings,
        tables: program.lookups.lines)
      do {
        let expected = try naive.rows(of: tree)
        let isClosed = tree.stages.contains { $0.command.scope == .group }
        let difference = NaiveDifference(run.finish(), expected, isClosed: isClosed)
        #expect(difference == nil, "\(program.name): \(program.search)")
        compared += 1
      } catch let gap as NaiveSearch.Gap {
        unknown.append("\(program.name): \(gap.what)")
      }
    }
    #expect(compared >= 280)
    #expect(unknown.count <= 8, "\(unknown)")
  }

  /// The groups of events that come in random order and parts, each part written and read again,
  /// as after a kill.
  private static func groups(
    _ events: [NaivePipelines.Named], in plan: Plan, using random: inout SplitMix64
  ) throws -> [(key: GroupKey, state: GroupState)] {
    var whole: [GroupKey: GroupState] = [:]
    for one in events.shuffled(using: &random) {
      var part: [GroupKey: GroupState] = [:]
      let record = RecordIdentity(eventID: nil, contentHash: [UInt8(one.name)])
      plan.contributions(of: one.event, record: record) { outcome in
        guard case .contribution(let contribution) = outcome else { return }
        let empty = plan.emptyState(for: contribution.key)
        part[contribution.key, default: empty].add(contribution)
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
}

/// Where the rows of a plan are not the naive ones.
struct NaiveDifference: Equatable, CustomStringConvertible {
  var plan: [String]
  var naive: [String]

  /// Nil where they agree.
  ///
  /// Of a search that says what its columns are no field may be missing; else
  /// only the shown columns are compared.
  init?(_ table: Table, _ rows: [NaiveSearch.Row], isClosed: Bool) {
    let columns = table.columns
    plan = table.rows.map { Self.line(Dictionary(zip(columns, $0), uniquingKeysWith: { $1 })) }
    naive = rows.map { row in
      // The record is kept only where something asks for it.
      let fields = row.fields.filter { $0.key != "_raw" || columns.contains("_raw") }
      return Self.line(isClosed ? fields : row.fields.filter { columns.contains($0.key) })
    }
    if plan == naive { return nil }
  }

  private static func line(_ row: [Text: Value]) -> String {
    row.filter { !$0.value.isNull }.sorted { $0.key < $1.key }
      .map { "\($0.string)=\(written($1))" }.joined(separator: " ")
  }

  /// Numbers apart from texts.
  private static func written(_ value: Value) -> String {
    switch value {
    case .null: "null"
    case .text(let text): "\"\(text.string)\""
    case .number(let number): number.description
    case .many(let values): "[\(values.map(written).joined(separator: ", "))]"
    }
  }

  var description: String {
    "plan:\n  \(plan.joined(separator: "\n  "))\nnaive:\n  \(naive.joined(separator: "\n  "))"
  }
}

extension Table {
  fileprivate init(_ table: WindowTable) {
    self.init(columns: table.columns, rows: table.rows.map(\.values))
  }
}
