import Events
import SPL

/// `dedup`: the first rows of each combination of values.
struct Deduplication: Sendable {
  private let command: Dedup

  init(_ command: Dedup) { self.command = command }

  func left(of rows: [TableRow]) -> [TableRow] {
    let rows = command.sortBy.isEmpty ? rows : Sorting(command.sortBy).sorted(rows)
    let names = command.fields.map { Text($0) }
    var seen: [[Value]: Int] = [:]
    var last: [Value]?
    return rows.compactMap { row in
      let values = names.map { row.value(of: $0).comparable }
      if values.contains(.null) { return command.keepsEmpty ? row : nil }
      if command.consecutive, values != last { seen = [:] }
      last = values
      seen[values, default: 0] += 1
      if seen[values, default: 0] <= command.count { return row }
      guard command.keepsEvents else { return nil }
      var rest = row
      for name in names { rest.set(name, .null) }
      return rest
    }
  }
}

extension Value {
  /// Numbers as the texts that they are printed as, so that 5 is 5 wherever it is from.
  var comparable: Value { Value(each.compactMap { $0.text.map(Value.text) }) }
}
