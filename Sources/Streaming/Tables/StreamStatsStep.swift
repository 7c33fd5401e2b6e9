import Events
import SPL

/// `streamstats`: each row with the aggregates over the rows up to it.
struct StreamStatsStep: Sendable {
  private let command: StreamStats
  private let step: StatsStep

  init(_ command: StreamStats, limits: LimitCount) throws(PatternProblem) {
    self.command = command
    step = try StatsStep(command.stats, limits: limits)
  }

  var columns: [Text]? { step.columns }

  func annotated(_ table: RowTable, _ moment: SearchMoment) -> RowTable {
    let reduction = step.reduction(over: table.names)
    var result = table
    var groups = Groups(reduction)
    for index in table.rows.indices {
      let row = table.rows[index]
      let key = groups.keys(of: FormulaRow(row.source, moment)).first
      if command.window == nil, command.current { groups.add(row, at: index, moment) }
      if let key {
        let state =
          command.window == nil
          ? groups.state(of: key) : windowed(reduction, table, upTo: index, key, moment)
        for (name, value) in reduction.named(reduction.results(of: state)) {
          result.rows[index].set(name, value)
        }
      }
      if command.window == nil, !command.current { groups.add(row, at: index, moment) }
    }
    result.addColumns(reduction.columns.filter { !reduction.by.contains($0) })
    return result
  }

  /// Over the last rows; those of the whole table, or of the group.
  private func windowed(
    _ reduction: Reduction, _ table: RowTable, upTo index: Int, _ key: GroupKey,
    _ moment: SearchMoment
  ) -> GroupState {
    var groups = Groups(reduction)
    var room = command.window ?? 0
    var place = command.current ? index : index - 1
    while place >= 0, room > 0 {
      let row = table.rows[place]
      let isMember = groups.keys(of: FormulaRow(row.source, moment)).contains(key)
      if isMember { groups.add(row, at: place, moment) }
      if isMember || command.global { room -= 1 }
      place -= 1
    }
    return groups.state(of: key)
  }
}
