import Diagnostics
import Events
import SPL

/// Where a search is cut: what is done event by event, the `stats` that adds up, and what is done
/// with rows that are there.
struct SearchParts {
  /// Looks at one event at a time.
  let before: [Stage]
  /// The `stats` after it, where that adds up; nil where the events are kept.
  let reducing: Stats?
  let reducingSpan: SourceSpan
  let tail: [Stage]
  private let lookups: any LookupTables

  init(_ search: Search, written: Set<String>, lookups: any LookupTables) {
    let stages = search.stages.flatMap(\.lowered)
    var end = stages.firstIndex { !$0.command.isEventByEvent(written: written) } ?? stages.endIndex
    // A wildcard column at the end depends on all rows.
    if end == stages.endIndex, let open = stages.firstIndex(where: \.command.selectsByPattern) {
      end = open
    }
    var before = Array(stages[..<end])
    var reducing: Stats?
    var tail = Array(stages[end...])
    if let first = tail.first {
      if case .stats(let stats) = first.command, !stats.hasPatterns {
        reducing = stats
        tail.removeFirst()
      } else if case .search = first.command {
        // What does not ask a subsearch is asked of each event.
        before.append(first)
      }
    }
    self.before = before
    self.reducing = reducing
    self.tail = tail
    reducingSpan = end < stages.endIndex ? stages[end].span : SourceSpan(0..<0)
    self.lookups = lookups
  }

  /// The columns of the events that are kept.
  func listing(withRaw: Bool) -> Listing {
    var listing = Listing(before, withRaw: withRaw && tail.isEmpty, lookups: lookups)
    let needs = FieldNeeds(tail)
    if !needs.isClosed {
      listing.mention(needs.names.filter { !$0.string.utf8.contains(0x2a) }.sorted())
    }
    return listing
  }

  /// The fields that are kept of an event: those of a subsearch also for what is around it.
  func heldFields(_ settings: PlanSettings) -> HeldFields {
    let needs = FieldNeeds(tail)
    let shown = needs.isClosed ? [] : listing(withRaw: settings.listsRaw).columns
    let names = needs.names.filter { !$0.string.utf8.contains(0x2a) }
    return HeldFields(
      names: names.union(shown).union(["_time"]),
      takesAll: needs.readsAll || settings.isOfSubsearch && !needs.isClosed)
  }
}

extension Stage {
  /// `tstats` over risk events and charts as the plainer commands that they stand for.
  var lowered: [Stage] {
    if case .chart(let chart) = command { return chart.commands.map { Stage($0, span: span) } }
    guard case .tstats(let tstats) = command else { return [self] }
    var commands: [Command] = [
      .from(.allRiskPrefixed), .search(tstats.predicate, tstats.times),
    ]
    if let span = tstats.timeSpan {
      commands.append(.bin(Bin(field: "_time", span: span, as: "_time")))
    }
    if let fill = tstats.fillNull {
      commands.append(.fillNull(FillNull(value: fill, fields: tstats.stats.by)))
    }
    return (commands + [.stats(tstats.stats)]).map { Stage($0, span: span) }
  }
}

extension Chart {
  fileprivate var commands: [Command] {
    var commands: [Command] = []
    if let span { commands.append(.bin(Bin(field: row, span: span, as: row))) }
    if let column, let nullColumn {
      commands.append(.fillNull(FillNull(value: nullColumn, fields: [column])))
    }
    let counts = aggregates.filter { $0.function == .count || $0.function == .distinctCount }
    return commands + [
      .stats(Stats(aggregates: aggregates, by: [row] + [column].compactMap(\.self))),
      .pivot(
        Pivot(
          row: row, column: column, values: aggregates.map(\.name),
          counts: Set(counts.map(\.name)), step: isContinuous ? span : nil)),
    ]
  }
}

extension Command {
  /// Whether it is done on each event before any other is known.
  fileprivate func isEventByEvent(written: Set<String>) -> Bool {
    switch self {
    case .from: true
    case .search(let predicate, _): predicate.subsearches.isEmpty
    case .lookup(let lookup): !written.contains(lookup.table.lookupName)
    case .multivalueExpand, .where, .eval, .spath, .rename, .convert, .table, .fields, .rex,
      .regex, .makeMultivalue, .singleValue, .bin, .addInfo, .ipLocation:
      true
    case .fillNull(let fill): fill.fields != nil
    default: false
    }
  }

  /// Whether its columns depend on the names that the rows have.
  var selectsByPattern: Bool {
    switch self {
    case .table(let patterns): patterns.contains(where: \.hasWildcard)
    case .fields(let selection): selection.keeps && selection.fields.contains(where: \.hasWildcard)
    default: false
    }
  }
}
