import Events
import SPL

/// `sort`: rows that are equal in all keys keep their order.
struct Sorting: Sendable {
  private let keys: [SortKey]

  init(_ keys: [SortKey]) { self.keys = keys }

  func sorted(_ rows: [TableRow]) -> [TableRow] {
    let items = rows.map { row in
      keys.map { Rank(row.value(of: Text($0.field)).each.first ?? .null, $0.kind) }
    }
    return rows.indices.sorted { one, other in
      for (index, key) in keys.enumerated() {
        let left = items[one][index]
        let right = items[other][index]
        if left == right { continue }
        // Rows without the field come last, either way.
        if left == .none || right == .none { return right == .none }
        return (left < right) != key.isDescending
      }
      return one < other
    }.map { rows[$0] }
  }
}

/// A value as it is sorted: numbers before addresses before texts.
private enum Rank: Comparable {
  case number(Number)
  case address([UInt8])
  case text(Text)
  case none

  init(_ value: Value, _ kind: SortKey.Kind) {
    guard let text = value.text else {
      self = .none
      return
    }
    switch kind {
    case .text: self = .text(text)
    case .number: self = value.number.map(Rank.number) ?? .none
    case .address:
      self = AddressBlock.address(text.string[...]).map(Rank.address) ?? .none
    case .automatic:
      self =
        value.number.map(Rank.number) ?? AddressBlock.address(text.string[...]).map(Rank.address)
        ?? .text(text)
    }
  }

  static func < (left: Rank, right: Rank) -> Bool {
    switch (left, right) {
    case (.number(let one), .number(let two)): one < two
    case (.address(let one), .address(let two)): one.lexicographicallyPrecedes(two)
    case (.text(let one), .text(let two)): one < two
    default: left.kind < right.kind
    }
  }

  private var kind: Int {
    switch self {
    case .number: 0
    case .address: 1
    case .text: 2
    case .none: 3
    }
  }
}
