@testable import SPL

/// What commands hold.
extension RandomSearch {
  mutating func wildcardRenaming() -> Renaming {
    Renaming(from: pick(["a.*", "*", "x* y"]), to: pick(["*", "b *", "as*"]))
  }

  mutating func plainRenaming() -> Renaming { Renaming(from: starless(), to: starless()) }

  private mutating func starless() -> String {
    let text = name().unicodeScalars.filter { $0 != "*" }
    return text.isEmpty ? "as" : String(String.UnicodeScalarView(text))
  }

  mutating func conversion() -> Conversion {
    let field = name()
    return Conversion(
      pick(ConvertFunction.allCases), field: field, as: field.utf8.contains(0x2a) ? field : name())
  }

  mutating func stats() -> Stats {
    var columns: Set<String> = []
    let aggregates = list(1...3) { $0.aggregate() }.filter { columns.insert($0.name).inserted }
    let by = list(0...3) { $0.name() }.filter { columns.insert($0).inserted }
    return Stats(aggregates: aggregates, by: by)
  }

  private mutating func aggregate() -> Aggregate {
    let named = AggregateFunction.named.keys.sorted()
    let function =
      chance(6)
      ? .percentile(pick([0, 50, 95, 99.9])) : AggregateFunction.named[pick(named)] ?? .count
    switch below(4) {
    case 0 where function == .count: return Aggregate(function, .rows, as: "count")
    case 1:
      let pattern = pick([Pattern(wildcards: "*"), Pattern(wildcards: "a b*")])
      return Aggregate(function, .fields(pattern), as: pick(["*", "x *", "as*"]))
    case 2:
      let argument = Aggregate.Argument.expression(chance(2) ? condition(2) : value(2))
      return Aggregate(function, argument, as: usualName(function, argument))
    default:
      let argument = Aggregate.Argument.field(name())
      return Aggregate(function, argument, as: chance(2) ? usualName(function, argument) : name())
    }
  }

  private func usualName(
    _ function: AggregateFunction, _ argument: Aggregate.Argument
  ) -> FieldName {
    "\(function.name)(\(argument.title))"
  }

  mutating func tstats() -> RiskStats {
    var stats = stats()
    // Its aggregates take no expressions.
    stats.aggregates.removeAll { if case .expression = $0.argument { true } else { false } }
    if stats.aggregates.isEmpty { stats.aggregates = [Aggregate(.count, .rows, as: "count")] }
    var times = TimeModifiers.none
    if chance(3) { times.earliest = bound() }
    let hasSpan = chance(2) && stats.aggregates.allSatisfy { $0.name != "_time" }
    if hasSpan, stats.by.contains("_time") == false { stats.by.append("_time") }
    return RiskStats(
      stats: stats, predicate: predicate(2), times: times, timeSpan: hasSpan ? span() : nil,
      fillNull: chance(2) ? text() : nil)
  }

  mutating func span() -> Span {
    chance(2)
      ? .number(pick([1, 0.5, 10, 1e9])) : .time(Int64(1 + below(60)), pick(TimeUnit.allCases))
  }

  mutating func rex() -> Rex {
    let pattern = pick(["(?<x>\\d+)", "(?P<a_b>[^\"|]+)\\|", "^\\\\(?<y>.*)$", "(?'z'a|b)"])
    switch below(3) {
    case 0:
      return Rex(field: name(), mode: .extract(pattern: pattern, limit: pick([nil, 1, 5])))
    case 1:
      let sed = Sed.substitute(
        pattern: pick(["a+", "[/#]", "\\d|\\\\"]), replacement: pick(["", "b/c", "\\1 &"]),
        from: 1 + below(3), all: chance(2))
      return Rex(field: name(), mode: .sed(sed))
    default: return Rex(mode: .sed(.transliterate(from: "ab/", to: "x\"y")))
    }
  }

  mutating func makeMultivalue() -> MakeMultivalue {
    let cut: MakeMultivalue.Cut =
      chance(2) ? .delimiter(pick([" ", ",", "\\|", "\""])) : .tokenizer("(\\w+)\\|?")
    return MakeMultivalue(
      field: name(), cut: cut, allowsEmpty: chance(2), keepsSingle: chance(2))
  }

  mutating func sortKeys(_ counts: ClosedRange<Int>) -> [SortKey] {
    list(counts) {
      SortKey(
        $0.chance(4) ? $0.pick(["d", "desc", "a", "-x", "10"]) : $0.name(),
        isDescending: $0.chance(2), kind: $0.pick(SortKey.Kind.allCases))
    }
  }

  mutating func transaction() -> Transaction {
    Transaction(
      fields: list(0...2) { $0.name() }, maxSpan: chance(2) ? span() : nil,
      maxPause: chance(2) ? span() : nil, maxEvents: chance(2) ? 1 + below(9) : nil,
      startsWith: chance(2) ? .search(predicate(2)) : nil,
      endsWith: chance(2) ? .expression(condition(2)) : nil)
  }

  mutating func lookup() -> Lookup {
    let outputs = chance(2) ? list(1...2) { $0.lookupField() } : nil
    return Lookup(
      table: name(), matches: list(1...2) { $0.lookupField() }, outputs: outputs,
      overwrites: outputs == nil || chance(2))
  }

  private mutating func lookupField() -> LookupField {
    LookupField(chance(4) ? pick(["output", "OUTPUTNEW"]) : name(), as: name())
  }

  mutating func inputLookup(appends: Bool) -> InputLookup {
    InputLookup(
      table: pick(["users.csv", "where", "a b"]), appends: appends, start: below(3),
      max: chance(2) ? 1 + below(9) : nil, predicate: predicate(2))
  }

  mutating func outputLookup() -> OutputLookup {
    OutputLookup(
      table: name(), appends: chance(2), keyField: chance(2) ? name() : nil,
      overridesIfEmpty: chance(2), max: chance(2) ? 1 + below(9) : nil)
  }
}
