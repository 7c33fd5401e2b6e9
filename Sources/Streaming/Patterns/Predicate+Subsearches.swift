import Events
import SPL

extension Predicate {
  /// What every event must fulfil whatever the subsearches find: conditions under them are left
  /// out, as are denials that hold one.
  var withoutSubsearches: Predicate {
    switch self {
    case .subsearch: return .everything
    case .and(let parts): return .conjunction(parts.map(\.withoutSubsearches))
    case .or, .not: return subsearches.isEmpty ? self : .everything
    default: return self
    }
  }

  /// The conditions with what the subsearches found in their place, taken from left to right.
  func filled(with tables: inout ArraySlice<RowTable>) -> Predicate {
    switch self {
    case .subsearch: return tables.popFirst().map(Predicate.init(rowsOf:)) ?? .not(.everything)
    case .and(let parts):
      return .conjunction(parts.map { $0.filled(with: &tables) })
    case .or(let parts): return .disjunction(parts.map { $0.filled(with: &tables) })
    case .not(let part): return .not(part.filled(with: &tables))
    default: return self
    }
  }

  /// One of the rows fits: each of its fields is equal, of several values any.
  private init(rowsOf table: RowTable) {
    self = .disjunction(
      table.rows.map { row in
        .conjunction(
          row.fields.filter { !$0.key.isInternal }.sorted { $0.key < $1.key }
            .map { Predicate($0.key, $0.value) })
      })
  }

  private init(_ column: Text, _ value: Value) {
    let isTerm = column == "search" || column == "query"
    self = .disjunction(
      value.each.compactMap { one in
        guard let text = one.text?.string else { return nil }
        return isTerm
          ? .term(Pattern(wildcards: text))
          : .compare(column.string, .equal, Pattern(literal: text))
      })
  }
}
