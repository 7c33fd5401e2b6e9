import Events
import Findings
import Streaming

/// The groups of one rule in an ad-hoc run.
struct AdHocRows: Sendable {
  private let plan: Plan
  private var maker: GroupMaker
  /// Which groups an eventID counted in, for records that must be marked when another comes.
  private var byEventID: [EventPrint: [Int]] = [:]
  /// Records that came since groups were spilled.
  private var records: SpilledRecords?
  private var copies = 0
  private var dropped: [Text: Int] = [:]
  private var duplicates = 0
  private var truncated = 0

  /// What a record and its rows came to.
  struct Outcomes: Sendable {
    let table: AdHocTable
    let dropped: [Text: Int]
    let duplicates: Int
    let truncated: Int
  }

  init(_ plan: Plan) {
    self.plan = plan
    maker = GroupMaker(plan)
  }

  /// What an entry of `byEventID` takes.
  private static let eventWeight = 96

  /// About how many bytes a spill would free: none where rows have to be made of all groups.
  var weight: Int {
    plan.rowsAreGroups && records == nil
      ? maker.weight + byEventID.count * Self.eventWeight : 0
  }

  /// Takes what a record gives; with an identity a second copy counts nothing.
  mutating func add(
    _ outcomes: [Outcome], of identity: RecordIdentity?
  ) throws(ScratchProblem) {
    let record = identity.map(RecordPrint.init)
    if let record, !maker.isNew(record) {
      duplicates += 1
      return
    }
    let event = EventPrint(identity)
    let contributions = outcomes.compactMap { contribution(of: $0, isNamed: record != nil) }
    let lost = outcomes.compactMap(\.droppedField)
    let cut = outcomes.count - contributions.count - lost.count
    if let record, records != nil {
      // Whether it is a copy is not known before the end.
      try records?.add(record, event: event, dropped: lost, truncated: cut)
    } else {
      for field in lost { dropped[field, default: 0] += 1 }
      truncated += cut
    }
    let touched = try maker.add(contributions, of: record, event: event)
    guard let event, records == nil else { return }
    if let others = byEventID[event] { maker.contest(others + touched) }
    byEventID[event, default: []] += touched
  }

  private mutating func contribution(of outcome: Outcome, isNamed: Bool) -> Contribution? {
    guard case .contribution(var contribution) = outcome else { return nil }
    if !isNamed, plan.isEvent(contribution.key) {
      // A key of its own for each copy of a listed record, as Splunk lists copies.
      copies += 1
      let number = Value.string(String(copies))
      contribution.key = GroupKey(
        contribution.key.values + [number], part: contribution.key.part)
    }
    return contribution
  }

  /// Moves what there is, and what still comes, out of memory.
  mutating func spill(to scratch: any Scratch) throws(ScratchProblem) {
    var records = SpilledRecords(scratch)
    var events: [Int: [EventPrint]] = [:]
    for (event, places) in byEventID {
      try records.add(earlier: event)
      for place in Set(places) { events[place, default: []].append(event) }
    }
    byEventID = [:]
    self.records = records
    try maker.spill(to: scratch, events: events)
  }

  /// The rows of all that came; `limit` is how many bytes of spilled groups may be in memory.
  mutating func finish(
    withMarks: Bool, scratch: (any Scratch)?, limit: Int
  ) throws(ScratchProblem) -> Outcomes {
    guard let scratch, let shelves = try maker.close() else {
      return Outcomes(
        table: table(withMarks: withMarks), dropped: dropped, duplicates: duplicates,
        truncated: truncated)
    }
    let account = try records?.settle() ?? SpilledRecords.Account()
    let run = SpilledRun(
      plan: plan, scratch: scratch, withMarks: withMarks, contested: account.contested,
      limit: limit)
    let rows = SortedRows(scratch: scratch, runs: try run.runs(of: shelves, level: 0))
    return Outcomes(
      table: AdHocTable(rows, columns: columns(withMarks: withMarks)),
      dropped: dropped.merging(account.dropped, uniquingKeysWith: +),
      duplicates: duplicates + account.duplicates, truncated: truncated + account.truncated)
  }

  private func columns(withMarks: Bool) -> [Text] {
    plan.columns + (withMarks ? [BatchRun.marksColumn] : [])
  }

  /// The search's own rows; with marks a last column of them.
  private func table(withMarks: Bool) -> AdHocTable {
    let groups = maker.groups
    if plan.rowsAreGroups, !groups.list.isEmpty {
      return AdHocTable(
        groups, withMarks: withMarks, columns: columns(withMarks: withMarks),
        order: plan.order(of: groups.list))
    }
    let made = plan.windowTable(groups.list)
    var table = Table(columns: made.columns + (withMarks ? [BatchRun.marksColumn] : []))
    for row in made.rows {
      table.rows.append(row.values + (withMarks ? [groups.marks(ofGroups: row.origins)] : []))
    }
    return AdHocTable(table)
  }
}

extension Outcome {
  fileprivate var droppedField: Text? {
    if case .dropped(let field) = self { field } else { nil }
  }
}
