import Events
import Findings

@testable import Storage

/// What the store should answer, in plain loops over rows in memory.
struct NaiveLibrary {
  var rows: [ResultRow] = []
  var events: [RiskEvent] = []

  /// A key to sort by; none comes last whichever the direction.
  enum Key {
    case none
    case number(Int)
    case text(Text)

    init(_ string: String?) { self = string.map { .text(Text($0)) } ?? .none }
  }

  struct Ranked<Line> {
    var line: Line
    var sorts: [SortColumn: Key]
    /// The default order as numbers, each descending.
    var standard: [Int]
    var tie: [Text]
  }

  func page<Line>(_ all: [Ranked<Line>], _ query: Query) -> Page<Line> {
    let sorted = all.sorted { left, right in
      if let sort = query.sort, let one = left.sorts[sort.column],
        let two = right.sorts[sort.column]
      {
        if let isBefore = NaiveLibrary.isBefore(one, two, sort.descending) { return isBefore }
      } else if left.standard != right.standard {
        return right.standard.lexicographicallyPrecedes(left.standard)
      }
      return left.tie.lexicographicallyPrecedes(right.tie)
    }
    let lines = sorted.dropFirst(query.offset).prefix(query.limit).map(\.line)
    return Page(offset: query.offset, total: all.count, lines: lines)
  }

  private static func isBefore(_ one: Key, _ two: Key, _ descending: Bool) -> Bool? {
    switch (one, two) {
    case (.none, .none): return nil
    case (.none, _): return false
    case (_, .none): return true
    case (.number(let one), .number(let two)):
      return one == two ? nil : (one < two) != descending
    case (.text(let one), .text(let two)):
      return one == two ? nil : (one < two) != descending
    default: return nil
    }
  }

  func chosen(_ query: Query) -> [ResultRow] {
    rows.filter { row in
      row.lastSeen <= query.range.to
        && query.range.from.map { row.lastSeen >= $0 } ?? true && isInScope(row, query)
    }
  }

  func isInScope(_ row: ResultRow, _ query: Query) -> Bool {
    query.scope.allSatisfy { role, value in
      let own = role == .user ? row.roles[.user] ?? "(no user)" : row.roles[role]
      return own.map { Text($0) } == Text(value)
    } && NaiveFilter.matches(query.filter, row)
  }

  func grouped(_ rows: [ResultRow], _ key: (ResultRow) -> String?) -> [Text: [ResultRow]] {
    var result: [Text: [ResultRow]] = [:]
    for row in rows { if let key = key(row) { result[Text(key), default: []].append(row) } }
    return result
  }

  func distinct(_ rows: [ResultRow], _ role: PaneRole) -> Int {
    Set(rows.compactMap { row in row.roles[role].map { Text($0) } }).count
  }

  func severities(_ rows: [ResultRow]) -> [String: Int] {
    var pairs: Set<[Text?]> = []
    for row in rows {
      guard let word = row.roles[.severity], let name = row.roles[.finding] else { continue }
      pairs.insert([Text(word), row.roles[.image].map { Text($0) }, Text(name)])
    }
    var result: [String: Int] = [:]
    for pair in pairs { result[pair[0]?.string ?? "", default: 0] += 1 }
    return result
  }

  func first(_ rows: [ResultRow]) -> Timestamp { rows.map(\.firstSeen).min() ?? SampleRows.asOf }
  func last(_ rows: [ResultRow]) -> Timestamp { rows.map(\.lastSeen).max() ?? SampleRows.asOf }

  func newest(_ rows: [ResultRow]) -> [ResultRow] {
    rows.sorted {
      $0.lastSeen != $1.lastSeen ? $0.lastSeen > $1.lastSeen : $0.id.digits < $1.id.digits
    }
  }

  func risk(_ user: String, since: Timestamp?, _ to: Timestamp) -> Int {
    events.filter { event in
      event.objectType == "user" && Text(event.object) == Text(user) && event.time <= to
        && since.map { event.time >= $0 } ?? true
    }.map(\.score).reduce(0, +)
  }
}
