extension Stats {
  var canonicalText: String {
    words(
      aggregates.map(\.canonicalText).listed, by.isEmpty ? nil : "by \(by.map { atom($0) }.listed)")
  }
}

extension Aggregate {
  var canonicalText: String {
    let inside: String? =
      switch argument {
      case .rows: nil
      case .field(let name): atom(name)
      case .expression(let expression): "eval(\(expression.canonicalText))"
      case .fields(let pattern): atom(pattern)
      }
    let call = function.name + (inside.map { "(\($0))" } ?? "")
    let usualName = function.name + (inside == nil ? "" : "(\(argument.title))")
    if name == usualName { return call }
    if case .fields = argument { return "\(call) as \(atom(wildcards: name))" }
    return "\(call) as \(atom(name))"
  }
}

extension StreamStats {
  var canonicalText: String {
    words(
      window.map { "window=\($0)" }, current ? nil : "current=false",
      global ? nil : "global=false", stats.canonicalText)
  }
}

extension Frequencies {
  var canonicalText: String {
    words(
      limit == Self.defaultLimit ? nil : "limit=\(limit ?? 0)",
      Self.option("count", countField), Self.option("perc", percentField),
      other.map { "useother=true otherstr=\(atom($0))" }, fields.map { fieldName($0) }.listed,
      by.isEmpty ? nil : "by \(by.map { fieldName($0) }.listed)")
  }

  private static func option(_ short: String, _ field: FieldName?) -> String? {
    let (title, usual) = short == "count" ? ("countfield", "count") : ("percentfield", "percent")
    guard let field else { return "show\(short)=false" }
    return field == usual ? nil : "\(title)=\(atom(field))"
  }
}

extension Chart {
  var canonicalText: String {
    let start = words(
      span.map { "span=\($0.text)" },
      nullColumn == Self.defaultNullColumn
        ? nil : nullColumn.map { "nullstr=\(atom($0))" } ?? "usenull=false",
      aggregates.map(\.canonicalText).listed)
    let by = column.map { "by \(fieldName($0))" }
    return isContinuous ? words(start, by) : words(start, "over \(fieldName(row))", by)
  }
}
