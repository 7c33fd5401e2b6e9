package import Diagnostics
package import Events
package import SPL

/// A checked search made ready to run: stages for one event at a time, what is kept of the
/// events, and the stages that rows go through.
///
/// An event gives contributions, contributions add up to group states in any order. Kept are the
/// groups of the first `stats` where every stage before it looks at one event alone; else the
/// events themselves, each a group of its own, with the fields that later stages read. What
/// subsearches keep is among the groups, told apart by the part of their keys.
package struct Plan: Sendable {
  package let source: Source
  /// The moments of the events that can count: the search's own time modifiers, else the range of
  /// the settings.
  package let range: SearchRange
  /// The columns of a result row in the search's own order: BY fields, aggregates, and what later
  /// stages make of them.
  ///
  /// Where they depend on the rows, a table has its own.
  package let columns: [Text]
  /// The BY fields of the first `stats`, which a group's key consists of; none where events are
  /// kept.
  package let keyFields: [Text]
  /// What the bytes of a record must contain to be worth parsing.
  package let needles: Needles
  /// Whether each group gives at most one row, whatever the others are: `row(key:state:)` may be
  /// asked.
  package let tableStagesAreRowLocal: Bool
  /// Whether a row that qualifies once does so whatever events still come: false for
  /// `search count<5` after `stats`, which more events make false again.
  package let rowsStandForGood: Bool
  package let outline: PlanOutline
  /// The lookup tables that the search writes.
  package let tablesWritten: Set<String>
  /// Those that it reads of the tables that some search writes; its rows depend on when it runs.
  package let tablesRead: Set<String>

  let settings: PlanSettings
  let lookups: any LookupTables
  let stages: [EventStage]
  let output: Output
  let tail: [TableStage]
  let subplans: [Plan]
  /// Nil where no samples are kept.
  let sampled: SampleFields?
  /// Nil where rows cannot be made one by one.
  private(set) var rowMaker: RowMaker?
  private let limits: LimitCount

  enum Output: Sendable {
    case groups(Reduction)
    /// The events themselves: these fields of each; columns to begin with.
    case events(fields: HeldFields, columns: [Text])
  }

  /// Makes a search ready; throws for stages that it cannot be run with.
  package init(
    _ search: Search, settings: PlanSettings = PlanSettings(),
    lookups: any LookupTables = NoLookupTables()
  ) throws(Problems) {
    try self.init(search, settings: settings, lookups: lookups, limits: LimitCount())
  }

  init(
    _ search: Search, settings: PlanSettings, lookups: any LookupTables, limits: LimitCount
  ) throws(Problems) {
    let written = search.tablesWritten.union(lookups.writtenTables)
    let parts = SearchParts(search, written: written, lookups: lookups)
    self.settings = settings
    self.lookups = lookups
    self.limits = limits
    source = Source(search)
    outline = PlanOutline(parts)
    tablesWritten = search.tablesWritten
    tablesRead = search.tablesRead.intersection(written)
    var events = StageCompiler(settings, lookups: lookups, limits: limits)
    search.refusals.forEach { events.report($0) }
    var stages = parts.before.flatMap { events.compile($0) }
    if !events.hasOwnRange, settings.range.isBounded {
      stages.insert(.within(settings.range), at: 0)
    }
    self.stages = stages.fused
    range = stages.range
    output = Plan.output(parts, &events).resolved(after: self.stages)
    keyFields = output.keyFields
    sampled =
      settings.keepsSamples
      ? SampleFields(settings.sampleFields, stages: parts.before, columns: output.columns) : nil
    var tables = TableCompiler(events, source: source, written: written)
    tail = tables.compile(parts.tail)
    subplans = tables.subplans
    // A subsearch wants records of its own.
    needles = Needles(
      source == .records && subplans.isEmpty ? parts.before.leadingPredicates : [])
    let problems = tables.rows.problems
    guard problems.isEmpty else { throw Problems(problems) }
    tableStagesAreRowLocal =
      subplans.isEmpty && source != .nothing
      && tail.allSatisfy { $0.isRowLocal(ofEvents: parts.reducing == nil) }
    rowsStandForGood =
      switch parts.reducing {
      case let stats? where subplans.isEmpty: RowStanding(stats, then: parts.tail).isForGood
      case nil where parts.tail.isEmpty: true
      default: false
      }
    columns = Plan.columns(output, tail, subplans, lookups)
    rowMaker = RowMaker(self)
  }

  private static func output(_ parts: SearchParts, _ events: inout StageCompiler) -> Output {
    guard let stats = parts.reducing else {
      return .events(
        fields: parts.heldFields(events.settings),
        columns: parts.listing(
          withRaw: events.settings.listsRaw, and: events.settings.alsoListed
        ).columns)
    }
    do throws(PatternProblem) {
      return .groups(
        try Reduction(stats, nulls: NullPolicy(events.settings), limits: events.limits))
    } catch {
      events.report(.badPattern(error, parts.reducingSpan))
      return .events(fields: HeldFields(), columns: [])
    }
  }

  /// The columns that come out where no row goes in.
  private static func columns(
    _ output: Output, _ tail: [TableStage], _ subplans: [Plan], _ lookups: any LookupTables
  ) -> [Text] {
    var run = TableRun(
      moment: SearchMoment(), subsearches: subplans.map { RowTable(columns: $0.columns) },
      lookups: lookups)
    return tail.applied(to: RowTable(columns: output.columns), in: &run).columns
  }

  /// How often a regular expression was given up because of its limits since the plan was made.
  package var patternLimitHits: Int { limits.value }

  /// Whether groups are those of a `stats`, and not events.
  package var hasStats: Bool {
    if case .groups = output { true } else { false }
  }

  /// Whether contributions must be told which record they are of: where events are kept, or an
  /// aggregate sees them in order.
  package var needsIdentity: Bool {
    if subplans.contains(where: \.needsIdentity) { return true }
    guard case .groups(let reduction) = output else { return true }
    return reduction.readsOrder
  }

  /// Whether rows have to be made of all groups of a window together, by `windowTable`.
  package var needsWholeWindow: Bool { !tableStagesAreRowLocal }

  /// How many parts its keys have: its own and those of its subsearches.
  var partCount: Int { subplans.reduce(1) { $0 + $1.partCount } }
}

extension Plan.Output {
  var columns: [Text] {
    switch self {
    case .groups(let reduction): reduction.columns
    case .events(_, let columns): columns
    }
  }

  /// The same for rows that have gone through those stages.
  fileprivate func resolved(after stages: [EventStage]) -> Plan.Output {
    guard case .groups(let reduction) = self, let renaming = stages.lastRenaming else {
      return self
    }
    return .groups(reduction.below(renaming))
  }

  fileprivate var keyFields: [Text] {
    if case .groups(let reduction) = self { reduction.by } else { [] }
  }
}

extension [Stage] {
  /// The conditions that a record has to fulfil before any stage changes its fields.
  fileprivate var leadingPredicates: [Predicate] {
    var predicates: [Predicate] = []
    for stage in self {
      guard case .search(let predicate, _) = stage.command else { break }
      predicates.append(predicate.withoutSubsearches)
    }
    return predicates
  }
}
