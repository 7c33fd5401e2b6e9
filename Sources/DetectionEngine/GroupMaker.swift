import Findings
import Streaming

/// Makes groups of what records give, each record once: in memory up to a limit, and beyond it on
/// shelves of which each is then made by another of these.
struct GroupMaker: Sendable {
  private(set) var groups: AdHocGroups
  private(set) var spilled: SpilledGroups?
  private let level: Int
  /// Records that gave something; none are added after a spill.
  private var seen: Set<RecordPrint> = []

  init(_ plan: Plan, level: Int = 0) {
    groups = AdHocGroups(plan)
    self.level = level
  }

  /// What an entry of a set takes.
  private static let recordWeight = 32

  /// About how many bytes a spill would free.
  var weight: Int { spilled == nil ? groups.weight + seen.count * Self.recordWeight : 0 }

  /// Notes a record; false for a copy of one that is known.
  mutating func isNew(_ record: RecordPrint) -> Bool {
    spilled == nil ? seen.insert(record).inserted : !seen.contains(record)
  }

  /// Takes what a record gives, and answers the places of its groups, where they are in memory.
  mutating func add(
    _ contributions: [Contribution], of record: RecordPrint?, event: EventPrint?
  ) throws(ScratchProblem) -> [Int] {
    guard spilled == nil else {
      try spilled?.add(contributions, of: record, event: event)
      return []
    }
    return contributions.map { groups.add($0) }
  }

  /// Takes what a group had come to before.
  mutating func add(_ state: GroupState, of key: GroupKey, isContested: Bool) throws {
    guard spilled == nil else {
      try spilled?.add(state, of: key, isContested: isContested, events: [])
      return
    }
    try groups.add(state, of: key, isContested: isContested)
  }

  mutating func contest(_ places: some Sequence<Int>) { groups.contest(places) }

  /// Moves all groups to shelves, where what still comes goes too; `events` are those of each
  /// group.
  mutating func spill(
    to scratch: any Scratch, events: [Int: [EventPrint]] = [:]
  ) throws(ScratchProblem) {
    var spilled = SpilledGroups(scratch, level: level)
    for (place, group) in groups.list.enumerated() {
      try spilled.add(
        group.state, of: group.key, isContested: groups.contested.contains(place),
        events: events[place] ?? [])
    }
    groups = AdHocGroups(groups.plan)
    self.spilled = spilled
  }

  /// The blocks of each shelf; nil where nothing was spilled.
  mutating func close() throws(ScratchProblem) -> [[Int64]]? { try spilled?.close() }
}
