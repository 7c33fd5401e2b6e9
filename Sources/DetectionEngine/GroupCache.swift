import Findings

/// The groups that were used last, bounded; any of them may be forgotten and loaded again.
///
/// Two generations: a use moves a group to the young one, and when that is full the old one goes.
struct GroupCache: Sendable {
  private let generation: Int
  private var young: [GroupID: EngineGroup] = [:]
  private var old: [GroupID: EngineGroup] = [:]

  /// At most `limit` groups are kept, and at least half as many of those used last.
  init(limit: Int) { generation = max(1, limit / 2) }

  var count: Int { young.count + old.count }

  func group(_ id: GroupID) -> EngineGroup? { young[id] ?? old[id] }

  mutating func forget(_ id: GroupID) {
    young[id] = nil
    old[id] = nil
  }

  mutating func keep(_ group: EngineGroup, as id: GroupID) {
    old[id] = nil
    young[id] = group
    guard young.count >= generation else { return }
    old = young
    young = [:]
  }
}
