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
  func listing(withRaw: Bool, and others: [Text] = []) -> Listing {
    var listing = Listing(before, withRaw: withRaw && tail.isEmpty, lookups: lookups)
    let needs = FieldNeeds(tail)
    if !needs.isClosed {
      listing.mention(needs.names.filter { !$0.string.utf8.contains(0x2a) }.sorted())
      if tail.isEmpty { listing.mention(others) }
    }
    return listing
  }

  /// The fields that are kept of an event; nil for all.
  func heldFields(withRaw: Bool, and others: [Text] = []) -> Set<Text>? {
    let needs = FieldNeeds(tail)
    if needs.readsAll { return nil }
    let shown = needs.isClosed ? [] : listing(withRaw: withRaw, and: others).columns
    return needs.names.union(shown).union(["_time"])
  }
}

extension Stage {
  /// `tstats` over risk events as the plainer commands that it stands for.
  fileprivate var lowered: [Stage] {
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
  fileprivate var selectsByPattern: Bool {
    switch self {
    case .table(let patterns): patterns.contains(where: \.hasWildcard)
    case .fields(let selection): selection.keeps && selection.fields.contains(where: \.hasWildcard)
    default: false
    }
  }
}
