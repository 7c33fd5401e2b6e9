import Detections
import Diagnostics
import Events
import Findings
import SPL
import Streaming

/// Drilldowns into rows of which no record is kept, as a job's may be.
extension DrilldownRun {
  /// What a drilldown that begins with the rule's own search makes of the rows that this search
  /// has given already, with the fields of their samples behind their columns.
  ///
  /// Nil where a record is kept of any of the rows, or where the drilldown is another search.
  func rowsWithoutRecords(
    for search: Search, of rule: Rule, in range: TimeRange, asOf: Timestamp
  ) throws -> (table: Table, note: String)? {
    let original = rule.search.stages
    guard search.stages.starts(with: original) else { return nil }
    let stored = try library.records(ofRule: rule.name, in: range)
    guard stored.records.isEmpty, stored.events > 0 else { return nil }
    let rows = try library.rows(seenIn: range).filter { $0.rule == rule.name }
    guard !rows.isEmpty else { return nil }
    var settings = PlanSettings(rule, asOf: asOf)
    settings.listsRaw = false
    let fields = fields(of: rows)
    settings.alsoListed = fields
    let all = SourceText(name: "rows", text: "search *")
    let rest = try SearchCompiler.compile(all, macros: MacroTable()).stages
    let plan = try Plan(
      Search(stages: rest + search.stages.dropFirst(original.count)), settings: settings,
      lookups: LookupShelf(rule.tables))
    var run = BatchRun(plan)
    for row in rows { run.add(row.event) }
    return (
      run.finish().withoutEmptyColumns.listing(fields),
      "no record is kept here of these rows: they are as a job wrote them"
    )
  }

  /// The rows' columns in their order, then what else their samples have.
  private func fields(of rows: [ResultRow]) -> [Text] {
    var known: Set<Text> = []
    let columns = rows.lazy.flatMap(\.columns).filter { known.insert($0).inserted }
    return Array(columns) + Set(rows.flatMap(\.sample.keys)).subtracting(known).sorted()
  }
}

extension Table {
  /// A listing of whole events with its columns in another order, and without their time; any
  /// other table as it is.
  fileprivate func listing(_ order: [Text]) -> Table {
    guard columns.first == "_time", Set(columns.dropFirst()).isSubset(of: order) else {
      return self
    }
    let places = order.compactMap { columns.firstIndex(of: $0) }
    return Table(
      columns: places.map { columns[$0] }, rows: rows.map { row in places.map { row[$0] } })
  }
}

extension ResultRow {
  /// The row as an event: its columns, and of its sample what they leave open.
  fileprivate var event: Event {
    var fields = sample
    for (column, value) in zip(columns, values) where !value.isNull { fields[column] = value }
    return Event(time: lastSeen, fields: ListedFields(fields))
  }
}
