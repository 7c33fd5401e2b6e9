import SPL

/// The fields that stages name, whether they read, make or take them away.
struct Mentions {
  private(set) var names: Set<String> = []

  init(_ stages: some Sequence<Stage>) {
    for stage in stages { take(stage.command) }
    names = names.filter { !$0.contains("*") }
  }

  private mutating func take(_ command: Command) {
    switch command {
    case .search(let predicate, _): names.formUnion(predicate.fields)
    case .where(let condition): names.formUnion(condition.fields)
    case .eval(let assignments):
      for one in assignments { names.formUnion(one.value.fields.union([one.field])) }
    case .spath(let spath):
      names.insert(spath.input ?? "_raw")
      if let path = spath.path { names.insert(spath.output ?? path) }
    case .multivalueExpand(let field, _), .singleValue(let field): names.insert(field)
    case .rename(let renamings): names.formUnion(renamings.flatMap { [$0.from, $0.to] })
    case .convert(let convert):
      names.formUnion(convert.conversions.flatMap { [$0.field, $0.name] })
    case .table(let patterns): take(patterns)
    case .fields(let selection): take(selection.fields)
    case .fillNull(let fill): names.formUnion(fill.fields ?? [])
    case .rex(let rex): names.insert(rex.field)
    case .regex(let regex): names.insert(regex.field)
    case .makeMultivalue(let make): names.insert(make.field)
    case .bin(let bin): names.formUnion([bin.field, bin.name])
    default: takeRows(command)
    }
  }

  private mutating func takeRows(_ command: Command) {
    switch command {
    case .stats(let stats), .eventStats(let stats): take(stats)
    case .streamStats(let stream): take(stream.stats)
    case .dedup(let dedup): names.formUnion(dedup.fields + dedup.sortBy.map(\.field))
    case .sort(let sort): names.formUnion(sort.keys.map(\.field))
    default: break
    }
  }

  private mutating func take(_ patterns: [Pattern]) {
    names.formUnion(patterns.map { $0.runs.joined(separator: "*") })
  }

  private mutating func take(_ stats: Stats) {
    names.formUnion(stats.by)
    for aggregate in stats.aggregates {
      switch aggregate.argument {
      case .rows, .fields: break
      case .field(let field): names.insert(field)
      case .expression(let expression): names.formUnion(expression.fields)
      }
      if aggregate.function == .earliest || aggregate.function == .latest {
        names.insert("_time")
      }
    }
  }
}
