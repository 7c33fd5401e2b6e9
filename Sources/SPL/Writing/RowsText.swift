extension Command {
  /// The arguments of the commands that know an order of rows.
  var orderText: String {
    switch self {
    case .sort(let sort): words(sort.limit.map(String.init), sort.keys.map(\.canonicalText).listed)
    case .dedup(let dedup): dedup.canonicalText
    case .head(let head): head.canonicalText
    case .tail(let count): String(count)
    case .transaction(let transaction): transaction.canonicalText
    case .anomalyDetection(let detection):
      (detection.fields.map { atom($0) }
        + detection.options.map { "\($0.name)=\(atom($0.value))" }).joined(separator: " ")
    default: ""
    }
  }

  /// The arguments of the commands that have to do with other rows.
  var otherRowsText: String {
    switch self {
    case .lookup(let lookup): lookup.canonicalText
    case .outputLookup(let output):
      words(
        output.appends ? "append=true" : nil, output.keyField.map { "key_field=\(atom($0))" },
        output.overridesIfEmpty ? nil : "override_if_empty=false",
        output.max.map { "max=\($0)" }, atom(output.table))
    case .append(let search): "[\(search.canonicalText)]"
    case .appendPipe(let stages): "[\(stages.canonicalText)]"
    case .join(let join):
      words(
        join.kind == .inner ? nil : "type=left", join.max == 1 ? nil : "max=\(join.max ?? 0)",
        join.overwrites ? nil : "overwrite=false",
        join.fields.isEmpty ? nil : join.fields.map { fieldName($0) }.listed,
        "[\(join.search.canonicalText)]")
    default: ""
    }
  }
}

extension SortKey {
  fileprivate var canonicalText: String {
    let sign = isDescending ? "-" : ""
    guard kind == .automatic else { return "\(sign)\(kind.rawValue)(\(atom(field)))" }
    // At the end of a list these words mean a direction.
    let isDirection = ["a", "asc", "d", "desc"].contains(field.lowercased())
    return sign + (isDirection ? quotedText(field) : fieldName(field))
  }
}

extension Dedup {
  fileprivate var canonicalText: String {
    words(
      count == 1 ? nil : "\(count)", fields.map { fieldName($0) }.listed,
      keepsEmpty ? "keepempty=true" : nil, keepsEvents ? "keepevents=true" : nil,
      consecutive ? "consecutive=true" : nil,
      sortBy.isEmpty ? nil : "sortby \(sortBy.map(\.canonicalText).listed)")
  }
}

extension Head {
  fileprivate var canonicalText: String {
    let number = limit.map { "limit=\($0)" } ?? (condition == nil ? "limit=0" : nil)
    return words(
      condition.map { "(\($0.canonicalText))" }, number, keepsLast ? "keeplast=true" : nil,
      nullHolds ? "null=true" : nil)
  }
}

extension Transaction {
  fileprivate var canonicalText: String {
    words(
      fields.isEmpty ? nil : fields.map { fieldName($0) }.listed,
      maxSpan.map { "maxspan=\($0.text)" }, maxPause.map { "maxpause=\($0.text)" },
      maxEvents.map { "maxevents=\($0)" }, startsWith.map { "startswith=\($0.text)" },
      endsWith.map { "endswith=\($0.text)" })
  }
}

extension Transaction.Edge {
  fileprivate var text: String {
    switch self {
    case .search(let predicate): "(\(predicate.canonicalText))"
    case .expression(let expression): "eval(\(expression.canonicalText))"
    }
  }
}

extension Lookup {
  fileprivate var canonicalText: String {
    words(
      atom(table), Self.list(matches),
      outputs.map { "\(overwrites ? "OUTPUT" : "OUTPUTNEW") \(Self.list($0))" })
  }

  private static func list(_ fields: [LookupField]) -> String {
    fields.map { field in
      words(
        fieldName(field.column),
        field.column == field.field ? nil : "as \(fieldName(field.field))")
    }.listed
  }
}
