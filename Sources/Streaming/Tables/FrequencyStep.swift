import Events
import SPL

/// `top` and `rare`: how often each combination of values comes, of each group.
struct FrequencyStep: Sendable {
  private let command: Frequencies
  private let counting: StatsStep

  init(_ command: Frequencies, limits: LimitCount) throws(PatternProblem) {
    self.command = command
    counting = try StatsStep(
      Stats(
        aggregates: [Aggregate(.count, .rows, as: FrequencyStep.count)],
        by: command.by + command.fields), limits: limits)
  }

  /// A name that no field has: counts are shown under another, or not at all.
  private static let count = "\u{0}count"

  var columns: [Text] {
    (command.by + command.fields + [command.countField, command.percentField].compactMap(\.self))
      .map { Text($0) }.unique
  }

  func counted(_ table: RowTable, _ moment: SearchMoment) -> RowTable {
    let rows = counting.grouped(table, moment).rows
    var groups: [GroupKey: [TableRow]] = [:]
    for row in rows {
      groups[GroupKey(command.by.map { row.value(of: Text($0)) }), default: []].append(row)
    }
    return RowTable(
      columns: columns, rows: groups.sorted { $0.key < $1.key }.flatMap { shown($0.value) })
  }

  /// The most or least frequent ones of a group, those of equal number by their values.
  private func shown(_ rows: [TableRow]) -> [TableRow] {
    let total = rows.reduce(0) { $0 + count(of: $1) }
    let sorted = rows.enumerated().sorted { one, other in
      let (left, right) = (count(of: one.element), count(of: other.element))
      if left == right { return one.offset < other.offset }
      return (left > right) == (command.order == .top)
    }.map(\.element)
    let limit = command.limit ?? sorted.count
    var shown = sorted.prefix(limit).map { finished($0, count(of: $0), of: total) }
    if let other = command.other, sorted.count > limit {
      let rest = sorted.dropFirst(limit)
      var row = rest[limit]
      row.origins = Array(Set(rest.flatMap(\.origins))).sorted()
      for field in command.fields { row.set(Text(field), .string(other)) }
      row.key = GroupKey((command.by + command.fields).map { row.value(of: Text($0)) })
      shown.append(finished(row, rest.reduce(0) { $0 + count(of: $1) }, of: total))
    }
    return shown
  }

  private func count(of row: TableRow) -> Int64 {
    if case .number(.whole(let count)) = row.value(of: Text(Self.count)) { count } else { 0 }
  }

  private func finished(_ row: TableRow, _ count: Int64, of total: Int64) -> TableRow {
    var row = row
    row.set(Text(Self.count), .null)
    if let name = command.countField { row.set(Text(name), .number(.whole(count))) }
    if let name = command.percentField {
      let share = Decimal(Number(Double(count) * 100 / Double(total))).rounded(places: 6)
      row.set(Text(name), Number(Text(share)).map(Value.number) ?? .null)
    }
    return row
  }
}
