import Events
import Findings

/// Which groups of the windows of a batch are followed, where some have too many.
struct FollowedGroups {
  private let ledger: any Ledger
  /// Groups of a plan that are followed in one window.
  private let limit: Int
  private var sizes: [PlanWindow: WindowSize] = [:]
  private var sizesBefore: [PlanWindow: WindowSize] = [:]

  /// A plan in a window.
  private struct PlanWindow: Hashable {
    let plan: String
    let window: Window

    init(_ id: GroupID) {
      plan = id.plan
      window = id.window
    }
  }

  init(ledger: any Ledger, limit: Int) {
    self.ledger = ledger
    self.limit = limit
  }

  mutating func contains(_ id: GroupID) throws -> Bool {
    let place = PlanWindow(id)
    if let size = sizes[place] { return size.follows(id) }
    let size = try WindowSize(of: id.plan, in: id.window, ledger)
    sizes[place] = size
    sizesBefore[place] = size
    return size.follows(id)
  }

  /// Counts a group that is new.
  mutating func add(_ id: GroupID) { sizes[PlanWindow(id)]?.add() }

  /// What rows of the group's window are marked with.
  func marks(of id: GroupID) -> [String] { sizes[PlanWindow(id)]?.marks ?? [] }

  /// Leaves out groups of windows that have too many; `changed` are the groups of the batch.
  ///
  /// - Returns: The groups that are followed no more, and all that still are in these windows.
  mutating func bound(
    _ changed: some Sequence<GroupID>
  ) throws -> (left: [GroupID], others: Set<GroupID>) {
    var left: [GroupID] = []
    var others: Set<GroupID> = []
    for (place, size) in sizes where size.count > limit {
      var size = size
      let stored = try ledger.groups(of: place.plan, in: place.window).keys.filter(\.isGroup)
      var known = Set(stored).union(changed.filter { PlanWindow($0) == place })
      while size.count > limit {
        let next = size.halve(known)
        known.subtract(next)
        left += next
      }
      sizes[place] = size
      others.formUnion(known)
    }
    return (left, others)
  }

  /// What is to be kept of sizes that are others than before.
  var changes: [GroupID: [UInt8]] {
    var changes: [GroupID: [UInt8]] = [:]
    for (place, size) in sizes where size != sizesBefore[place] {
      changes[WindowSize.id(of: place.plan, in: place.window)] = size.encode()
    }
    return changes
  }

  /// The plans of windows that have come to have too many groups, once for each window.
  var newlyBounded: [String] {
    sizes.compactMap { place, size in
      size.isApproximate && sizesBefore[place]?.isApproximate != true ? place.plan : nil
    }
  }
}
