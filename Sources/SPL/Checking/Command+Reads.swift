extension Command {
  /// The fields whose values it needs, each once, in the order in which they stand; those of
  /// brackets are left out, as are patterns and fields that it takes away.
  var fieldsRead: [FieldName] {
    switch self {
    case .search(let predicate, _): predicate.namedFields
    case .where(let condition): condition.fieldsNeeded.sorted()
    case .spath(let spath): [spath.input ?? "_raw"]
    case .multivalueExpand(let field, _), .singleValue(let field): [field]
    case .rename(let renamings): renamings.map(\.from).filter { $0.contains("*") == false }
    case .convert(let convert):
      convert.conversions.map(\.field).filter { $0.contains("*") == false }
    case .table(let patterns): patterns.plainNames
    case .fields(let selection): selection.keeps ? selection.fields.plainNames : []
    case .rex(let rex): [rex.field]
    case .regex(let regex): [regex.field]
    case .makeMultivalue(let make): [make.field]
    case .bin(let bin): [bin.field]
    case .lookup(let lookup): lookup.matches.map(\.field)
    case .ipLocation(let location): [location.field]
    case .stats(let stats), .eventStats(let stats): stats.fieldsRead
    case .streamStats(let stream): stream.stats.fieldsRead
    case .frequencies(let frequencies): frequencies.fields + frequencies.by
    case .chart(let chart):
      Stats(
        aggregates: chart.aggregates, by: [chart.row] + [chart.column].compactMap { $0 }
      ).fieldsRead
    case .pivot(let pivot): [pivot.row] + [pivot.column].compactMap { $0 } + pivot.values
    case .unpivot(let unpivot): [unpivot.row]
    default: rowFieldsRead
    }
  }

  private var rowFieldsRead: [FieldName] {
    switch self {
    case .dedup(let dedup): dedup.fields + dedup.sortBy.map(\.field)
    case .sort(let sort): sort.keys.map(\.field)
    case .head(let head): head.condition.map { $0.fieldsNeeded.sorted() } ?? []
    case .multivalueCombine(let combine): [combine.field]
    case .transaction(let transaction): transaction.fields
    case .join(let join): join.fields
    case .outputLookup(let output): output.keyField.map { [$0] } ?? []
    default: []
    }
  }
}

extension Stats {
  fileprivate var fieldsRead: [FieldName] {
    by
      + aggregates.flatMap { aggregate -> [FieldName] in
        switch aggregate.argument {
        case .field(let field): [field]
        case .expression(let expression): expression.fieldsNeeded.sorted()
        case .rows, .fields: []
        }
      }
  }
}

extension [Pattern] {
  fileprivate var plainNames: [FieldName] {
    filter { $0.hasWildcard == false }.map { $0.runs[0] }
  }
}

extension Predicate {
  /// Without what terms are looked for in.
  fileprivate var namedFields: [FieldName] {
    switch self {
    case .everything, .subsearch, .term, .termCase, .wholeTerm: []
    case .and(let parts), .or(let parts): parts.flatMap(\.namedFields)
    case .not(let negated): negated.namedFields
    case .compare(let name, _, _), .compareCase(let name, _, _), .within(let name, _): [name]
    }
  }
}
