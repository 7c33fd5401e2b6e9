import Events
import Findings
import SPL

extension State {
  /// What could stand at the end of a line of the palette.
  func lineCompletion(before caret: Substring) -> Completion {
    let words = caret.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    if words.count < 2, !caret.contains("|") {
      let commands = PaletteCommand.all.map {
        Completion.Candidate(
          text: $0.argument == .none ? $0.name : $0.name + " ", note: $0.description)
      }
      return Completion(of: caret, in: commands)
    }
    if let command = PaletteCommand.named(words[0]), command.argument != .none {
      if command.argument == .terms { return filterCompletion(before: words[1]) }
      return Completion(of: words[1], in: arguments(of: command.argument))
    }
    return searchCompletion(before: caret)
  }

  /// A command behind a pipe, else a field.
  private func searchCompletion(before caret: Substring) -> Completion {
    let word = caret.suffix(while: { !" |(,=".contains($0) })
    let rest = caret.dropLast(word.count).trimmed
    if rest.last == "|" {
      let commands = SearchCompiler.commandNames.map {
        Completion.Candidate(text: $0 + " ", note: "command")
      }
      return Completion(of: word, in: commands)
    }
    if let value = valueCompletion(before: caret) { return value }
    guard rest.last != "=" else { return .none }
    let stage = rest.split(separator: "|").last?.trimmed ?? ""
    let functions =
      stage.hasPrefix("stats") && !stage.contains(" by ")
      ? SearchCompiler.aggregateNames.map { Completion.Candidate(text: $0, note: "function") } : []
    return word.isEmpty ? .none : Completion(of: word, in: functions + searchFields)
  }

  /// What could stand behind `field=`; nil where that is not what is being typed.
  private func valueCompletion(before caret: Substring) -> Completion? {
    let word = caret.suffix(while: { !" |(,".contains($0) })
    guard let sign = word.lastIndex(where: { "=<>".contains($0) }) else { return nil }
    let name = word[..<sign].prefix { !"!<>=".contains($0) }
    let value = word[word.index(after: sign)...]
    return values(named: String(name), typed: value)
  }

  /// Values of a field by the name that a search has for it, as this screen has met them.
  private func values(named name: String, typed value: Substring) -> Completion {
    let values: [String] =
      switch name {
      case "index": ["main", "notable", "risk"]
      case "eventName", "signature": ["DescribeImageScanFindings", "PutImage"]
      case "eventSource": ["ecr.amazonaws.com"]
      case "risk_object_type": ["system", "user"]
      case "risk_object", "normalized_risk_object", "user_name", "userIdentity.userName":
        knownValues(of: .user)
      default:
        (FilterField(rawValue: name) ?? field(calledElsewhere: name)).map(values(of:)) ?? []
      }
    return quoted(values, typed: value)
  }

  /// The fields of what a search found last, and those that findings and risk events have.
  private var searchFields: [Completion.Candidate] {
    let columns = place.table?.table.columns.map(\.string) ?? []
    let known = [
      "index=risk", "index=notable", "risk_object", "risk_object_type", "risk_score",
      "risk_message", "search_name", "normalized_risk_object", "urgency", "status", "owner",
      "disposition", "rule_title", "eventName", "eventSource", "sourceIPAddress", "awsRegion",
      "recipientAccountId", "userIdentity.userName", "userIdentity.arn",
    ]
    let all = columns + known.filter { !columns.contains($0) }
    return all.map { Completion.Candidate(text: $0, note: "field") }
  }

  private func arguments(of argument: PaletteCommand.Argument) -> [Completion.Candidate] {
    let texts: [String] =
      switch argument {
      case .none, .terms, .replay, .newView: []
      case .savedView: savedViews.keys.sorted()
      case .repository: knownValues(of: PaneRole.repository)
      case .image: knownValues(of: PaneRole.image)
      case .finding: knownValues(of: PaneRole.finding)
      case .user: knownValues(of: PaneRole.user)
      case .source: knownValues(of: PaneRole.source)
      case .rule: rules.map(\.name)
      case .time:
        ["-1h", "-24h", "-7d", "-30d", "all", "\((listsEnd - 86400).date)..\(listsEnd.date)"]
      case .column: sortColumns.map { $0.title.lowercased() }
      case .theme: settings.themes
      }
    return texts.map { Completion.Candidate(text: $0) }
  }

  /// What could stand at the end of a filter: a field, or a value of the field before.
  func filterCompletion(before caret: Substring) -> Completion {
    let word = caret.suffix(while: { !" (".contains($0) })
    guard let sign = word.lastIndex(where: { "=<>".contains($0) }) else {
      let fields = place.filter.fields.map {
        Completion.Candidate(text: $0.rawValue + "=", note: "field")
      }
      let words = ["NOT ", "OR "].map { Completion.Candidate(text: $0, note: "all but, either") }
      return Completion(of: word, in: word.isEmpty ? fields : fields + words)
    }
    let name = word[..<sign].prefix { !"!<>=".contains($0) }
    let value = word[word.index(after: sign)...]
    guard
      let field = FilterField(rawValue: String(name)) ?? field(calledElsewhere: String(name)),
      place.filter.fields.contains(field)
    else { return .none }
    return quoted(values(of: field), typed: value)
  }

  /// Matched without its quotes, whether or not they are typed yet.
  private func quoted(_ values: [String], typed value: Substring) -> Completion {
    let start = value.drop { $0 == "\"" }
    var completion = Completion(of: start, in: values.map { Completion.Candidate(text: $0) })
    completion.typed = value.count
    completion.candidates = completion.candidates.map { Completion.Candidate(text: $0.text.quoted) }
    return completion
  }

  private func values(of field: FilterField) -> [String] {
    switch field {
    case .severity: Severity.all
    case .status: TriageStatus.allCases.map(\.rawValue)
    case .urgency: Urgency.allCases.reversed().map(\.rawValue)
    case .disposition: Disposition.allCases.map(\.rawValue)
    case .rule: rules.map(\.name)
    case .owner: known { if case .finding(let line) = $0 { line.triage.owner } else { nil } }
    case .package: known { if case .finding(let line) = $0 { line.package } else { nil } }
    case .version: known { if case .finding(let line) = $0 { line.version } else { nil } }
    case .state: ["following", "complete", "incomplete", "unreadable", "gone"]
    case .format: ["lines", "document", "gzip", "digest"]
    case .integrity:
      ["verified", "hash only", "pending", "MISMATCH", "missing", "undigested", "unreadable"]
    case .path: known { if case .file(let line) = $0 { line.path } else { nil } }
    case .description, .count: []
    default: PaneRole(rawValue: field.rawValue).map(knownValues(of:)) ?? []
    }
  }

  /// The values of a role that the lists of the views one came through show.
  func knownValues(of role: PaneRole) -> [String] { known { $0.roles[role] } }

  private func known(_ value: (Line) -> String?) -> [String] {
    var found: Set<String> = []
    for place in stack.reversed() {
      for pane in place.panes {
        for line in pane.lines?.lines ?? [] { value(line).map { _ = found.insert($0) } }
      }
    }
    return found.sorted()
  }
}

extension Substring {
  fileprivate func suffix(while isPart: (Character) -> Bool) -> Substring {
    suffix(reversed().prefix(while: isPart).count)
  }

  fileprivate var trimmed: String { String(self).trimmed }
}

extension String {
  /// As a value in a search: in quotes where it would not be one word.
  var quoted: String {
    let isWord = unicodeScalars.allSatisfy {
      ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
        || "_-./:@".unicodeScalars.contains($0)
    }
    if isWord, !isEmpty { return self }
    return "\"" + replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
