import Diagnostics

extension StageParser {
  /// `count, dc(x) as n ... by a, b`.
  mutating func stats() throws(Diagnostic) -> Stats {
    var stats = Stats(aggregates: [], by: [])
    var columns: Set<FieldName> = []
    while let symbol = current, symbol.wording?.isKeyword("by") != true {
      if let option = option() { throw Self.refusal(of: option) }
      let aggregate = try aggregate()
      if columns.insert(aggregate.name).inserted == false {
        throw symbol.fails(ArgumentProblem.repeatedColumn(aggregate.name))
      }
      stats.aggregates.append(aggregate)
      skipCommas()
    }
    guard stats.aggregates.isEmpty == false else { throw fails(ArgumentProblem.missingAggregate) }
    if skipKeyword("by") {
      repeat {
        let place = current
        let name = try field("a field after 'by'")
        if let place, columns.insert(name).inserted == false {
          throw place.fails(ArgumentProblem.repeatedColumn(name))
        }
        stats.by.append(name)
        skipCommas()
      } while current != nil
    }
    return stats
  }

  private static func refusal(of option: Word) -> Diagnostic {
    let name = option.text.lowercased()
    let isKnown = ["allnum", "delim", "partitions", "dedup_splitvals"].contains(name)
    return option.fails(
      isKnown
        ? ArgumentProblem.unsupportedOption(name, command: "stats")
        : .unknownOption(option.text, command: "stats", options: []))
  }

  private mutating func aggregate() throws(Diagnostic) -> Aggregate {
    let word = try text("a function")
    let function = try AggregateName.function(word)
    var argument: FieldName?
    var column = word.text
    if skip(.leftParenthesis) {
      let open = previous
      if current?.kind != .rightParenthesis {
        argument = try functionField(of: word, AggregateName.supported)
      }
      try close(open)
      column += argument.map { "(\($0))" } ?? ""
    }
    if argument == nil, function != .count {
      let example = "\(word.text)(user)"
      throw word.fails(
        ArgumentProblem.missing("field to work on", command: word.text, example: example))
    }
    if skipKeyword("as") { column = try columnName() }
    return Aggregate(function, argument, as: column)
  }

  /// After `as`; parentheses may follow a bare word, `as flags(inherited)`.
  private mutating func columnName() throws(Diagnostic) -> FieldName {
    var name = try field("a name after 'as'")
    guard current?.isJoined == true, skip(.leftParenthesis) else { return name }
    let open = previous
    name += "(" + (current?.kind == .rightParenthesis ? "" : try field("a name"))
    try close(open)
    return name + ")"
  }

  /// `timeformat="..." ctime(a) as b, ctime(c)`.
  mutating func convert() throws(Diagnostic) -> Convert {
    var format: String?
    var conversions: [Conversion] = []
    while current != nil {
      if let option = option() {
        guard option.text.lowercased() == "timeformat" else {
          throw unknownOption(option, of: "convert", ["timeformat"])
        }
        try set(&format, option, text("a time format").text)
        continue
      }
      conversions.append(try conversion())
      skipCommas()
    }
    guard conversions.isEmpty == false else {
      throw fails(
        ArgumentProblem.missing("function", command: "convert", example: "convert ctime(_time)"))
    }
    return Convert(timeFormat: format ?? Convert.defaultTimeFormat, conversions: conversions)
  }

  private mutating func conversion() throws(Diagnostic) -> Conversion {
    let word = try text("a function")
    guard word.wording.isKeyword("ctime") else {
      let others = [
        "auto", "dur2sec", "mktime", "memk", "mstime", "none", "num", "rmcomma", "rmunit",
      ]
      let isKnown = others.contains(word.text.lowercased()) && word.wording.isQuoted == false
      throw word.fails(
        isKnown
          ? ArgumentProblem.unsupportedFunction(word.text, functions: ["ctime"])
          : .unknownFunction(word.text, functions: ["ctime"]))
    }
    let open = current
    try expect(.leftParenthesis, "'(' after 'ctime'")
    let field = try functionField(of: word, ["ctime"])
    try close(open)
    let name = skipKeyword("as") ? try self.field("a name after 'as'") : field
    return Conversion(.ctime, field: field, as: name)
  }

  /// The field between a function's parentheses; an expression or several fields are refused.
  private mutating func functionField(
    of function: Word, _ functions: [String]
  ) throws(Diagnostic) -> FieldName {
    let isCall = symbol(ahead: 1)?.kind == .leftParenthesis
    if let inner = current, let wording = inner.wording, isCall || wording.pattern.hasWildcard {
      let shown = "\(function.text)(\(wording.text)\(isCall ? "(...)" : ""))"
      throw inner.fails(ArgumentProblem.unsupportedFunction(shown, functions: functions))
    }
    return try field()
  }

  private mutating func close(_ open: Symbol?) throws(Diagnostic) {
    if skip(.rightParenthesis) { return }
    guard current == nil, let open else { throw unexpected("')'") }
    throw open.fails(TextProblem.unclosedParenthesis)
  }
}

extension Convert {
  static let defaultTimeFormat = "%m/%d/%Y %H:%M:%S"
}

/// The functions of `stats` by name.
enum AggregateName {
  static let supported = ["count", "dc", "distinct_count", "max", "min", "values"]

  private static let unsupported: Set<String> = [
    "avg", "earliest", "earliest_time", "estdc", "estdc_error", "exactperc", "first", "last",
    "latest", "latest_time", "list", "mean", "median", "mode", "per_day", "per_hour",
    "per_minute", "per_second", "range", "rate", "sparkline", "stdev", "stdevp", "sum", "sumsq",
    "upperperc", "var", "varp",
  ]

  /// Names are read without case.
  static func function(_ word: StageParser.Word) throws(Diagnostic) -> AggregateFunction {
    let name = word.wording.bareText?.lowercased() ?? ""
    switch name {
    case "count", "c": return .count
    case "dc", "distinct_count": return .distinctCount
    case "max": return .max
    case "min": return .min
    case "values": return .values
    default:
      let isKnown = unsupported.contains(name) || isPercentile(name)
      throw word.fails(
        isKnown
          ? ArgumentProblem.unsupportedFunction(word.text, functions: supported)
          : .unknownFunction(word.text, functions: supported))
    }
  }

  /// `p95`, `perc95`, `exactperc99.9`, `upperperc90`.
  private static func isPercentile(_ name: String) -> Bool {
    let start = name.firstIndex { $0.isNumber } ?? name.endIndex
    return start < name.endIndex
      && ["p", "perc", "exactperc", "upperperc"].contains(name[..<start])
  }
}
