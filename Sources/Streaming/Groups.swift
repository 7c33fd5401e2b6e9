import Events

/// The groups of a `stats` command, by key.
struct Groups {
  private let reduction: Reduction
  private var states: [GroupKey: GroupState] = [:]

  init(_ reduction: Reduction) { self.reduction = reduction }

  mutating func add(_ contribution: Contribution) {
    states[contribution.key, default: reduction.emptyState].add(contribution)
  }

  /// By the values of the BY fields, bytewise; without BY there is always one.
  var sorted: [(key: GroupKey, state: GroupState)] {
    if reduction.by.isEmpty, states.isEmpty { return [(GroupKey([]), reduction.emptyState)] }
    return states.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
