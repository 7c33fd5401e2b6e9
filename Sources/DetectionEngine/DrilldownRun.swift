package import Detections
import Diagnostics
package import Events
package import Findings
import SPL
import Streaming

/// A rule's drilldown, run as it is written over what the store holds.
package struct DrilldownRun: Sendable {
  let library: any Library
  private let notables: NotableEvents
  /// Makes a stored record the event that it was.
  private let event: @Sendable (StoredRecord) -> Event?

  /// Rows of `rules` may be notable events.
  package init(
    library: any Library, rules: [Rule] = [],
    event: @escaping @Sendable (StoredRecord) -> Event?
  ) {
    self.library = library
    notables = NotableEvents(rules)
    self.event = event
  }

  /// The rows of a drilldown; one that cannot run says why in its note.
  ///
  /// Token values become literals of the checked search: whatever a user is called, the search
  /// stays the one in the file.
  package func result(of drilldown: Drilldown, rule: Rule) throws -> DrilldownResult {
    guard let written = rule.detection.drilldowns.first(where: { $0.name == drilldown.name })
    else {
      return .failed(
        drilldown.name, search: "",
        "the rule '\(rule.name)' has no drilldown '\(drilldown.name)'")
    }
    let tokens = drilldown.allTokens
    let title = fill(written.name) { tokens[$0] }
    let shown = fill(written.search.text) { tokens[$0] }
    let search: Search
    let plan: Plan
    let range: TimeRange
    do throws(Problems) {
      search = try rule.compile(written, tokens: .values(tokens))
      let settings = PlanSettings(
        rule, asOf: drilldown.asOf, range: drilldown.range(of: written))
      plan = try Plan(search, settings: settings, lookups: LookupShelf(rule.tables))
      range = TimeRange(plan.range)
    } catch {
      return .failed(title, search: shown, error.rendered(in: written.search))
    }
    if plan.source == .records,
      let rows = try rowsWithoutRecords(for: search, of: rule, in: range, asOf: drilldown.asOf)
    {
      return DrilldownResult(title: title, search: shown, table: rows.table, note: rows.note)
    }
    var run = BatchRun(plan)
    let lookups = try LookupsAtTime(
      rule.tables, names: plan.tablesRead, before: nil, version: library.lookupTable)
    let note = try feed(&run, plan, rule: rule, range)
    return DrilldownResult(
      title: title, search: shown, table: run.finish(lookups: lookups), note: note)
  }

  private func feed(
    _ run: inout BatchRun, _ plan: Plan, rule: Rule, _ range: TimeRange
  ) throws -> String? {
    switch plan.source {
    case .records:
      let stored = try library.records(ofRule: rule.name, in: range)
      var counted = 0
      for record in stored.records {
        guard let event = event(record) else { continue }
        let identity = RecordIdentity(eventID: nil, contentHash: record.contentHash)
        plan.contributions(of: event, record: identity) { outcome in
          if case .contribution = outcome { counted += 1 }
        }
        run.add(event, record: identity)
      }
      return cap(records: stored.records.count, counted: counted, of: stored.events)
    case .riskEvents:
      for risk in try library.riskEvents(in: range) { run.add(risk.event) }
      return nil
    case .notables:
      for notable in try notables.events(in: range, of: library) { run.add(notable) }
      return nil
    case .nothing: return nil
    }
  }
}

extension Drilldown {
  /// The tokens, with the ends of the windows as seconds since 1970.
  fileprivate var allTokens: [String: String] {
    let ends = [
      "info_min_time": String(earliest.seconds), "info_max_time": String(latest.seconds),
    ]
    return ends.merging(tokens) { _, given in given }
  }

  fileprivate func range(of written: DrilldownSearch) -> SearchRange {
    SearchRange(
      earliest: moment(written.earliest, from: earliest, sign: -1),
      latest: moment(written.latest, from: latest, sign: 1))
  }

  private func moment(_ offset: DrilldownOffset, from base: Timestamp, sign: Int64) -> Timestamp {
    switch offset {
    case .windowStart: earliest
    case .windowEnd: latest
    case .seconds(let seconds): base + sign * seconds
    }
  }
}

extension TimeRange {
  /// Later than any record can say.
  static let end = Timestamp(year: 10_000, month: 1, day: 1)

  /// A range that holds the whole of another, whether its end belongs to it or not: the plan looks
  /// at each event's time itself.
  init(_ range: SearchRange) {
    self.init(from: range.start, to: range.last.map { $0 + 1 } ?? Self.end)
  }
}

extension DrilldownResult {
  fileprivate static func failed(_ title: String, search: String, _ why: String) -> Self {
    DrilldownResult(title: title, search: search, table: Table(columns: []), note: why)
  }
}

/// What to say where rows count more than the kept records give.
///
/// Only rows are counted, not the records that are gone: how many these were is known where each
/// that is kept counts once, else what is said is how much is counted.
private func cap(records: Int, counted: Int, of events: Int) -> String? {
  guard counted > 0, counted < events else { return nil }
  guard counted == records else {
    return "showing \(grouped(counted)) of \(grouped(events)) that rows count, in "
      + "\(grouped(records)) records that are kept"
  }
  return "showing \(grouped(records)) of \(grouped(events)) records"
}

/// `3,102`.
private func grouped(_ number: Int) -> String {
  let digits = String(number)
  var parts: [Substring] = []
  var rest = digits[...]
  while rest.count > 3 {
    parts.insert(rest.suffix(3), at: 0)
    rest = rest.dropLast(3)
  }
  return ([rest] + parts).joined(separator: ",")
}
