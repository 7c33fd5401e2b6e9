import Events
import Findings
import Streaming

/// Makes rows of groups that did not fit into memory: shelf by shelf, each a run of rows in their
/// order.
struct SpilledRun: Sendable {
  let plan: Plan
  let scratch: any Scratch
  let withMarks: Bool
  /// EventIDs that several records bear.
  let contested: Set<EventPrint>
  /// Bytes of groups that may be in memory.
  let limit: Int

  /// How often a shelf is shared out anew: beyond it are only groups too large to be apart.
  private static let mostLevels = 5

  /// The rows of all shelves.
  func runs(of shelves: [[Int64]], level: Int) throws(ScratchProblem) -> [SortedRows.Run] {
    var runs: [SortedRows.Run] = []
    for blocks in shelves where !blocks.isEmpty {
      var shelf = ShelfReading(GroupMaker(plan, level: level + 1), contested)
      try scratch.readBack(blocks) { reader in
        try shelf.take(&reader)
        if shelf.maker.weight > limit, level < Self.mostLevels {
          try shelf.maker.spill(to: scratch)
        }
      }
      try shelf.settle()
      if let shelves = try shelf.maker.close() {
        runs += try self.runs(of: shelves, level: level + 1)
      } else {
        runs.append(try run(of: shelf.maker.groups))
      }
    }
    return runs
  }

  private func run(of groups: AdHocGroups) throws(ScratchProblem) -> SortedRows.Run {
    var writing = SortedRows.Writing(scratch)
    for place in plan.order(of: groups.list) {
      guard let row = groups.row(ofGroup: place, withMarks: withMarks) else { continue }
      try writing.add(SortedRows.Row(key: groups.list[place].key, values: row))
    }
    return try writing.close()
  }
}

/// A shelf on its way into memory.
private struct ShelfReading {
  var maker: GroupMaker
  private let contested: Set<EventPrint>
  private var entries = SpilledGroups.Entries()
  /// A record's contributions, which are taken together or not at all.
  private var waiting: [Contribution] = []
  private var record: RecordPrint?
  private var event: EventPrint?

  init(_ maker: GroupMaker, _ contested: Set<EventPrint>) {
    self.maker = maker
    self.contested = contested
  }

  mutating func take(_ reader: inout BlockReader) throws {
    switch try entries.next(&reader) {
    case .contribution(let one, let record, let event, let isFirst):
      if isFirst {
        try settle()
        (self.record, self.event) = (record, event)
      }
      waiting.append(one)
    case .state(let state, let key, let isContested, let events):
      try maker.add(
        state, of: key, isContested: isContested || events.contains(where: contested.contains))
    }
  }

  /// Takes what waits.
  mutating func settle() throws(ScratchProblem) {
    guard !waiting.isEmpty else { return }
    defer { waiting.removeAll(keepingCapacity: true) }
    if let record, !maker.isNew(record) { return }
    let places = try maker.add(waiting, of: record, event: event)
    if let event, contested.contains(event) { maker.contest(places) }
  }
}
