import Diagnostics
import Events
import SPL

/// Makes commands ready that look at one row alone, and collects what cannot be run.
struct StageCompiler {
  let settings: PlanSettings
  let lookups: any LookupTables
  let limits: LimitCount
  private(set) var problems: [Diagnostic] = []
  /// Whether a `search` had a time range of its own.
  private(set) var hasOwnRange = false

  init(_ settings: PlanSettings, lookups: any LookupTables, limits: LimitCount) {
    self.settings = settings
    self.lookups = lookups
    self.limits = limits
  }

  mutating func report(_ problem: Diagnostic) { problems.append(problem) }

  mutating func report(_ problems: [Diagnostic]) { self.problems += problems }

  /// The stages that a row-by-row command is; none for one that does nothing or has a problem.
  mutating func compile(_ stage: Stage) -> [EventStage] {
    do throws(PatternProblem) {
      return try compiled(stage)
    } catch {
      report(.badPattern(error, stage.span))
      return []
    }
  }

  private mutating func compiled(_ stage: Stage) throws(PatternProblem) -> [EventStage] {
    switch stage.command {
    case .search(let predicate, let modifiers): return search(predicate, modifiers)
    case .where(let condition): return [.where(try Formula(condition, limits: limits))]
    case .eval(let assignments):
      var formulas: [(field: Text, value: Formula)] = []
      for one in assignments {
        formulas.append((Text(one.field), try Formula(one.value, limits: limits)))
      }
      return [.eval(formulas)]
    case .regex(let filter):
      let pattern = try PerlPattern(filter.pattern, limits: limits)
      return [.regex(Text(filter.field), pattern, keepsMatches: filter.keepsMatches)]
    case .rex(let rex): return [.rex(try RexStep(rex, limits: limits))]
    case .makeMultivalue(let make): return [.split(try MakeMultivalueStep(make, limits: limits))]
    case .lookup(let lookup):
      guard let table = lookups.table(named: Text(lookup.table.lookupName)) else {
        report(.unknownTable(lookup.table, columns: lookup.columns, lookups, stage.span))
        return []
      }
      report(lookup.columnsMissing(in: table, at: stage.span))
      return [.lookup(LookupStep(lookup, table))]
    default: return plain(stage.command)
    }
  }

  private mutating func search(
    _ predicate: Predicate, _ modifiers: TimeModifiers
  ) -> [EventStage] {
    var stages: [EventStage] = []
    if let range = SearchRange(modifiers, asOf: settings.asOf) {
      hasOwnRange = true
      if range.isBounded { stages.append(.within(range)) }
    }
    let predicate = predicate.withoutSubsearches
    if predicate != .everything { stages.append(.filter(Condition(predicate))) }
    return stages
  }

  private func plain(_ command: Command) -> [EventStage] {
    switch command {
    case .spath(let spath): [.spath(SpathStep(spath, exact: settings.exact))]
    case .multivalueExpand(let field, let limit): [.expand(Text(field), limit: limit)]
    case .rename(let renamings): [.rename(RenameMap(renamings))]
    case .convert(let convert): [.convert(ConvertStep(convert))]
    case .table(let patterns): [.select(FieldSelector(table: patterns))]
    case .fields(let selection): [.select(FieldSelector(selection))]
    case .fillNull(let fill): [.fill((fill.fields ?? []).map { Text($0) }, .string(fill.value))]
    case .singleValue(let field): [.single(Text(field))]
    case .bin(let bin): [.bin(BinStep(bin))]
    case .addInfo: [.addInfo]
    case .from(.allRiskPrefixed): [.prefix]
    default: []
    }
  }
}
