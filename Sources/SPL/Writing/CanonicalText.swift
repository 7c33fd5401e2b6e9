extension Search: CustomStringConvertible {
  /// The search as one line of SPL without macros; it compiles to the same commands again.
  package var canonicalText: String {
    let lead = if case .search = stages.first?.command { "" } else { "| " }
    return lead + stages.canonicalText
  }

  package var description: String { canonicalText }
}

extension [Stage] {
  /// The commands with pipes between them.
  var canonicalText: String { map(\.command.canonicalText).joined(separator: " | ") }
}

extension Command {
  /// The command as SPL, with its name.
  package var canonicalText: String {
    let arguments =
      switch self {
      case .search, .from, .tstats, .makeResults, .inputLookup: sourceText
      case .where(let condition): condition.canonicalText
      case .eval(let assignments):
        assignments.map { "\(expressionName($0.field)) = \($0.value.canonicalText)" }.listed
      case .stats(let stats), .eventStats(let stats): stats.canonicalText
      case .streamStats(let stats): stats.canonicalText
      case .frequencies(let frequencies): frequencies.canonicalText
      case .chart(let chart): chart.canonicalText
      case .pivot(let pivot):
        ([pivot.row] + [pivot.column].compactMap { $0 } + pivot.values).map { fieldName($0) }
          .joined(separator: " ")
      case .unpivot(let unpivot):
        [unpivot.row, unpivot.column, unpivot.value].map { fieldName($0) }
          .joined(separator: " ")
      case .dedup, .sort, .head, .tail, .reverse, .transaction, .anomalyDetection: orderText
      case .lookup, .outputLookup, .append, .appendPipe, .join: otherRowsText
      default: fieldText
      }
    return arguments.isEmpty ? name : "\(name) \(arguments)"
  }

  private var sourceText: String {
    switch self {
    case .search(let predicate, let times): predicate.text(with: times)
    case .from(.allRisk): "datamodel Risk.All_Risk"
    case .from(.allRiskPrefixed): "Risk All_Risk search"
    case .tstats(let tstats): tstats.canonicalText
    case .makeResults(let make):
      words("count=\(make.count)", make.annotates ? "annotate=true" : nil)
    case .inputLookup(let input): input.canonicalText
    default: ""
    }
  }

  private var fieldText: String {
    switch self {
    case .spath(let spath): spath.canonicalText
    case .multivalueExpand(let field, let limit):
      words(atom(field), limit.map { "limit=\($0)" })
    case .rename(let renamings):
      renamings.map { "\(atom(wildcards: $0.from)) as \(atom(wildcards: $0.to))" }.listed
    case .convert(let convert): convert.canonicalText
    case .table(let patterns): patterns.map { fieldPattern($0) }.listed
    case .fields(let selection):
      (selection.keeps ? "" : "- ") + selection.fields.map { fieldPattern($0) }.listed
    case .fillNull(let fill):
      words(
        fill.value == FillNull.defaultValue ? nil : "value=\(atom(fill.value))",
        fill.fields.map { $0.map { fieldName($0) }.listed })
    case .rex(let rex): rex.canonicalText
    case .regex(let regex):
      "\(atom(regex.field))\(regex.keepsMatches ? "=" : "!=")\(quotedText(regex.pattern))"
    case .makeMultivalue(let make): make.canonicalText
    case .singleValue(let field): fieldName(field)
    case .bin(let bin):
      words(
        "span=\(bin.span.text)", fieldName(bin.field),
        bin.name == bin.field ? nil : "as \(fieldName(bin.name))")
    case .ipLocation(let location):
      words(
        location.prefix.isEmpty ? nil : "prefix=\(atom(location.prefix))",
        location.allFields ? "allfields=true" : nil, fieldName(location.field))
    case .multivalueCombine(let combine):
      words("delim=\(quotedText(combine.delimiter))", fieldName(combine.field))
    default: ""
    }
  }
}

extension Predicate {
  /// The conditions as a `search` command would have them.
  package var canonicalText: String {
    switch self {
    case .everything: "*"
    case .and(let parts):
      parts.map { part in
        if case .or = part { part.inParentheses } else { part.canonicalText }
      }.joined(separator: " ")
    case .or(let parts): parts.map(\.operandText).joined(separator: " OR ")
    case .not(let negated): "NOT " + negated.operandText
    case .compare(let field, let comparison, let value):
      atom(field) + comparison.rawValue + atom(value)
    case .compareCase(let field, let comparison, let value):
      "\(atom(field))\(comparison.rawValue)CASE(\(atom(value)))"
    case .within(let field, let values):
      "\(atom(field)) IN (\(values.map { atom($0) }.listed))"
    case .term(let pattern): atom(pattern)
    case .termCase(let pattern): "CASE(\(atom(pattern)))"
    case .wholeTerm(let pattern): "TERM(\(atom(pattern)))"
    case .subsearch(let search): "[\(search.canonicalText)]"
    }
  }

  /// With the time modifiers that stand among the conditions.
  fileprivate func text(with times: TimeModifiers) -> String {
    words(
      self != .everything || times == .none ? canonicalText : nil,
      times.earliest.map { "earliest=\($0.text)" }, times.latest.map { "latest=\($0.text)" },
      times.startHoursAgo.map { "starthoursago=\($0)" },
      times.endHoursAgo.map { "endhoursago=\($0)" })
  }

  private var operandText: String {
    switch self {
    case .and, .or: inParentheses
    default: canonicalText
    }
  }

  private var inParentheses: String { "(\(canonicalText))" }
}

extension InputLookup {
  fileprivate var canonicalText: String {
    words(
      appends ? "append=true" : nil, start == 0 ? nil : "start=\(start)",
      max.map { "max=\($0)" }, atom(table),
      predicate == .everything ? nil : "where \(predicate.canonicalText)")
  }
}

extension RiskStats {
  fileprivate var canonicalText: String {
    let isFiltered = predicate != .everything || times != .none
    let groups = stats.by.map { field in
      words(atom(field), field == "_time" ? timeSpan.map { "span=\($0.text)" } : nil)
    }
    return words(
      fillNull.map { "fillnull_value=\(atom($0))" }, stats.aggregates.map(\.canonicalText).listed,
      "from datamodel=Risk.All_Risk", isFiltered ? "where \(predicate.text(with: times))" : nil,
      groups.isEmpty ? nil : "by \(groups.listed)")
  }
}
