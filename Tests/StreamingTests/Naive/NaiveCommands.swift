import Events
import Foundation
import SPL
import Streaming

/// Commands that know an order of rows.
extension NaiveSearch {
  func ordered(_ rows: [Row], _ command: Command) throws -> [Row] {
    switch command {
    case .reverse: return rows.reversed()
    case .tail(let count): return rows.suffix(count).reversed()
    case .sort(let sort): return Array(sorted(rows, sort.keys).prefix(sort.limit ?? .max))
    case .head(let head): return try headed(rows, head)
    case .dedup(let dedup): return deduped(rows, dedup)
    case .transaction(let transaction): return transactions(rows, transaction)
    case .join: throw Gap(what: "join")
    case .fillNull(let fill):
      let present = Set(rows.flatMap(\.fields.keys).map(\.string))
      let names = fill.fields ?? Array(present.filter { $0 != "_raw" })
      return rows.map { row in
        names.reduce(into: row) { if $0[$1].isNull { $0[$1] = .string(fill.value) } }
      }
    case .multivalueCombine(let combine): return combined(rows, Text(combine.field))
    default: return try rows.flatMap { try row($0, command) }
    }
  }

  private func headed(_ rows: [Row], _ head: Head) throws -> [Row] {
    var kept: [Row] = []
    for row in rows.prefix(head.limit ?? .max) {
      let truth = try head.condition.map { try NaiveExpressions(self, row).truth($0) } ?? true
      let holds = truth ?? head.nullHolds
      if holds || head.keepsLast { kept.append(row) }
      if !holds { break }
    }
    return kept
  }

  func sorted(_ rows: [Row], _ keys: [SortKey]) -> [Row] {
    var rows = rows
    // The last key first: sorts that keep the order of equals.
    for key in keys.reversed() {
      let ranked = rows.map { (row: $0, rank: NaiveRank($0[key.field].each.first, key.kind)) }
      let some = ranked.filter { $0.rank != nil }
      var result: [(row: Row, rank: NaiveRank?)] = []
      for one in some {
        let place = result.firstIndex { other in
          guard let new = one.rank, let old = other.rank else { return false }
          return key.isDescending ? old < new : new < old
        }
        result.insert(one, at: place ?? result.count)
      }
      rows = (result + ranked.filter { $0.rank == nil }).map(\.row)
    }
    return rows
  }

  private func deduped(_ rows: [Row], _ dedup: Dedup) -> [Row] {
    var seen: [[[Text]]] = []
    return sorted(rows, dedup.sortBy).flatMap { row -> [Row] in
      let key = dedup.fields.map { row[$0].each.compactMap(\.text) }
      if key.contains([]) { return dedup.keepsEmpty ? [row] : [] }
      if dedup.consecutive, seen.last != key { seen = [] }
      seen.append(key)
      if seen.filter({ $0 == key }).count <= dedup.count { return [row] }
      var bare = row
      for field in dedup.fields { bare[field] = .null }
      return dedup.keepsEvents ? [bare] : []
    }
  }

  private func combined(_ rows: [Row], _ field: Text) -> [Row] {
    var result: [Row] = []
    for row in rows {
      let place = result.firstIndex { other in
        other.fields.filter { $0.key != field } == row.fields.filter { $0.key != field }
      }
      guard let place else {
        result.append(row)
        continue
      }
      let values = result[place][field.string].each + row[field.string].each
      result[place][field.string] = Value(values)
    }
    return result
  }

  /// From the newest event back; an event that does not fit begins another.
  private func transactions(_ rows: [Row], _ transaction: Transaction) -> [Row] {
    let field = transaction.fields[0]
    var found: [(value: Text, events: [Row], isOpen: Bool)] = []
    func time(_ row: Row?) -> Double { row?["_time"].number?.double ?? 0 }
    func seconds(_ span: Span?) -> Double {
      switch span {
      case .time(let count, .minute): Double(count) * 60
      case .time(let count, .hour): Double(count) * 3600
      case .time(let count, .second): Double(count)
      case .number(let count): count
      default: .infinity
      }
    }
    for row in sorted(rows, [SortKey("_time", isDescending: true)]) where row["_time"].number != nil
    {
      for value in row[field].each.compactMap(\.text) {
        let place = found.firstIndex { $0.value == value && $0.isOpen }
        guard let place else {
          found.append((value, [row], true))
          continue
        }
        let events = found[place].events
        let fits =
          events.count < transaction.maxEvents ?? 1000
          && time(events.first) - time(row) <= seconds(transaction.maxSpan)
          && time(events.last) - time(row) <= seconds(transaction.maxPause)
        if fits {
          found[place].events.append(row)
        } else {
          found[place].isOpen = false
          found.append((value, [row], true))
        }
      }
    }
    // Those that end first stand first among equals: the closed before the open, by value.
    let closed = found.filter { !$0.isOpen }
    let open = found.filter(\.isOpen).sorted { $0.value < $1.value }
    let rows = (closed + open).map { one in
      let events = Array(one.events.reversed())
      var row = Row(fields: [:])
      for name in Set(events.flatMap(\.fields.keys)) {
        let texts = events.flatMap { $0[name.string].each.compactMap(\.text) }
        row[name.string] = Value(Set(texts).sorted().map(Value.text))
      }
      if !row["_raw"].isNull {
        let texts = events.compactMap { $0["_raw"].text?.string }
        row["_raw"] = .string(texts.joined(separator: "\n"))
      }
      row["_time"] = .number(Number(time(events.first)))
      row["duration"] = .number(Number(time(events.last) - time(events.first)))
      row["eventcount"] = .number(.whole(Int64(events.count)))
      return row
    }
    return sorted(rows, [SortKey("_time", isDescending: true), SortKey(field)])
  }

  func joined(_ rows: [Row], _ join: Join, with others: [Row]) -> [Row] {
    let right = Set(others.flatMap(\.fields.keys).map(\.string))
    let left = Set(rows.flatMap(\.fields.keys).map(\.string))
    let common = left.intersection(right).filter { !$0.hasPrefix("_") }
    let fields = join.fields.isEmpty ? Array(common) : join.fields
    return rows.flatMap { row -> [Row] in
      let partners = others.filter { other in
        fields.allSatisfy { field in
          let texts = row[field].each.compactMap(\.text)
          return !texts.isEmpty && texts == other[field].each.compactMap(\.text)
        }
      }
      if partners.isEmpty { return join.kind == .left ? [row] : [] }
      return partners.prefix(join.max ?? .max).map { partner in
        var merged = row
        for (name, value) in partner.fields
        where join.overwrites || merged.fields[name] == nil {
          merged.fields[name] = value
        }
        return merged
      }
    }
  }
}
