import Diagnostics

/// The commands that are aggregates of groups.
extension StageParser {
  /// `count, dc(x) as n ... by a, b`, of `stats` and `eventstats`.
  mutating func stats(_ command: String) throws(Diagnostic) -> Stats {
    let names = OptionNames(
      command: command, known: [],
      unsupported: ["allnum", "annotate", "dedup_splitvals", "delim", "partitions"])
    return try stats(command) { (parser: inout StageParser) throws(Diagnostic) in
      guard let option = parser.option() else { return false }
      throw parser.refusal(of: option, names)
    }
  }

  /// `options` takes an option where one begins, and says whether one did.
  private mutating func stats(
    _ command: String, options: (inout StageParser) throws(Diagnostic) -> Bool
  ) throws(Diagnostic) -> Stats {
    var stats = Stats(aggregates: [], by: [])
    var columns: Set<FieldName> = []
    while let symbol = current, symbol.wording?.isKeyword("by") != true {
      if try options(&self) { continue }
      stats.aggregates.append(try aggregate(&columns))
      skipCommas()
    }
    guard stats.aggregates.isEmpty == false else {
      throw fails(ArgumentProblem.missingAggregate(command))
    }
    if skipKeyword("by") {
      // BY fields keep their columns where rows keep all their fields.
      var taken = command == "stats" ? columns : []
      stats.by = try groups(&taken, options: options)
    }
    return stats
  }

  /// `window=10 current=f global=f count by user`.
  mutating func streamStats() throws(Diagnostic) -> StreamStats {
    var window: Int??
    var current: Bool?
    var global: Bool?
    let names = OptionNames(
      command: "streamstats", known: ["window", "current", "global"],
      unsupported: [
        "allnum", "reset_after", "reset_before", "reset_on_change", "time_window",
      ])
    let stats = try stats("streamstats") { (parser: inout StageParser) throws(Diagnostic) in
      guard let option = parser.option() else { return false }
      switch option.text.lowercased() {
      case "window": try parser.set(&window, option, parser.limit("window"))
      case "current": try parser.set(&current, option, parser.flag(option))
      case "global": try parser.set(&global, option, parser.flag(option))
      default: throw parser.refusal(of: option, names)
      }
      return true
    }
    return StreamStats(
      stats: stats, window: window ?? nil, current: current ?? true, global: global ?? true)
  }

  /// `limit=5 a, b by c showperc=f countfield=n`.
  mutating func frequencies(_ order: Frequencies.Order) throws(Diagnostic) -> Frequencies {
    var reading = FrequencyOptions(command: order.rawValue)
    var fields: [FieldName] = []
    var by: [FieldName] = []
    var isAfterBy = false
    while let symbol = current {
      if let option = option() {
        try reading.read(option, &self)
      } else if skipKeyword("by") {
        isAfterBy = true
      } else if fields.isEmpty, reading.limit == nil,
        let count = Int(symbol.wording?.bareText ?? "")
      {
        advance()
        reading.limit = .some(count == 0 ? nil : count)
      } else {
        if isAfterBy { by.append(try field()) } else { fields.append(try field()) }
        skipCommas()
      }
    }
    guard fields.isEmpty == false else {
      throw missing("field", of: order.rawValue, example: "\(order.rawValue) limit=5 user")
    }
    return reading.frequencies(order, fields, by)
  }
}

/// The options of `top` and `rare` as they are read.
private struct FrequencyOptions {
  let command: String
  var limit: Int??
  private var countField: FieldName?
  private var percentField: FieldName?
  private var showsCount: Bool?
  private var showsPercent: Bool?
  private var usesOther: Bool?
  private var other: String?

  init(command: String) { self.command = command }

  mutating func read(
    _ option: StageParser.Word, _ parser: inout StageParser
  ) throws(Diagnostic) {
    switch option.text.lowercased() {
    case "limit": try parser.set(&limit, option, parser.limit("limit"))
    case "countfield": try parser.set(&countField, option, parser.field())
    case "percentfield": try parser.set(&percentField, option, parser.field())
    case "showcount": try parser.set(&showsCount, option, parser.flag(option))
    case "showperc": try parser.set(&showsPercent, option, parser.flag(option))
    case "useother": try parser.set(&usesOther, option, parser.flag(option))
    case "otherstr": try parser.set(&other, option, parser.text("a text").text)
    default:
      throw parser.refusal(
        of: option,
        .init(
          command: command,
          known: [
            "limit", "countfield", "percentfield", "showcount", "showperc", "useother", "otherstr",
          ]))
    }
  }

  func frequencies(
    _ order: Frequencies.Order, _ fields: [FieldName], _ by: [FieldName]
  ) -> Frequencies {
    Frequencies(
      order, fields: fields, by: by, limit: limit ?? Frequencies.defaultLimit,
      countField: showsCount == false ? nil : countField ?? "count",
      percentField: showsPercent == false ? nil : percentField ?? "percent",
      other: usesOther == true ? other ?? "OTHER" : nil)
  }
}
