import Diagnostics

/// The commands that bring rows of their own.
extension StageParser {
  /// `datamodel Risk.All_Risk`, also `datamodel:"Risk.All_Risk"`.
  mutating func from() throws(Diagnostic) -> Command {
    guard current != nil else {
      throw missing("dataset", of: "from", example: "from datamodel Risk.All_Risk")
    }
    let kind = try text("a dataset")
    var name = kind.text
    while let part = current?.wording, current?.isJoined == true || name == "datamodel" {
      if current?.isJoined == false { name += ":" }
      name += part.text
      advance()
    }
    guard name == "datamodel:Risk.All_Risk" else {
      let shown = name.hasPrefix("datamodel:") ? String(name.dropFirst(10)) : name
      throw kind.fails(StageProblem.unknownDataset(shown))
    }
    return .from(.allRisk)
  }

  /// `Risk All_Risk search`, or `flat` for fields without their prefix.
  mutating func dataModel() throws(Diagnostic) -> Command {
    var words: [Word] = []
    while current != nil {
      guard let option = option() else {
        words.append(try text("a data model"))
        continue
      }
      let names = OptionNames(command: "datamodel", known: Self.summaryOptions)
      try readSummaryOption(option, names)
    }
    guard let model = words.first else {
      throw missing("data model", of: "datamodel", example: "datamodel Risk All_Risk search")
    }
    let shown = words.prefix(2).map(\.text).joined(separator: ".")
    guard shown == "Risk.All_Risk" else { throw model.fails(StageProblem.unknownDataset(shown)) }
    let modes = ["search", "flat"]
    guard words.count > 2 else {
      throw missing("'search'", of: "datamodel", example: "datamodel Risk All_Risk search")
    }
    guard words.count == 3, modes.contains(words[2].text) else {
      throw words[2].fails(
        ArgumentProblem.invalidChoice(words[2].text, option: "datamodel", choices: modes))
    }
    return .from(words[2].text == "flat" ? .allRisk : .allRiskPrefixed)
  }

  /// Risk events have no summaries, so these options change nothing.
  private static let summaryOptions = ["allow_old_summaries", "strict_fields", "summariesonly"]

  private mutating func readSummaryOption(
    _ option: Word, _ names: OptionNames
  ) throws(Diagnostic) {
    guard Self.summaryOptions.contains(option.text.lowercased()) else {
      throw refusal(of: option, names)
    }
    _ = try flag(option)
  }

  /// `count from datamodel=Risk.All_Risk where All_Risk.x=1 by All_Risk.y, _time span=1h`.
  mutating func tstats() throws(Diagnostic) -> RiskStats {
    var tstats = RiskStats(stats: Stats(aggregates: [], by: []))
    var columns: Set<FieldName> = []
    while let wording = current?.wording,
      ["from", "where", "by", "groupby"].contains(wording.bareText?.lowercased()) == false
    {
      if let option = option() {
        try readTstatsOption(option, &tstats.fillNull)
        continue
      }
      tstats.stats.aggregates.append(try aggregate(&columns, takesExpressions: false))
      skipCommas()
    }
    guard tstats.stats.aggregates.isEmpty == false else {
      throw fails(ArgumentProblem.missingAggregate("tstats"))
    }
    try readRiskModel()
    if skipKeyword("where") {
      guard current != nil else { throw fails(TermProblem.missingTerm(after: "where")) }
      conditionEnds = ["by", "groupby"]
      tstats.predicate = try conjunction()
      tstats.times = times.modifiers
    }
    if skipKeyword("by") || skipKeyword("groupby") {
      var span: Span?
      tstats.stats.by = try groups(&columns) { (parser: inout StageParser) throws(Diagnostic) in
        guard let option = parser.option() else { return false }
        guard option.text.lowercased() == "span", parser.symbol(ahead: -3)?.wording?.text == "_time"
        else {
          throw parser.refusal(of: option, OptionNames(command: "tstats", known: ["span"]))
        }
        try parser.set(&span, option, parser.span())
        parser.skipCommas()
        return true
      }
      tstats.timeSpan = span
    }
    return tstats
  }

  private mutating func readTstatsOption(
    _ option: Word, _ fillNull: inout String?
  ) throws(Diagnostic) {
    switch option.text.lowercased() {
    case "fillnull_value": try set(&fillNull, option, text("a value").text)
    case "chunk_size": _ = try whole("chunk_size")
    case "local": _ = try flag(option)
    default:
      let names = OptionNames(
        command: "tstats", known: ["allow_old_summaries", "fillnull_value", "summariesonly"],
        unsupported: ["append", "include_reduced_buckets", "prestats", "use_summary_index_values"])
      try readSummaryOption(option, names)
    }
  }

  /// `from datamodel=Risk.All_Risk`: only there is something to read.
  private mutating func readRiskModel() throws(Diagnostic) {
    let example = "tstats count from datamodel=Risk.All_Risk"
    guard skipKeyword("from") else {
      throw missing("data model", of: "tstats", example: example)
    }
    guard let option = option(), option.text.lowercased() == "datamodel" else {
      throw unexpected("'datamodel=Risk.All_Risk'")
    }
    let name = try text("a data model")
    var shown = name.text
    while let part = current?.wording, current?.isJoined == true {
      shown += part.text
      advance()
    }
    guard shown == "Risk.All_Risk" || shown == "Risk" else {
      throw name.fails(StageProblem.unknownDataset(shown))
    }
  }

  /// `count=3 annotate=t`.
  mutating func makeResults() throws(Diagnostic) -> MakeResults {
    var count: Int?
    var annotates: Bool?
    let names = OptionNames(
      command: "makeresults", known: ["annotate", "count"],
      unsupported: ["data", "format", "splunk_server", "splunk_server_group"])
    while current != nil {
      guard let option = option() else { throw unexpected("'count='") }
      switch option.text.lowercased() {
      case "count":
        let number = try whole("count")
        guard number <= 1_000_000 else {
          throw option.fails(ArgumentProblem.invalidNumber(String(number), option: "count"))
        }
        try set(&count, option, number)
      case "annotate": try set(&annotates, option, flag(option))
      default: throw refusal(of: option, names)
      }
    }
    return MakeResults(count: count ?? 1, annotates: annotates ?? false)
  }
}
