import Diagnostics

extension StageParser {
  /// The command that the stage begins with, by its name.
  mutating func command(isFirst: Bool) throws(Diagnostic) -> Command {
    let start = try text("the name of a command")
    guard let name = start.wording.bareText?.lowercased() else {
      throw start.fails(StageProblem.unknownCommand(start.text, suggestion: nil))
    }
    if let command = try generating(name, start, isFirst: isFirst) { return command }
    guard isFirst == false || CommandName.supported.contains(name) == false else {
      throw start.fails(StageProblem.notGenerating(name))
    }
    var read = try fieldCommand(name)
    if read == nil { read = try tableCommand(name) }
    guard let command = read else { throw start.fails(Self.refusal(of: name, start)) }
    try expectEnd()
    return command
  }

  /// A command that begins a search, or that may.
  private mutating func generating(
    _ name: String, _ start: Word, isFirst: Bool
  ) throws(Diagnostic) -> Command? {
    let command: Command
    switch name {
    case "search": return try search()
    case "inputlookup":
      let input = try inputLookup()
      guard isFirst || input.appends else {
        throw start.fails(StageProblem.misplacedGenerating("inputlookup"))
      }
      return .inputLookup(input)
    case "from", "datamodel", "tstats", "makeresults":
      guard isFirst else { throw start.fails(StageProblem.misplacedGenerating(name)) }
      switch name {
      case "from": command = try from()
      case "datamodel": command = try dataModel()
      case "tstats": command = .tstats(try tstats())
      default: command = .makeResults(try makeResults())
      }
    default: return nil
    }
    try expectEnd()
    return command
  }

  /// A command that answers for each row alone.
  private mutating func fieldCommand(_ name: String) throws(Diagnostic) -> Command? {
    switch name {
    case "where": .where(try whereCondition())
    case "eval": .eval(try assignments())
    case "spath": .spath(try spath())
    case "mvexpand": try multivalueExpand()
    case "rename": .rename(try renamings())
    case "convert": .convert(try convert())
    case "table": .table(try patterns(of: "table"))
    case "fields": .fields(try fieldSelection())
    case "fillnull": .fillNull(try fillNull())
    case "rex": .rex(try rex())
    case "regex": .regex(try regexFilter())
    case "makemv": .makeMultivalue(try makeMultivalue())
    case "nomv": .singleValue(try oneField(of: "nomv"))
    case "bin", "bucket", "discretize": .bin(try bin(name))
    case "lookup": .lookup(try lookup())
    case "addinfo": .addInfo
    case "iplocation": .ipLocation(try ipLocation())
    default: nil
    }
  }

  /// A command that looks at several rows.
  private mutating func tableCommand(_ name: String) throws(Diagnostic) -> Command? {
    switch name {
    case "stats": .stats(try stats(name))
    case "chart": try chart()
    case "timechart": try timeChart()
    case "xyseries": .pivot(try pivot())
    case "untable": .unpivot(try unpivot())
    case "eventstats": .eventStats(try stats(name))
    case "streamstats": .streamStats(try streamStats())
    case "dedup": .dedup(try dedup())
    case "sort": .sort(try sort())
    case "head": .head(try head())
    case "tail": .tail(try tail())
    case "reverse": .reverse
    case "top": .frequencies(try frequencies(.top))
    case "rare": .frequencies(try frequencies(.rare))
    case "mvcombine": .multivalueCombine(try multivalueCombine())
    case "transaction", "transam": .transaction(try transaction())
    case "anomalydetection": .anomalyDetection(try anomalyDetection())
    case "append": .append(try append())
    case "appendpipe": .appendPipe(try appendPipe())
    case "join": .join(try join())
    case "outputlookup": .outputLookup(try outputLookup())
    default: nil
    }
  }

  private static func refusal(of name: String, _ start: Word) -> StageProblem {
    if let reason = CommandName.refused[name] { return .refusedCommand(name, reason: reason) }
    if CommandName.unsupported.contains(name) {
      return .unsupportedCommand(name, instead: CommandName.instead[name])
    }
    let known = CommandName.supported + CommandName.unsupported.sorted()
    return .unknownCommand(start.text, suggestion: nearest(to: name, in: known))
  }
}
