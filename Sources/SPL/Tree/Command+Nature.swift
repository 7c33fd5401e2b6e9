extension Command {
  /// How many of the rows that reach a command its answer for one of them needs.
  package enum Scope: Equatable, Sendable {
    /// None but the row itself: none, one or more rows come of it.
    case row
    /// Rows of one key: a row for each group comes of them.
    case group
    /// All.
    case table
  }

  package var scope: Scope {
    switch self {
    case .search, .where, .eval, .spath, .multivalueExpand, .rename, .convert, .table, .fields,
      .rex, .regex, .makeMultivalue, .singleValue, .bin, .lookup, .addInfo, .ipLocation:
      .row
    case .fillNull(let fill): fill.fields == nil ? .table : .row
    case .stats: .group
    case .from, .tstats, .makeResults, .inputLookup, .frequencies, .chart, .pivot, .unpivot,
      .eventStats, .streamStats,
      .dedup, .sort, .head, .tail, .reverse, .multivalueCombine, .transaction, .anomalyDetection,
      .append, .appendPipe, .join, .outputLookup:
      .table
    }
  }

  /// Whether the rows that come out, apart from their own order, depend on the order of those that
  /// reach it.
  package var readsOrder: Bool {
    switch self {
    case .stats(let stats), .eventStats(let stats): stats.readsOrder
    case .tstats(let tstats): tstats.stats.readsOrder
    case .chart(let chart): chart.aggregates.contains { $0.function.readsOrder }
    case .streamStats, .dedup, .head, .tail, .transaction, .anomalyDetection, .multivalueCombine:
      true
    case .sort(let sort): sort.limit != nil
    case .frequencies(let frequencies): frequencies.limit != nil
    case .join(let join): join.max != nil
    case .outputLookup(let output): output.keyField != nil || output.max != nil
    case .appendPipe(let stages): stages.contains { $0.command.readsOrder }
    default: false
    }
  }

  /// Whether it begins a search: brings rows that no stage before it has.
  package var isGenerating: Bool {
    switch self {
    case .from, .tstats, .makeResults: true
    case .inputLookup(let input): input.appends == false
    default: false
    }
  }

  /// The searches in brackets that its answer needs first; those of `appendpipe` are not, as they
  /// bring no rows of their own.
  package var subsearches: [Search] {
    switch self {
    case .search(let predicate, _): predicate.subsearches
    case .tstats(let tstats): tstats.predicate.subsearches
    case .inputLookup(let input): input.predicate.subsearches
    case .append(let search): [search]
    case .join(let join): [join.search]
    default: []
    }
  }

  /// The name of the lookup table that it reads, without `.csv`.
  package var tableRead: String? {
    switch self {
    case .lookup(let lookup): lookup.table.lookupName
    case .inputLookup(let input): input.table.lookupName
    default: nil
    }
  }

  package var tableWritten: String? {
    if case .outputLookup(let output) = self { output.table.lookupName } else { nil }
  }

  /// Its stages and all within it, subsearches and `appendpipe` included.
  fileprivate var innerCommands: [Command] {
    let inner =
      if case .appendPipe(let stages) = self { stages.map(\.command) } else { [Command]() }
    return [self] + inner.flatMap(\.innerCommands) + subsearches.flatMap(\.allCommands)
  }
}

extension Search {
  /// Every command, those of subsearches and `appendpipe` included.
  package var allCommands: [Command] { stages.flatMap(\.command.innerCommands) }

  /// The lookup tables that some command reads, and that some command writes.
  package var tablesRead: Set<String> { Set(allCommands.compactMap(\.tableRead)) }
  package var tablesWritten: Set<String> { Set(allCommands.compactMap(\.tableWritten)) }

  /// Whether what it writes changes what it reads the next time: it then depends on when it runs.
  package var readsTableItWrites: Bool { tablesRead.isDisjoint(with: tablesWritten) == false }
}

extension String {
  /// What a lookup table is known by: `teams` and `teams.csv` are one.
  package var lookupName: String {
    hasSuffix(".csv") && self != ".csv" ? String(dropLast(4)) : self
  }
}

extension Stats {
  /// Whether an aggregate depends on the order in which rows come.
  package var readsOrder: Bool { aggregates.contains { $0.function.readsOrder } }
}

extension Predicate {
  /// The subsearches among the conditions, from left to right.
  package var subsearches: [Search] {
    switch self {
    case .subsearch(let search): [search]
    case .and(let parts), .or(let parts): parts.flatMap(\.subsearches)
    case .not(let negated): negated.subsearches
    case .everything, .compare, .compareCase, .within, .term, .termCase, .wholeTerm: []
    }
  }
}
