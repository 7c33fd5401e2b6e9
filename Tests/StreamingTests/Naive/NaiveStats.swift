import Events
import Foundation
import SPL
import Streaming

/// Aggregates over lists of rows.
extension NaiveSearch {
  /// The groups that a row is in, by the texts of its BY values; `isFirst`: where nulls may be kept
  /// and derived.
  private func keys(_ row: Row, _ by: [FieldName], isFirst: Bool = false) -> [[Text?]] {
    var keys: [[Text?]] = [[]]
    for field in by {
      var texts: [Text?] = []
      for text in row[field].each.compactMap(\.text) where !texts.contains(text) {
        texts.append(text)
      }
      if texts.isEmpty, isFirst, !settings.exact {
        let sources = settings.derive[Text(field)] ?? []
        let derived = sources.compactMap { row.record[$0] }.first
        texts = derived?.each.map(\.text) ?? (settings.keepNull.contains(Text(field)) ? [nil] : [])
      }
      keys = keys.flatMap { start in texts.map { start + [$0] } }
    }
    return keys
  }

  func grouped(_ rows: [Row], _ stats: Stats, isFirst: Bool) throws -> [Row] {
    let stats = filled(stats, rows)
    var groups: [(key: [Text?], rows: [Row])] = stats.by.isEmpty ? [([], [])] : []
    for row in rows {
      for key in keys(row, stats.by, isFirst: isFirst) {
        if let place = groups.firstIndex(where: { $0.key == key }) {
          groups[place].rows.append(row)
        } else {
          groups.append((key, [row]))
        }
      }
    }
    groups.sort { one, other in
      for (left, right) in zip(one.key, other.key) where left != right {
        guard let left else { return true }
        guard let right else { return false }
        return left < right
      }
      return false
    }
    return try groups.map { key, rows in
      var row = Row(fields: [:])
      for (field, text) in zip(stats.by, key) { row[field] = text.map(Value.text) ?? .null }
      return try results(stats, rows, into: row)
    }
  }

  func annotated(_ row: Row, with rows: [Row], _ stats: Stats) throws -> Row {
    let stats = filled(stats, rows)
    guard let own = keys(row, stats.by).first else { return row }
    return try results(stats, rows.filter { keys($0, stats.by).contains(own) }, into: row)
  }

  func annotated(
    _ row: Row, _ stream: StreamStats, among rows: [Row], at index: Int
  ) throws -> Row {
    let stats = filled(stream.stats, rows)
    guard let own = keys(row, stats.by).first else { return row }
    var seen = Array(rows[..<(stream.current ? index + 1 : index)])
    let inGroup = { (row: Row) in self.keys(row, stats.by).contains(own) }
    if !stream.global { seen = seen.filter(inGroup) }
    if let window = stream.window { seen = seen.suffix(window) }
    return try results(stats, seen.filter(inGroup), into: row)
  }

  /// With an aggregate for each field that a pattern takes.
  private func filled(_ stats: Stats, _ rows: [Row]) -> Stats {
    var stats = stats
    let names = Set(rows.flatMap(\.fields.keys)).filter {
      !$0.string.hasPrefix("_") && !stats.by.contains($0.string)
    }.sorted()
    stats.aggregates = stats.aggregates.flatMap { aggregate -> [Aggregate] in
      guard case .fields(let pattern) = aggregate.argument else { return [aggregate] }
      return names.compactMap { name in
        NaiveNames.renamed(name.string, pattern.runs.joined(separator: "*"), aggregate.name).map {
          Aggregate(aggregate.function, .field(name.string), as: $0)
        }
      }
    }
    return stats
  }

  private func results(_ stats: Stats, _ rows: [Row], into row: Row) throws -> Row {
    var row = row
    for aggregate in stats.aggregates { row[aggregate.name] = try result(aggregate, rows) }
    return row
  }

  /// What an aggregate has of a row.
  private func values(_ argument: Aggregate.Argument, _ row: Row, counts: Bool) throws -> [Value] {
    switch argument {
    case .rows: return [.number(.whole(1))]
    case .field(let field): return row[field].each
    case .fields: throw Gap(what: "a pattern that was not filled in")
    case .expression(let expression):
      let found = try NaiveExpressions(self, row).value(expression)
      guard counts else { return found.value.each }
      if case .truth(let truth) = found { return truth ? [.number(.whole(1))] : [] }
      return found.value.isNull ? [] : [.number(.whole(1))]
    }
  }

