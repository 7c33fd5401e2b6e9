import Events
import SPL

/// A `stats`, `eventstats` or `streamstats` over rows that are there.
struct StatsStep: Sendable {
  private let stats: Stats
  private let limits: LimitCount
  /// Nil where the columns say what the aggregates are of.
  private let fixed: Reduction?

  init(_ stats: Stats, limits: LimitCount) throws(PatternProblem) {
    self.stats = stats
    self.limits = limits
    let reduction = try Reduction(stats, nulls: .splunk, limits: limits)
    fixed = stats.hasPatterns ? nil : reduction
  }

  /// The columns that come out; nil where that depends on those that go in.
  var columns: [Text]? { fixed?.columns }

  /// The aggregates, those of patterns of each field that fits.
  func reduction(over columns: [Text]) -> Reduction {
    if let fixed { return fixed }
    let filled = Stats(
      aggregates: stats.aggregates.flatMap { $0.filled(with: columns, by: stats.by) }, by: stats.by)
    do throws(PatternProblem) {
      return try Reduction(filled, nulls: .splunk, limits: limits)
    } catch {
      preconditionFailure("patterns that were made ready before")
    }
  }

  /// One row for each group.
  func grouped(_ table: RowTable, _ moment: SearchMoment) -> RowTable {
    let reduction = reduction(over: table.names)
    var groups = Groups(reduction)
    for (index, row) in table.rows.enumerated() { groups.add(row, at: index, moment) }
    return RowTable(columns: reduction.columns, rows: groups.rows)
  }

  /// Every row with the aggregates of its group.
  func annotated(_ table: RowTable, _ moment: SearchMoment) -> RowTable {
    let reduction = reduction(over: table.names)
    var groups = Groups(reduction)
    for (index, row) in table.rows.enumerated() { groups.add(row, at: index, moment) }
    var result = table
    for index in result.rows.indices {
      let row = FormulaRow(table.rows[index].source, moment)
      guard let key = groups.keys(of: row).first else { continue }
      for (name, value) in reduction.named(reduction.results(of: groups.state(of: key))) {
        result.rows[index].set(name, value)
      }
    }
    result.addColumns(reduction.columns.filter { !reduction.by.contains($0) })
    return result
  }
}

extension RowTable {
  /// The columns, and what rows have besides.
  var names: [Text] {
    let known = Set(columns)
    let others = Set(rows.flatMap(\.fields.keys)).subtracting(known)
    return columns + others.sorted()
  }
}

extension Stats {
  /// Whether an aggregate is of all fields that fit a pattern.
  var hasPatterns: Bool {
    aggregates.contains { aggregate in
      if case .fields = aggregate.argument { true } else { false }
    }
  }
}

extension Aggregate {
  /// One for each column that fits; none of BY fields and of those that begin with `_`.
  fileprivate func filled(with columns: [Text], by: [FieldName]) -> [Aggregate] {
    guard case .fields(let pattern) = argument else { return [self] }
    let source = NamePattern(pattern.runs.joined(separator: "*"))
    let target = NamePattern(name)
    return columns.compactMap { column in
      guard !column.isInternal, !by.contains(where: { Text($0) == column }),
        let captures = source.captures(of: column)
      else { return nil }
      return Aggregate(
        function, .field(column.string), as: target.filled(with: captures).string)
    }
  }
}
