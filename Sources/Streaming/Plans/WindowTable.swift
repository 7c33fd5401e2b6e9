package import Events

/// The rows of one window, made of all its groups together.
package struct WindowTable: Sendable {
  package struct Row: Sendable {
    /// The BY values of the last `stats`, else what names the event; told apart by a number where
    /// rows share them.
    package var key: GroupKey
    /// As long as the table's columns.
    package var values: [Value]
    /// Indices of the groups that the row stands on; none for a row that no event made.
    package var origins: [Int]
  }

  package var columns: [Text]
  package var rows: [Row]
  /// Lookup tables as the search leaves them; they are for the caller to keep.
  package var writes: [TableWrite]
}

extension Plan {
  /// The rows of all groups of a window, or of a run over everything; the same whatever the order
  /// of the groups.
  ///
  /// `lookups` are the tables as they are at the time, where these are not the plan's own.
  package func windowTable(
    _ groups: some Sequence<(key: GroupKey, state: GroupState)>, window: Window? = nil,
    lookups: (any LookupTables)? = nil
  ) -> WindowTable {
    let groups = Array(groups)
    var evaluation = Evaluation(
      groups: groups, window: window, lookups: lookups ?? self.lookups)
    let table = rows(Array(groups.indices), in: &evaluation)
    var seen: [GroupKey: Int] = [:]
    let rows = table.rows.map { row in
      let values = table.columns.map { row.value(of: $0) }
      let key = row.key ?? GroupKey(values)
      seen[key, default: 0] += 1
      let number = seen[key, default: 1]
      return WindowTable.Row(
        key: number == 1
          ? key : GroupKey(key.values + [.number(.whole(Int64(number)))], part: key.part),
        values: values, origins: row.origins)
    }
    return WindowTable(
      columns: table.columns, rows: rows, writes: evaluation.writes)
  }

  /// The result rows of all groups, by the values of the BY fields, bytewise; of a search without
  /// `stats` the newest event first.
  package func table(_ groups: some Sequence<(key: GroupKey, state: GroupState)>) -> Table {
    let table = windowTable(groups)
    return Table(columns: table.columns, rows: table.rows.map(\.values))
  }

  /// The result row of one group, as long as `columns`; nil where a later stage drops it.
  ///
  /// Only for a plan whose table stages are row-local.
  package func row(key: GroupKey, state: GroupState, window: Window? = nil) -> [Value]? {
    precondition(tableStagesAreRowLocal, "a plan whose stages look at one row each")
    if let rowMaker { return rowMaker.row(key, state, moment(in: window)) }
    var run = TableRun(moment: moment(in: window), subsearches: [], lookups: lookups)
    let table = RowTable(columns: output.columns, rows: [row(key, state)])
    guard let row = tail.applied(to: table, in: &run).rows.first else { return nil }
    return columns.map { row.value(of: $0) }
  }
}

/// One evaluation of a plan and its subsearches.
private struct Evaluation {
  let groups: [(key: GroupKey, state: GroupState)]
  let window: Window?
  let lookups: any LookupTables
  var writes: [TableWrite] = []
}

extension Plan {
  /// Groups by their place in the order of rows; `stats` without BY has a row though nothing came.
  package func ordered(
    _ groups: some Sequence<(key: GroupKey, state: GroupState)>
  ) -> [(key: GroupKey, state: GroupState)] {
    let groups = Array(groups)
    let sorted = order(groups.indices.map { (index: $0, key: groups[$0].key) }, groups)
    if hasStats, keyFields.isEmpty, sorted.isEmpty { return [(GroupKey([]), emptyState)] }
    return sorted.map { groups[$0.index] }
  }

  /// The places of groups in the order of their rows.
  package func order(
    of groups: [(key: GroupKey, state: GroupState)]
  ) -> [Int] {
    order(groups.indices.map { (index: $0, key: groups[$0].key) }, groups).map(\.index)
  }

  /// Whether the rows of a run can be made one by one, from each group alone.
  package var rowsAreGroups: Bool { rowMaker != nil }

  private typealias Member = (index: Int, key: GroupKey)

  private func order(
    _ members: [Member], _ groups: [(key: GroupKey, state: GroupState)]
  ) -> [Member] {
    guard !hasStats else { return members.sorted { $0.key < $1.key } }
    return members.sorted { one, other in
      let left = groups[one.index].state.lastTime
      let right = groups[other.index].state.lastTime
      return left == right
        ? one.key < other.key : (left?.seconds ?? .min) > (right?.seconds ?? .min)
    }
  }

  private func rows(_ members: [Int], in evaluation: inout Evaluation) -> RowTable {
    let members: [Member] = members.map { ($0, evaluation.groups[$0].key) }
    return rows(members, in: &evaluation)
  }

  /// The keys are those of this plan: its own have part 0.
  private func rows(_ members: [Member], in evaluation: inout Evaluation) -> RowTable {
    var byPart: [[Member]] = Array(repeating: [], count: partCount)
    for member in members where member.key.part < partCount {
      byPart[member.key.part].append(member)
    }
    var tables: [RowTable] = []
    var part = 1
    for subplan in subplans {
      let end = part + subplan.partCount
      let own = byPart[part..<end].flatMap(\.self).map { member in
        (member.index, GroupKey(member.key.values, part: member.key.part - part))
      }
      tables.append(subplan.rows(own, in: &evaluation).moved(by: part))
      part = end
    }
    var run = TableRun(
      moment: moment(in: evaluation.window), subsearches: tables, lookups: evaluation.lookups)
    let result = tail.applied(to: start(of: byPart[0], in: &evaluation), in: &run)
    evaluation.writes += run.writes
    return result
  }

  private func start(of members: [Member], in evaluation: inout Evaluation) -> RowTable {
    var table = RowTable(columns: output.columns)
    guard source != .nothing else { return table }
    let sorted = order(members, evaluation.groups)
    table.rows = sorted.map { member in
      var row = row(member.key, evaluation.groups[member.index].state)
      row.origins = [member.index]
      return row
    }
    if hasStats, keyFields.isEmpty, sorted.isEmpty {
      table.rows = [row(GroupKey([]), emptyState)]
    }
    return table
  }

  private func row(_ key: GroupKey, _ state: GroupState) -> TableRow {
    switch output {
    case .groups(let reduction): TableRow(fields: reduction.row(key, state), key: key)
    case .events: TableRow(fields: state.held, key: key)
    }
  }
}

extension RowTable {
  /// The rows under keys that no row of the search around them has.
  fileprivate func moved(by parts: Int) -> RowTable {
    var table = self
    for index in rows.indices { table.rows[index].key = rows[index].key?.moved(by: parts) }
    return table
  }
}
