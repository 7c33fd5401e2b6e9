import SPL

extension Search {
  /// Whether a row that qualifies once goes on qualifying whatever events still come.
  ///
  /// `search count>5` lasts, `search count<5` does not. What is not understood does not last: the
  /// rule then waits for its windows to close.
  var rowsLast: Bool {
    guard let start = stages.firstIndex(where: { $0.command.stats != nil }),
      let stats = stages[start].command.stats
    else { return true }
    var columns = Dictionary(
      stats.by.map { ($0, Growth.fixed) } + stats.aggregates.map { ($0.name, $0.growth) },
      uniquingKeysWith: { $1 })
    for stage in stages[start...].dropFirst() {
      switch stage.command {
      case .search(let predicate, _): if !predicate.lasts(columns) { return false }
      case .rename(let renamings):
        for renaming in renamings {
          columns[renaming.to] = columns.removeValue(forKey: renaming.from)
        }
      case .convert(let convert):
        for conversion in convert.conversions { columns[conversion.name] = nil }
      case .spath(let spath): columns[spath.output ?? spath.path ?? ""] = nil
      case .from, .multivalueExpand, .stats: return false
      }
    }
    return true
  }
}

/// How a column of a row can change when events come to its group; one that is not known has none.
private enum Growth {
  /// A BY field: not at all.
  case fixed
  /// A number that only grows.
  case rising
  /// A set that only grows.
  case gathering
}

extension Command {
  fileprivate var stats: Stats? {
    if case .stats(let stats) = self { stats } else { nil }
  }
}

extension Aggregate {
  fileprivate var growth: Growth? {
    switch function {
    case .count, .distinctCount: .rising
    case .values: .gathering
    case .min, .max: nil
    }
  }
}

extension Predicate {
  /// Whether the predicate (its denial, where `denied`) once true stays true.
  fileprivate func lasts(_ columns: [FieldName: Growth?], denied: Bool = false) -> Bool {
    switch self {
    case .everything: return true
    // A row has no raw text, so that a term never holds.
    case .term: return columns["_raw"] == nil
    case .and(let parts), .or(let parts):
      return parts.allSatisfy { $0.lasts(columns, denied: denied) }
    case .not(let part): return part.lasts(columns, denied: !denied)
    case .compare(let field, let comparison, _):
      switch columns[field] ?? nil {
      case .fixed: return true
      case .rising:
        let rises = comparison == .greater || comparison == .greaterOrEqual
        let falls = comparison == .less || comparison == .lessOrEqual
        return denied ? falls : rises
      case .gathering: return !denied && (comparison == .equal || comparison == .notEqual)
      case nil: return false
      }
    case .within(let field, _):
      switch columns[field] ?? nil {
      case .fixed: return true
      case .gathering: return !denied
      case .rising, nil: return false
      }
    }
  }
}
