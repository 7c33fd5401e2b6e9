import Diagnostics
import SPL

/// Translates stages one by one, and collects what cannot be translated.
struct Translator {
  /// Names of fields that a `spath` without path may have to take from a text.
  var leaves: [String] = []
  let exact: Bool
  private(set) var problems: [Diagnostic] = []
  /// The stage that is being translated.
  private var span: SourceSpan?

  init(exact: Bool) { self.exact = exact }

  mutating func refuse(_ what: String, help: String? = nil) -> PythonCode {
    problems.append(.refused(what, span, help: help))
    return .atom("None")
  }

  /// What a stage does to `rows`; none for one that does nothing.
  mutating func calls(_ stage: Stage) -> [PythonCode] {
    span = stage.span
    switch stage.command {
    case .search(let predicate, let times): return search(predicate, times)
    case .where(let condition): return [.call("where", [expression(condition)])]
    case .eval(let assignments):
      return assignments.map { .call("eval", [.text($0.field), expression($0.value)]) }
    case .spath(let spath): return [self.spath(spath)]
    case .multivalueExpand(let field, let limit):
      return [.call("mvexpand", [.text(field)] + (limit.map { [.whole($0)] } ?? []))]
    case .rename(let renamings):
      return [
        .call("rename", renamings.map { .tuple([.text($0.from), .text($0.to)]) })
      ]
    case .convert(let convert): return convert.conversions.map { self.convert($0, convert) }
    case .table(let patterns): return [.call("table", names(patterns))]
    case .fields(let selection):
      return [.call(selection.keeps ? "fields" : "without", names(selection.fields))]
    case .fillNull(let fill):
      return [.call("fillnull", [.text(fill.value)] + (fill.fields ?? []).map(PythonCode.text))]
    case .rex(let rex): return [self.rex(rex)]
    case .regex(let regex):
      let pattern = java(regex.pattern)
      return [
        .call(
          "regex", [.text(regex.field), pattern, .named("keeps", truth(regex.keepsMatches))])
      ]
    default: return [rows(stage.command)]
    }
  }

  private mutating func rows(_ command: Command) -> PythonCode {
    switch command {
    case .makeMultivalue(let make): return makemv(make)
    case .singleValue(let field): return .call("nomv", [.text(field)])
    case .bin(let bin): return self.bin(bin)
    case .addInfo: return .call("addinfo", [])
    case .stats(let stats): return .call("stats", self.stats(stats))
    case .eventStats(let stats): return .call("eventstats", self.stats(stats))
    case .streamStats(let stream): return self.stream(stream)
    case .dedup(let dedup): return self.dedup(dedup)
    case .sort(let sort):
      return .call(
        "sort", keys(sort.keys) + (sort.limit.map { [.named("limit", .whole($0))] } ?? []))
    case .head(let head):
      guard head.condition == nil, let limit = head.limit else {
        return refuse("'head' with a condition, which asks rows one after another")
      }
      return .call("head", [.whole(limit)])
    default: return refuseCommand(command)
    }
  }

  private mutating func refuseCommand(_ command: Command) -> PythonCode {
    switch command {
    case .lookup, .inputLookup, .outputLookup:
      refuse("'\(command.name)', whose table is on this machine, not with Spark")
    case .join, .append, .appendPipe:
      refuse("'\(command.name)', which puts rows of two searches together")
    case .from, .tstats:
      refuse("a search over risk events, which watchfloor makes of the job's rows")
    default: refuse("'\(command.name)', which is not translated")
    }
  }

  private mutating func search(_ predicate: Predicate, _ times: TimeModifiers) -> [PythonCode] {
    if times != .none {
      _ = refuse(
        "a time range in the search, where the job goes by windows",
        help: "leave earliest and latest away")
    }
    return predicate == .everything ? [] : [.call("search", [condition(predicate)])]
  }

  private func spath(_ spath: Spath) -> PythonCode {
    let source = PythonCode.text(spath.input ?? "_raw")
    if let path = spath.path {
      return .call("spath_path", [source, .text(path), .text(spath.output ?? path)])
    }
    return .call(
      "spath", [source, .texts(leaves)] + (exact ? [.named("cut", .whole(5000))] : []))
  }

  private mutating func convert(_ one: Conversion, _ convert: Convert) -> PythonCode {
    guard one.function == .ctime || one.function == .number else {
      return refuse("'\(one.function.rawValue)' in convert, which is not translated")
    }
    return .call(
      "convert",
      [.text(one.function.rawValue), .text(one.field), .text(one.name)]
        + (one.function == .ctime ? [timeFormat(convert.timeFormat)] : []))
  }

