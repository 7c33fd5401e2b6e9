import Events
import SPL

/// Which fields of an event some stages read.
struct FieldNeeds: Sendable {
  private(set) var names: Set<Text> = []
  /// Whether they look at every field that there is.
  private(set) var readsAll = false
  /// Whether a stage says what the columns are: what comes after it reads no event.
  private(set) var isClosed = false

  init(_ stages: some Collection<Stage>) {
    for stage in stages where !isClosed { take(stage.command) }
  }

  private mutating func need(_ fields: some Sequence<FieldName>) {
    for field in fields {
      if field.utf8.contains(0x2a) { readsAll = true }
      names.insert(Text(field))
    }
  }

  private mutating func take(_ command: Command) {
    switch command {
    case .search(let predicate, _):
      need(predicate.fields)
      if !predicate.subsearches.isEmpty { readsAll = true }
      if predicate.subsearches.contains(where: \.mayGiveTerms) { need(["_raw"]) }
    case .where(let condition): need(condition.fields)
    case .eval(let assignments): for one in assignments { need(one.value.fields) }
    case .spath(let spath):
      need([spath.input ?? "_raw"])
      if let path = spath.path { need([spath.output ?? path]) }
    case .multivalueExpand(let field, _), .singleValue(let field): need([field])
    case .rename(let renamings): need(renamings.map(\.from))
    case .convert(let convert): need(convert.conversions.map(\.field))
    case .table(let patterns): select(patterns)
    case .fields(let selection): if selection.keeps { select(selection.fields) }
    case .rex(let rex): need([rex.field])
    case .regex(let filter): need([filter.field])
    case .makeMultivalue(let make): need([make.field])
    case .bin(let bin): need([bin.field])
    case .lookup(let lookup): need(lookup.matches.map(\.field))
    default: takeTable(command)
    }
  }

  private mutating func takeTable(_ command: Command) {
    switch command {
    case .stats(let stats):
      take(stats)
      isClosed = true
    case .eventStats(let stats): take(stats)
    case .streamStats(let stream): take(stream.stats)
    case .frequencies(let frequencies):
      need(frequencies.fields + frequencies.by)
      isClosed = true
    case .pivot(let pivot):
      need([pivot.row] + [pivot.column].compactMap(\.self) + pivot.values)
      isClosed = true
    case .unpivot:
      readsAll = true
      isClosed = true
    case .dedup(let dedup): need(dedup.fields + dedup.sortBy.map(\.field))
    case .sort(let sort): need(sort.keys.map(\.field))
    case .head(let head): need(head.condition?.fields ?? [])
    case .fillNull(let fill): need(fill.fields ?? [])
    case .join(let join):
      need(join.fields)
      if join.fields.isEmpty { readsAll = true }
    case .appendPipe(let stages):
      let inner = FieldNeeds(stages)
      names.formUnion(inner.names)
      readsAll = readsAll || inner.readsAll
    case .multivalueCombine, .transaction, .outputLookup: readsAll = true
    default: break
    }
  }

  private mutating func select(_ patterns: [Pattern]) {
    need(patterns.map { $0.runs.joined(separator: "*") })
    isClosed = true
  }

  private mutating func take(_ stats: Stats) {
    need(stats.by + ["_time"])
    for aggregate in stats.aggregates {
      switch aggregate.argument {
      case .rows: break
      case .field(let field): need([field])
      case .expression(let expression): need(expression.fields)
      case .fields: readsAll = true
      }
    }
  }
}

extension Search {
  /// Whether its rows may have a field whose values are looked for in the record.
  fileprivate var mayGiveTerms: Bool {
    func names(_ patterns: [Pattern]) -> Bool {
      patterns.contains { $0.hasWildcard || Self.termFields.contains($0.runs[0]) }
    }
    guard let last = stages.last?.command else { return false }
    switch last {
    case .table(let patterns): return names(patterns)
    case .fields(let selection) where selection.keeps: return names(selection.fields)
    case .stats(let stats):
      return stats.aggregates.contains { Self.termFields.contains($0.name) }
        || stats.by.contains(where: Self.termFields.contains)
    default: return true
    }
  }

  private static let termFields: Set<FieldName> = ["search", "query"]
}
