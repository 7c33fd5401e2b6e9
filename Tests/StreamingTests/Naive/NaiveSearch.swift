import Events
import SPL

/// A search over all events in a list, one command after another: slow, plain, and written apart
/// from the plans that it is compared with.
///
/// Knows the commands that see rows in order, on fields of one text each.
struct NaiveSearch {
  typealias Row = [String: String]

  /// Newest first, then by the name of the record.
  static func inOrder(_ events: [(time: Int, name: Int, fields: Row)]) -> [Row] {
    events.sorted { $0.time == $1.time ? $0.name < $1.name : $0.time > $1.time }.map { event in
      event.fields.merging(["_time": String(event.time)]) { one, _ in one }
    }
  }

  /// Nil for a command that it does not know.
  static func rows(of search: Search, over events: [Row]) -> [Row]? {
    var rows = events
    for stage in search.stages {
      guard let next = apply(stage.command, to: rows, all: events) else { return nil }
      rows = next
    }
    return rows
  }

  private static func apply(_ command: Command, to rows: [Row], all: [Row]) -> [Row]? {
    switch command {
    case .search(.everything, _): return rows
    case .search(.compare(let field, .equal, let pattern), _):
      return rows.filter { $0[field]?.lowercased() == pattern.runs[0].lowercased() }
    case .where(.compare(.field(let field), .greater, .literal(.number(let bound)))):
      return rows.filter { row in
        guard let text = row[field] else { return false }
        return Double(text).map { $0 > bound } ?? (text > String(Int(bound)))
      }
    case .dedup(let dedup): return deduped(rows, dedup.fields)
    case .head(let head): return Array(rows.prefix(head.limit ?? rows.count))
    case .tail(let count): return Array(rows.suffix(count).reversed())
    case .reverse: return rows.reversed()
    case .stats(let stats): return grouped(rows, stats)
    case .eventStats(let stats): return rows.map { annotated($0, with: rows, stats) }
    case .streamStats(let stream):
      return rows.indices.map { annotated(rows[$0], with: Array(rows[...$0]), stream.stats) }
    case .append(let search): return NaiveSearch.rows(of: search, over: all).map { rows + $0 }
    case .fillNull(let fill):
      let names = fill.fields ?? Array(Set(rows.flatMap(\.keys)))
      return rows.map { row in
        names.reduce(into: row) { if $0[$1] == nil { $0[$1] = fill.value } }
      }
    default: return nil
    }
  }

  private static func deduped(_ rows: [Row], _ fields: [String]) -> [Row] {
    var seen: [[String]] = []
    return rows.filter { row in
      let key = fields.compactMap { row[$0] }
      guard key.count == fields.count, !seen.contains(key) else { return false }
      seen.append(key)
      return true
    }
  }

  private static func key(_ row: Row, _ stats: Stats) -> [String]? {
    let key = stats.by.compactMap { row[$0] }
    return key.count == stats.by.count ? key : nil
  }

  private static func grouped(_ rows: [Row], _ stats: Stats) -> [Row] {
    var keys: [[String]] = stats.by.isEmpty ? [[]] : []
    for case let key? in rows.map({ key($0, stats) }) where !keys.contains(key) { keys.append(key) }
    return keys.sorted { $0.lexicographicallyPrecedes($1) }.map { key in
      let members = rows.filter { NaiveSearch.key($0, stats) == key }
      let start = Dictionary(uniqueKeysWithValues: zip(stats.by, key))
      return results(stats, members, into: start)
    }
  }

  private static func annotated(_ row: Row, with rows: [Row], _ stats: Stats) -> Row {
    guard let own = key(row, stats) else { return row }
    return results(stats, rows.filter { key($0, stats) == own }, into: row)
  }

  private static func results(_ stats: Stats, _ rows: [Row], into row: Row) -> Row {
    stats.aggregates.reduce(into: row) { $0[$1.name] = result($1, rows) }
  }

  private static func result(_ aggregate: Aggregate, _ rows: [Row]) -> String? {
    let values = aggregate.field.map { field in rows.compactMap { $0[field] } }
    let numbers = (values ?? []).compactMap(Int.init)
    return switch aggregate.function {
    case .count: String(values?.count ?? rows.count)
    case .distinctCount: String(Set(values ?? []).count)
    case .first: values?.first
    case .last: values?.last
    case .latest: byTime(rows, aggregate.field, latest: true)
    case .earliest: byTime(rows, aggregate.field, latest: false)
    case .list: values.flatMap { $0.isEmpty ? nil : $0.joined(separator: "\n") }
    case .values: values.flatMap { $0.isEmpty ? nil : Set($0).sorted().joined(separator: "\n") }
    case .sum: numbers.isEmpty ? nil : String(numbers.reduce(0, +))
    case .median: numbers.isEmpty ? nil : String(numbers.sorted()[numbers.count / 2])
    case .range: (numbers.max()).flatMap { most in numbers.min().map { String(most - $0) } }
    default: nil
    }
  }

  /// Of one moment the first row is the latest, and the last the earliest.
  private static func byTime(_ rows: [Row], _ field: String?, latest: Bool) -> String? {
    let timed = rows.filter { $0[field ?? ""] != nil && Int($0["_time"] ?? "") != nil }
    let times = timed.compactMap { $0["_time"].flatMap(Int.init) }
    let moment = latest ? times.max() : times.min()
    let fitting = timed.filter { $0["_time"].flatMap(Int.init) == moment }
    return field.flatMap { (latest ? fitting.first : fitting.last)?[$0] }
  }
}
