import Events
import SPL

/// A stage over rows that are there: rows in, rows out.
enum TableStage: Sendable {
  /// Stages that look at one row each, and the commands that they are.
  case rows([EventStage], [Command])
  /// Conditions with subsearches, of which there are so many.
  case filter(Predicate, Range<Int>)
  /// A table that may have been written since the plan was made.
  case lookup(Lookup)
  case stats(StatsStep)
  case eventStats(StatsStep)
  case streamStats(StreamStatsStep)
  case frequencies(FrequencyStep)
  case pivot(PivotStep)
  case unpivot(UnpivotStep)
  /// Nulls of columns that some row has a value of.
  case fillAll(Value)
  case dedup(Deduplication)
  case sort(Sorting, limit: Int?)
  case head(Head, Formula?)
  case last(Int)
  case reverse
  case combine(Text)
  case transaction(TransactionStep)
  case append(Int)
  case appendPipe([TableStage])
  case join(JoinStep, Int)
  case makeResults(MakeResults)
  case inputLookup(InputLookup, Range<Int>)
  case outputLookup(OutputStep)

  /// Whether it answers for each row from that row alone, under columns that are always the same.
  ///
  /// Events may have fields that only a star speaks of.
  func isRowLocal(ofEvents: Bool) -> Bool {
    guard case .rows(_, let commands) = self else { return false }
    return commands.allSatisfy { command in
      switch command {
      case _ where ofEvents && command.selectsByPattern: false
      case .multivalueExpand: false
      case .spath(let spath): spath.path != nil
      default: true
      }
    }
  }
}

/// What stages over rows need beside the rows, and what they leave.
struct TableRun {
  let moment: SearchMoment
  /// What each subsearch came to.
  let subsearches: [RowTable]
  private let lookups: any LookupTables
  private(set) var writes: [TableWrite] = []

  init(moment: SearchMoment, subsearches: [RowTable], lookups: any LookupTables) {
    self.moment = moment
    self.subsearches = subsearches
    self.lookups = lookups
  }

  /// A table as earlier stages of the run left it.
  func table(named name: Text) -> LookupTable? {
    writes.last { $0.name == name }?.table ?? lookups.table(named: name)
  }

  mutating func write(_ table: LookupTable, named name: Text) {
    writes.removeAll { $0.name == name }
    writes.append(TableWrite(name: name, table: table))
  }
}
