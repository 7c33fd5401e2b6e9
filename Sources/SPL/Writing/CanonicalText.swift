extension Search: CustomStringConvertible {
  /// The search as one line of SPL without macros; it compiles to the same commands again.
  package var canonicalText: String {
    let lead = if case .search = stages.first?.command { "" } else { "| " }
    return lead + stages.map(\.command.canonicalText).joined(separator: " | ")
  }

  package var description: String { canonicalText }
}

extension Command {
  /// The command as SPL, with its name.
  package var canonicalText: String {
    switch self {
    case .search(let predicate, let times): searchText(predicate, times)
    case .from(.allRisk): "from datamodel Risk.All_Risk"
    case .spath(let spath): spath.canonicalText
    case .multivalueExpand(let field, let limit):
      "mvexpand \(atom(field))" + (limit.map { " limit=\($0)" } ?? "")
    case .rename(let renamings):
      "rename "
        + renamings.map { "\(atom(wildcards: $0.from)) as \(atom(wildcards: $0.to))" }
        .joined(separator: ", ")
    case .stats(let stats): stats.canonicalText
    case .convert(let convert): convert.canonicalText
    default: preconditionFailure("no text yet")
    }
  }

  private func searchText(_ predicate: Predicate, _ times: TimeModifiers) -> String {
    var words = ["search"]
    if predicate != .everything || times == .none { words.append(predicate.canonicalText) }
    if let earliest = times.earliest { words.append("earliest=\(earliest.text)") }
    if let latest = times.latest { words.append("latest=\(latest.text)") }
    if let hours = times.startHoursAgo { words.append("starthoursago=\(hours)") }
    return words.joined(separator: " ")
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
    case .within(let field, let values):
      "\(atom(field)) IN (\(values.map { atom($0) }.joined(separator: ", ")))"
    case .term(let pattern): atom(pattern)
    case .termCase(let pattern): "CASE(\(atom(pattern)))"
    case .wholeTerm(let pattern): "TERM(\(atom(pattern)))"
    case .compareCase(let field, let comparison, let value):
      "\(atom(field))\(comparison.rawValue)CASE(\(atom(value)))"
    case .subsearch(let search): "[\(search.canonicalText)]"
    }
  }

  private var operandText: String {
    switch self {
    case .and, .or: inParentheses
    default: canonicalText
    }
  }

  private var inParentheses: String { "(\(canonicalText))" }
}

extension Spath {
  fileprivate var canonicalText: String {
    var words = ["spath"]
    if let input { words.append("input=\(atom(input))") }
    if let output { words.append("output=\(atom(output))") }
    if let path { words.append("path=\(atom(path))") }
    return words.joined(separator: " ")
  }
}

extension Stats {
  fileprivate var canonicalText: String {
    let computed = aggregates.map(\.canonicalText).joined(separator: ", ")
    let groups = by.isEmpty ? "" : " by " + by.map { atom($0) }.joined(separator: ", ")
    return "stats " + computed + groups
  }
}

extension Aggregate {
  fileprivate var canonicalText: String {
    let call = function.name + (field.map { "(\(atom($0)))" } ?? "")
    let usualName = function.name + (field.map { "(\($0))" } ?? "")
    return name == usualName ? call : "\(call) as \(atom(name))"
  }
}

extension Convert {
  fileprivate var canonicalText: String {
    let format = timeFormat == Self.defaultTimeFormat ? "" : "timeformat=\(atom(timeFormat)) "
    let calls = conversions.map { conversion in
      let call = "ctime(\(atom(conversion.field)))"
      return conversion.name == conversion.field ? call : "\(call) as \(atom(conversion.name))"
    }
    return "convert " + format + calls.joined(separator: ", ")
  }
}

// MARK: Words

/// A text whose stars are no wildcards, in quotes where it needs them.
private func atom(_ text: String) -> String { atom(Pattern(literal: text)) }

private func atom(wildcards text: String) -> String { atom(Pattern(wildcards: text)) }

private func atom(_ pattern: Pattern) -> String {
  let text = pattern.runs.joined(separator: "*")
  let isBare =
    text.isEmpty == false && text.utf8.allSatisfy(isPlain)
    && pattern.runs.allSatisfy { $0.utf8.contains(UInt8(ascii: "*")) == false }
    && keywords.contains(text.lowercased()) == false
  return isBare ? text : "\"\(pattern.runs.map(escaped).joined(separator: "*"))\""
}

private let keywords: Set<String> = [
  "and", "or", "not", "in", "as", "by", "term", "case", "earliest", "latest", "starthoursago",
]

private func isPlain(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"):
    true
  default: "*_.:{}@-/".utf8.contains(byte)
  }
}

private func escaped(_ run: String) -> String {
  var text = ""
  for scalar in run.unicodeScalars {
    switch scalar {
    case "*": text += Lexer.literalStar
    case "\"", "\\": text += "\\" + String(scalar)
    default: text.unicodeScalars.append(scalar)
    }
  }
  return text
}
