import Events

/// The groups of a `stats` command over rows that are there, by key.
struct Groups {
  private let reduction: Reduction
  private var states: [GroupKey: (state: GroupState, origins: [Int])] = [:]

  init(_ reduction: Reduction) { self.reduction = reduction }

  /// The groups that a row is in: none where a BY field is null.
  func keys(of row: FormulaRow) -> [GroupKey] {
    contributions(of: row, at: 0).map(\.key)
  }

  mutating func add(_ row: TableRow, at index: Int, _ moment: SearchMoment) {
    for one in contributions(of: FormulaRow(row.source, moment), at: index) {
      states[one.key, default: (reduction.emptyState, [])].state.add(one)
      states[one.key]?.origins += row.origins
    }
  }

  func state(of key: GroupKey) -> GroupState { states[key]?.state ?? reduction.emptyState }

  /// By the values of the BY fields, bytewise; without BY there is always one.
  var rows: [TableRow] {
    if reduction.by.isEmpty, states.isEmpty {
      return [
        TableRow(fields: reduction.row(GroupKey([]), reduction.emptyState), key: GroupKey([]))
      ]
    }
    return states.sorted { $0.key < $1.key }.map { key, group in
      TableRow(
        fields: reduction.row(key, group.state), origins: Array(Set(group.origins)).sorted(),
        key: key)
    }
  }

  private func contributions(of row: FormulaRow, at index: Int) -> [Contribution] {
    var contributions: [Contribution] = []
    let place = EventPlace(ordinal: index)
    reduction.reduce(row, record: row.fields, time: nil, place: place, sample: { [:] }) { outcome in
      if case .contribution(let one) = outcome { contributions.append(one) }
    }
    return contributions
  }
}
