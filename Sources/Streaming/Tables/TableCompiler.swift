import Diagnostics
import Events
import SPL

/// Makes the stages ready that work on rows that are there, and their subsearches.
struct TableCompiler {
  private(set) var rows: StageCompiler
  private(set) var subplans: [Plan] = []
  private let source: Plan.Source
  /// Tables that the whole search writes, and which are read as they are at the time.
  private let written: Set<String>

  init(_ rows: StageCompiler, source: Plan.Source, written: Set<String>) {
    self.rows = rows
    self.source = source
    self.written = written
  }

  mutating func compile(_ stages: some Collection<Stage>) -> [TableStage] {
    var compiled: [TableStage] = []
    for stage in stages.flatMap(\.lowered) {
      do throws(PatternProblem) {
        guard let next = try compile(stage) else { continue }
        if case .rows(let more, let commands) = next,
          case .rows(let before, let earlier) = compiled.last,
          !stage.command.selectsByPattern
        {
          compiled[compiled.count - 1] = .rows(before + more, earlier + commands)
        } else {
          compiled.append(next)
        }
      } catch {
        rows.report(.badPattern(error, stage.span))
      }
    }
    return compiled
  }

  private mutating func compile(_ stage: Stage) throws(PatternProblem) -> TableStage? {
    switch stage.command {
    case .search(let predicate, _):
      guard predicate.subsearches.isEmpty else {
        return .filter(predicate, subsearches(predicate.subsearches, stage.span))
      }
      return .rows([.filter(Condition(predicate))], [])
    case .lookup(let lookup):
      if !written.contains(lookup.table.lookupName) {
        let stages = rows.compile(stage)
        // Which columns come is plain where they are named.
        return lookup.outputs == nil ? .lookup(lookup) : .rows(stages, [stage.command])
      }
      return .lookup(lookup)
    case .stats(let stats): return .stats(try StatsStep(stats, limits: rows.limits))
    case .eventStats(let stats): return .eventStats(try StatsStep(stats, limits: rows.limits))
    case .streamStats(let command):
      return .streamStats(try StreamStatsStep(command, limits: rows.limits))
    case .frequencies(let command):
      return .frequencies(try FrequencyStep(command, limits: rows.limits))
    case .head(let head):
      var condition: Formula?
      if let expression = head.condition {
        condition = try Formula(expression, limits: rows.limits)
      }
      return .head(head, condition)
    case .fillNull(let fill) where fill.fields == nil: return .fillAll(.string(fill.value))
    default: break
    }
    if let others = withOthers(stage) { return others }
    if let plain = TableCompiler.plain(stage.command) { return plain }
    let stages = rows.compile(stage)
    return stages.isEmpty ? nil : .rows(stages, [stage.command])
  }

  private static func plain(_ command: Command) -> TableStage? {
    switch command {
    case .dedup(let dedup): .dedup(Deduplication(dedup))
    case .sort(let sort): .sort(Sorting(sort.keys), limit: sort.limit)
    case .tail(let count): .last(count)
    case .pivot(let pivot): .pivot(PivotStep(pivot))
    case .unpivot(let unpivot): .unpivot(UnpivotStep(command: unpivot))
    case .reverse: .reverse
    case .multivalueCombine(let combine): .combine(Text(combine.field))
    case .transaction(let transaction): .transaction(TransactionStep(transaction))
    case .makeResults(let make): .makeResults(make)
    case .outputLookup(let output): .outputLookup(OutputStep(command: output))
    default: nil
    }
  }

  private mutating func withOthers(_ stage: Stage) -> TableStage? {
    switch stage.command {
    case .append(let search): return .append(subsearches([search], stage.span).lowerBound)
    case .appendPipe(let stages): return .appendPipe(compile(stages))
    case .join(let join):
      return .join(JoinStep(join), subsearches([join.search], stage.span).lowerBound)
    case .inputLookup(let input):
      if !written.contains(input.table.lookupName),
        rows.lookups.table(named: Text(input.table.lookupName)) == nil
      {
        rows.report(
          .unknownTable(
            input.table, columns: input.predicate.fields.sorted(), rows.lookups, stage.span))
      }
      return .inputLookup(input, subsearches(input.predicate.subsearches, stage.span))
    case .from, .tstats:
      rows.report(.generatingLate(stage.span))
      return .rows([], [])
    default: return nil
    }
  }

  /// Makes plans of searches in brackets, over the same events or over none.
  private mutating func subsearches(_ searches: [Search], _ span: SourceSpan) -> Range<Int> {
    let first = subplans.count
    for search in searches {
      do throws(Problems) {
        let plan = try Plan(
          search, settings: rows.settings.ofSubsearch, lookups: rows.lookups, limits: rows.limits)
        if plan.source != .nothing, plan.source != source { rows.report(.otherSource(span)) }
        subplans.append(plan)
      } catch {
        // What the whole search is refused for has been said of it.
        let said = rows.problems
        rows.report(
          error.diagnostics.filter { one in
            !said.contains { $0.code == one.code && $0.message == one.message }
          })
      }
    }
    return first..<first + searches.count
  }
}