  private static let timeLetters = Set("YymdBbhAajHIMSpFT%zZnts")

  /// A time format of which every part is known to both.
  mutating func timeFormat(_ format: String) -> PythonCode {
    var rest = Substring(format)
    while let percent = rest.firstIndex(of: "%") {
      let letter = rest[percent...].dropFirst().first
      guard let letter, Self.timeLetters.contains(letter) else {
        return refuse("'%\(letter.map { String($0) } ?? "")' in the time format '\(format)'")
      }
      rest = rest[percent...].dropFirst(2)
    }
    return .text(format)
  }

  private mutating func rex(_ rex: Rex) -> PythonCode {
    switch rex.mode {
    case .extract(let pattern, let limit):
      guard let java = javaPattern(pattern) else { return .atom("None") }
      guard !java.hasOptionalGroups else {
        return refuse("a group that need not take part in '\(pattern)': Spark says not which did")
      }
      let groups = PythonCode.texts(java.groupNames)
      guard java.groupsAreNamed else {
        return refuse("groups with and without names in '\(pattern)'")
      }
      return .call(
        "rex",
        [.text(rex.field), .text(java.text), groups]
          + (limit == 1 ? [] : [.named("limit", limit.map { .whole($0) } ?? .atom("None"))]))
    case .sed(.substitute(let pattern, let replacement, 1, true)):
      return .call(
        "sed", [.text(rex.field), java(pattern), javaReplacement(replacement, sed: true)])
    case .sed: return refuse("a sed program that changes some matches only")
    }
  }

  private mutating func makemv(_ make: MakeMultivalue) -> PythonCode {
    guard case .delimiter(let delimiter) = make.cut else {
      return refuse("'makemv' with a tokenizer, which is not translated")
    }
    return .call(
      "makemv",
      [.text(make.field), .text(delimiter)]
        + (make.allowsEmpty ? [.named("allows_empty", truth(true))] : []))
  }

  private mutating func bin(_ bin: Bin) -> PythonCode {
    let seconds: [TimeUnit: Int64] = [
      .second: 1, .minute: 60, .hour: 3600, .day: 86_400, .week: 604_800,
    ]
    switch bin.span {
    case .time(let count, let unit):
      guard let length = seconds[unit] else {
        return refuse("a span of \(unit.rawValue)s, which are not of one length")
      }
      let origin: [PythonCode] = unit == .week ? [.whole(-345_600)] : []
      return .call(
        "bin", [.text(bin.field), .text(bin.name), .whole(Int(count * length))] + origin)
    case .number(let width):
      guard bin.field == "_time", width == width.rounded() else {
        return refuse("a span of a field that is no time")
      }
      return .call("bin", [.text(bin.field), .text(bin.name), .whole(Int(width))])
    }
  }

  private mutating func stream(_ stream: StreamStats) -> PythonCode {
    guard stream.window == nil || !stream.global || stream.stats.by.isEmpty else {
      return refuse("'streamstats' with a window of the rows of all groups")
    }
    var options = self.stats(stream.stats)
    if let window = stream.window { options.append(.named("window", .whole(window))) }
    if !stream.current { options.append(.named("current", truth(false))) }
    return .call("streamstats", options)
  }

  private mutating func dedup(_ dedup: Dedup) -> PythonCode {
    guard !dedup.keepsEmpty, !dedup.keepsEvents, !dedup.consecutive else {
      return refuse("'dedup' with an option that is not translated")
    }
    var options = dedup.fields.map(PythonCode.text)
    if dedup.count > 1 { options.append(.named("count", .whole(dedup.count))) }
    if !dedup.sortBy.isEmpty { options.append(.named("sort_by", .list(keys(dedup.sortBy)))) }
    return .call("dedup", options)
  }

  private mutating func keys(_ keys: [SortKey]) -> [PythonCode] {
    keys.map { key in
      if key.kind == .address { return refuse("a sort by addresses, which is not translated") }
      return .tuple([.text(key.field), truth(key.isDescending), .text(key.kind.rawValue)])
    }
  }

  private func names(_ patterns: [Pattern]) -> [PythonCode] {
    patterns.map { .text($0.runs.joined(separator: "*")) }
  }

  func truth(_ truth: Bool) -> PythonCode { .atom(truth ? "True" : "False") }
}
