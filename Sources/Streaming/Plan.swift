package import Diagnostics
package import Events
package import SPL

/// A checked search made ready to run: stages for one event at a time, the groups of its
/// `stats`, and the stages that its result rows go through.
///
/// An event gives contributions, contributions add up to group states in any order, a group state
/// gives a row. A search without `stats` has a group for each row.
package struct Plan: Sendable {
  package let source: Source
  /// The moments of the events that can count: the search's own time modifiers, else the range of
  /// the settings.
  package let range: TimeRange
  /// The columns of a result row in the search's own order: BY fields, aggregates, and what later
  /// stages make of them.
  package let columns: [Text]
  /// The BY fields of the first `stats`, which a group's key consists of; none without `stats`.
  package let keyFields: [Text]
  /// What the bytes of a record must contain to be worth parsing.
  package let needles: Needles
  /// Whether the stages after `stats` answer for each row from that row alone.
  package let tableStagesAreRowLocal: Bool
  /// Whether a row that qualifies once does so whatever events still come: false for
  /// `search count<5` after `stats`, which more events make false again.
  package let rowsStandForGood: Bool

  private let stages: [EventStage]
  private let output: Output
  private let tail: TableTail
  private let sampled: SampleFields

  private enum Output: Sendable {
    case groups(Reduction)
    case listing(Listing)
  }

  /// Makes a search ready; throws for stages that it cannot be run with.
  package init(_ search: Search, settings: PlanSettings = PlanSettings()) throws(Problems) {
    var problems: [Diagnostic] = []
    let end = search.stages.firstIndex { $0.command.isStats } ?? search.stages.endIndex
    let before = search.stages[..<end]
    source = Source(search)
    needles = Needles(source == .records ? before.leadingPredicates : [])
    stages = EventStage.compile(before, settings, problems: &problems)
    range = stages.range
    let reducedColumns: [Text]
    if end < search.stages.endIndex, case .stats(let stats) = search.stages[end].command {
      let reduction = Reduction(stats, nulls: NullPolicy(settings))
      output = .groups(reduction)
      keyFields = reduction.by
      reducedColumns = reduction.columns
      rowsStandForGood = RowStanding(stats, then: search.stages[end...].dropFirst()).isForGood
    } else {
      let listing = Listing(before, withRaw: settings.listsRaw)
      output = .listing(listing)
      keyFields = []
      reducedColumns = listing.columns
      rowsStandForGood = true
    }
    sampled = SampleFields(settings.sampleFields, stages: before, columns: reducedColumns)
    tail = TableTail(
      search.stages[end...].dropFirst(), columns: reducedColumns, problems: &problems)
    columns = tail.columns
    tableStagesAreRowLocal = tail.isRowLocal
    guard problems.isEmpty else { throw Problems(problems) }
  }

  /// Whether rows are groups of events, and not events.
  package var hasStats: Bool {
    if case .groups = output { true } else { false }
  }
}

extension Plan {
  /// What one event gives to which rows.
  ///
  /// `record` names the event where the search has no `stats`: its rows are told apart by it and
  /// by their number within the event.
  package func contributions(
    of event: Event, record: RecordIdentity? = nil, emit: (Outcome) -> Void
  ) {
    let base = BaseFields(event, index: source.index)
    var ordinal = 0
    stages.run(PassingEvent(time: event.time, fields: base)) { passing in
      switch output {
      case .groups(let reduction):
        reduction.reduce(
          passing.fields, record: base, time: event.time,
          sample: { sampled.sample(of: passing, record: base) }, emit: emit)
      case .listing(let listing):
        let key = GroupKey([.string(record?.name ?? ""), .string(padded(ordinal))])
        ordinal += 1
        emit(
          .contribution(
            Contribution(
              key: key, inputs: listing.columns.map { passing.fields.value(of: $0) },
              time: event.time, sample: sampled.sample(of: passing, record: base))))
      }
    }
  }

  /// The state of a group before its first event.
  package var emptyState: GroupState {
    switch output {
    case .groups(let reduction): reduction.emptyState
    case .listing(let listing): listing.emptyState
    }
  }

  /// The result row of one group, as long as `columns`; nil where a later `search` drops it.
  ///
  /// Only for a plan whose table stages are row-local.
  package func row(key: GroupKey, state: GroupState) -> [Value]? {
    tail.row(reducedRow(key, state))
  }

  /// The result rows of all groups, by the values of the BY fields, bytewise; of a search without
  /// `stats` the newest event first.
  package func table(_ groups: some Sequence<(key: GroupKey, state: GroupState)>) -> Table {
    Table(
      columns: columns,
      rows: tail.rows(ordered(groups).map { reducedRow($0.key, $0.state) }))
  }

  /// Groups in the order of their rows; `stats` without BY has one though nothing came.
  func ordered(
    _ groups: some Sequence<(key: GroupKey, state: GroupState)>
  ) -> [(key: GroupKey, state: GroupState)] {
    var sorted = groups.sorted { $0.key < $1.key }
    if !hasStats { sorted.sortNewestFirst() }
    if hasStats, keyFields.isEmpty, sorted.isEmpty { sorted = [(GroupKey([]), emptyState)] }
    return sorted
  }

  private func reducedRow(_ key: GroupKey, _ state: GroupState) -> [Value] {
    switch output {
    case .groups(let reduction): reduction.row(key, state)
    case .listing(let listing): listing.row(of: state)
    }
  }
}

extension [(key: GroupKey, state: GroupState)] {
  /// By time descending, then by key.
  fileprivate mutating func sortNewestFirst() {
    sort { one, other in
      let (left, right) = (one.state.lastTime?.seconds, other.state.lastTime?.seconds)
      return left == right ? one.key < other.key : (left ?? .min) > (right ?? .min)
    }
  }
}

extension RecordIdentity {
  /// The eventID with the content hash: two records of one eventID are two rows.
  fileprivate var name: String {
    let hash = contentHash.map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return "\(eventID?.string ?? "") \(hash.joined())"
  }
}

/// A number whose texts sort as the numbers do.
private func padded(_ ordinal: Int) -> String {
  let digits = String(ordinal)
  return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
}

extension Command {
  fileprivate var isStats: Bool {
    if case .stats = self { true } else { false }
  }
}

extension ArraySlice<Stage> {
  /// The conditions that a record has to fulfil before any stage changes its fields.
  fileprivate var leadingPredicates: [Predicate] {
    var predicates: [Predicate] = []
    for stage in self {
      guard case .search(let predicate, _) = stage.command else { break }
      predicates.append(predicate)
    }
    return predicates
  }
}
