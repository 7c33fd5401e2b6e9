import Diagnostics

@testable import SPL

/// The commands after the first, each with all that it can hold.
extension RandomSearch {
  mutating func generating() -> Command {
    switch below(5) {
    case 0: return .from(.allRisk)
    case 1: return .from(.allRiskPrefixed)
    case 2: return .makeResults(MakeResults(count: below(5), annotates: chance(2)))
    case 3: return .inputLookup(inputLookup(appends: false))
    default: return .tstats(tstats())
    }
  }

  /// `nests`: also with brackets.
  mutating func command(nests: Bool = true) -> Command {
    switch below(nests ? 5 : 4) {
    case 0: return expressionCommand()
    case 1: return fieldCommand()
    case 2: return groupCommand()
    case 3: return orderCommand()
    default: return bracketCommand()
    }
  }

  private mutating func expressionCommand() -> Command {
    switch below(4) {
    case 0: return search()
    case 1: return .where(condition(3))
    case 2:
      let condition = chance(2) ? self.condition(2) : nil
      return .head(
        Head(
          limit: chance(3) ? nil : 1 + below(20), while: condition, keepsLast: chance(3),
          nullHolds: chance(3)))
    default: return .eval(list(1...3) { Assignment($0.name(), $0.value(3)) })
    }
  }

  private mutating func fieldCommand() -> Command {
    switch below(14) {
    case 0:
      let path = chance(2) ? pick(["a", "a.b{}.c", "x{0}{}", "na me.b", "input"]) : nil
      let output = path != nil && chance(2) ? name() : nil
      return .spath(Spath(input: chance(2) ? name() : nil, output: output, path: path))
    case 1: return .multivalueExpand(field: name(), limit: chance(2) ? 1 + below(9) : nil)
    case 2:
      return .rename(list(1...3) { $0.chance(3) ? $0.wildcardRenaming() : $0.plainRenaming() })
    case 3:
      let format = chance(2) ? text() : Convert.defaultTimeFormat
      return .convert(Convert(timeFormat: format, conversions: list(1...3) { $0.conversion() }))
    case 4: return .table(list(1...3) { $0.pattern() })
    case 5: return .fields(FieldSelection(keeps: chance(2), fields: list(1...3) { $0.pattern() }))
    case 6:
      return .fillNull(
        FillNull(
          value: pick(["0", "", "a b", "*"]), fields: chance(2) ? list(1...2) { $0.name() } : nil))
    case 7: return .rex(rex())
    case 8:
      return .regex(RegexFilter(field: name(), keepsMatches: chance(2), pattern: text()))
    case 9: return .makeMultivalue(makeMultivalue())
    case 10: return .singleValue(name())
    case 11: return .bin(Bin(field: name(), span: span(), as: name()))
    case 12: return .lookup(lookup())
    default:
      return chance(2)
        ? .addInfo
        : .ipLocation(IPLocation(field: name(), prefix: text(), allFields: chance(2)))
    }
  }

  private mutating func groupCommand() -> Command {
    switch below(7) {
    case 4:
      let isContinuous = chance(2)
      let stats = stats()
      return .chart(
        Chart(
          stats.aggregates, row: isContinuous ? "_time" : name(), span: span(),
          column: chance(2) ? name() : nil, nullColumn: pick([nil, "NULL", "by"]),
          isContinuous: isContinuous))
    case 5: return .pivot(Pivot(row: name(), column: name(), values: list(1...2) { $0.name() }))
    case 6: return .unpivot(Unpivot(row: name(), column: name(), value: name()))
    case 0: return .stats(stats())
    case 1: return .eventStats(stats())
    case 2:
      return .streamStats(
        StreamStats(
          stats: stats(), window: chance(2) ? 1 + below(9) : nil, current: chance(2),
          global: chance(2)))
    default:
      return .frequencies(
        Frequencies(
          pick([.top, .rare]), fields: list(1...2) { $0.name() }, by: list(0...2) { $0.name() },
          limit: pick([nil, 10, 3]), countField: pick([nil, "count", "n x"]),
          percentField: pick([nil, "percent", "p"]), other: pick([nil, "OTHER", "by"])))
    }
  }

  private mutating func orderCommand() -> Command {
    switch below(8) {
    case 0: return .sort(Sort(limit: chance(2) ? 1 + below(9) : nil, keys: sortKeys(1...3)))
    case 1:
      return .dedup(
        Dedup(
          fields: list(1...2) { $0.name() }, count: 1 + below(3), keepsEmpty: chance(2),
          keepsEvents: chance(2), consecutive: chance(2), sortBy: sortKeys(0...2)))
    case 2: return .tail(1 + below(9))
    case 3: return .reverse
    case 4: return .multivalueCombine(MultivalueCombine(field: name(), delimiter: text()))
    case 5: return .transaction(transaction())
    case 6:
      return .anomalyDetection(
        AnomalyDetection(
          fields: list(0...2) { $0.name() },
          options: list(0...2) { CommandOption($0.pick(["action", "method"]), $0.text()) }))
    default: return .outputLookup(outputLookup())
    }
  }

  private mutating func bracketCommand() -> Command {
    switch below(5) {
    case 0: return .append(inner())
    case 1:
      let commands = list(1...2) { $0.command(nests: false) }
      return .appendPipe(commands.map { Stage($0, span: SourceSpan(0..<0)) })
    case 2: return .inputLookup(inputLookup(appends: true))
    case 3:
      return .search(.conjunction([.subsearch(inner()), .not(.subsearch(inner()))]), .none)
    default:
      return .join(
        Join(
          kind: pick([.inner, .left]), fields: list(0...2) { $0.name() }, max: pick([nil, 1, 4]),
          overwrites: chance(2), search: inner()))
    }
  }
}
