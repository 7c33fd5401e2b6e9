package import Events

/// One search over all of its events at once: what `scan`, `search` and drilldowns run.
package struct BatchRun: Sendable {
  /// The last column of a run that shows marks.
  package static let marksColumn: Text = "watchfloor_marks"

  private let plan: Plan
  private let showsMarks: Bool
  private var states: [GroupKey: GroupState] = [:]
  private var anonymous = 0
  /// Events that gave a row less for a null BY field, by that field.
  package private(set) var dropped: [Text: Int] = [:]
  /// Events of which combinations of BY values were left out.
  package private(set) var truncated = 0

  /// Marks are shown only where rows are groups that each become one row.
  package init(_ plan: Plan, showsMarks: Bool = false) {
    self.plan = plan
    self.showsMarks = showsMarks && plan.tableStagesAreRowLocal
  }

  /// How often a regular expression was given up because of its limits.
  package var patternLimitHits: Int { plan.patternLimitHits }

  package mutating func add(_ event: Event, record: RecordIdentity? = nil) {
    let record = record ?? numbered()
    var outcomes: [Outcome] = []
    plan.contributions(of: event, record: record) { outcomes.append($0) }
    for outcome in outcomes {
      switch outcome {
      case .contribution(let contribution):
        let key = contribution.key
        let empty = plan.emptyState(for: key)
        states[key, default: empty].add(contribution)
      case .dropped(let field): dropped[field, default: 0] += 1
      case .truncated: truncated += 1
      }
    }
  }

  /// The result rows, those of groups sorted by the values of the BY fields; tables that the
  /// search writes are written.
  ///
  /// `lookups` are the tables as they are now, where these are not the plan's own.
  package func finish(lookups: (any LookupTables)? = nil) -> Table {
    let lookups = lookups ?? plan.lookups
    let groups = states.map { (key: $0.key, state: $0.value) }
    guard showsMarks else {
      let table = plan.windowTable(groups, lookups: lookups)
      for write in table.writes { lookups.write(write.table, named: write.name) }
      return Table(columns: table.columns, rows: table.rows.map(\.values))
    }
    var table = Table(columns: plan.columns + [BatchRun.marksColumn])
    for (key, state) in plan.ordered(groups) {
      guard let row = plan.row(key: key, state: state) else { continue }
      table.rows.append(row + [Value(state.marks.sorted().map(Value.text))])
    }
    return table
  }

  /// A name for an event that came without one: its number, so that the rows of a search without
  /// `stats` stay apart.
  private mutating func numbered() -> RecordIdentity {
    anonymous += 1
    let bytes = withUnsafeBytes(of: UInt64(anonymous).bigEndian, Array.init)
    return RecordIdentity(eventID: nil, contentHash: bytes)
  }
}