  private func result(_ aggregate: Aggregate, _ rows: [Row]) throws -> Value {
    let counts = aggregate.function == .count
    let each = try rows.map { row in
      (time: row["_time"].number, values: try self.values(aggregate.argument, row, counts: counts))
    }
    let all = each.flatMap(\.values)
    let texts = all.compactMap(\.text)
    let numbers = all.compactMap(\.number).sorted()
    let timed = each.filter { $0.time != nil && !$0.values.isEmpty }
    func placed(_ found: (time: Number?, values: [Value])?) -> Value { Value(found?.values ?? []) }
    switch aggregate.function {
    case .count: return .number(.whole(Int64(all.count)))
    case .distinctCount: return .number(.whole(Int64(Set(texts).count)))
    case .values: return Value(Set(texts).sorted().map(Value.text))
    case .list: return Value(all)
    case .min: return numbers.count == all.count ? number(numbers.first) : text(texts.min())
    case .max: return numbers.count == all.count ? number(numbers.last) : text(texts.max())
    case .range:
      guard let least = numbers.first, let greatest = numbers.last else { return .null }
      return NaiveExpressions.sum(greatest, .subtract, least)
    case .mode:
      let most = Dictionary(grouping: texts, by: \.self).mapValues(\.count)
      return text(most.filter { $0.value == most.values.max() }.keys.min())
    case .median: return number(numbers.isEmpty ? nil : numbers[numbers.count / 2])
    case .percentile(let percent):
      let rank = Int((percent * Double(numbers.count) / 100).rounded(.up))
      return number(numbers.isEmpty ? nil : numbers[max(rank, 1) - 1])
    case .first: return placed(each.first { !$0.values.isEmpty })
    case .last: return placed(each.last { !$0.values.isEmpty })
    case .latest: return placed(timed.first { $0.time == timed.compactMap(\.time).max() })
    case .earliest: return placed(timed.last { $0.time == timed.compactMap(\.time).min() })
    default: return moment(aggregate.function, numbers)
    }
  }

  private func number(_ number: Number?) -> Value { number.map(Value.number) ?? .null }
  private func text(_ text: Text?) -> Value { text.map(Value.text) ?? .null }

  /// Sums in decimal digits, rounded once.
  private func moment(_ function: AggregateFunction, _ numbers: [Number]) -> Value {
    guard !numbers.isEmpty else { return .null }
    let decimals = numbers.compactMap { Foundation.Decimal(string: $0.description) }
    let sum = decimals.reduce(0, +)
    let squares = decimals.reduce(0) { $0 + $1 * $1 }
    let count = Foundation.Decimal(numbers.count)
    let isPopulation = function == .populationVariance || function == .populationDeviation
    let freedom = isPopulation ? count : count - 1
    let variance = freedom == 0 ? 0 : (count * squares - sum * sum) / (count * freedom)
    let result: Foundation.Decimal? =
      switch function {
      case .sum: sum
      case .average: sum / count
      case .sumOfSquares: squares
      case .variance, .populationVariance: variance
      default: nil
      }
    guard let result else { return .number(Number(double(variance).squareRoot())) }
    return .number(Number(double(result)))
  }

  private func double(_ decimal: Foundation.Decimal) -> Double { Double("\(decimal)") ?? .nan }

  func counted(_ rows: [Row], _ frequencies: Frequencies) throws -> [Row] {
    let counter = Aggregate(.count, .rows, as: "\u{1}")
    let pairs = Stats(aggregates: [counter], by: frequencies.by + frequencies.fields)
    var groups: [(key: [Value], rows: [Row])] = []
    for row in try grouped(rows, pairs, isFirst: false) {
      let key = frequencies.by.map { row[$0] }
      if groups.last?.key == key {
        groups[groups.count - 1].rows.append(row)
      } else {
        groups.append((key, [row]))
      }
    }
    return groups.flatMap { shown($0.rows, frequencies) }
  }

  private func shown(_ rows: [Row], _ frequencies: Frequencies) -> [Row] {
    func count(_ row: Row) -> Int { Int(row["\u{1}"].number?.double ?? 0) }
    let total = rows.map(count).reduce(0, +)
    var rest = rows
    var shown: [Row] = []
    while !rest.isEmpty, shown.count < frequencies.limit ?? .max {
      let counts = rest.map(count)
      let next = frequencies.order == .top ? counts.max() : counts.min()
      shown.append(rest.remove(at: counts.firstIndex { $0 == next } ?? 0))
    }
    if let other = frequencies.other, var row = rest.first {
      for field in frequencies.fields { row[field] = .string(other) }
      row["\u{1}"] = .number(.whole(Int64(rest.map(count).reduce(0, +))))
      shown.append(row)
    }
    return shown.map { row in
      var row = row
      let own = count(row)
      row["\u{1}"] = .null
      if let field = frequencies.countField { row[field] = .number(.whole(Int64(own))) }
      if let field = frequencies.percentField {
        let share = NaiveExpressions.rounded(Double(own) * 100 / Double(total), places: 6)
        row[field] = .number(share)
      }
      return row
    }
  }
}
