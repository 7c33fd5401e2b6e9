import Events
import SPL

/// The columns of rows that are events: the time, the fields that the search speaks of in that
/// order, and the record itself where that is wanted; after `table` just what it names.
struct Listing: Sendable {
  private(set) var columns: [Text] = ["_time"]
  /// Whether a stage said what the columns are.
  private(set) var isClosed = false

  init(_ stages: some Collection<Stage>, withRaw: Bool, lookups: any LookupTables) {
    for stage in stages {
      if isClosed || stage.command.isSelection {
        if !isClosed, withRaw { columns.append("_raw") }
        columns = columns.after(stage.command, lookups: lookups)
        if stage.command.namesColumns { isClosed = true }
      } else {
        follow(stage.command, lookups)
      }
    }
    if withRaw, !isClosed, !columns.contains("_raw") { columns.append("_raw") }
  }

  private mutating func follow(_ command: Command, _ lookups: any LookupTables) {
    switch command {
    case .search(let predicate, _): predicate.fieldsInOrder.forEach { mention($0) }
    case .where(let condition): condition.fields.sorted().forEach { mention($0) }
    case .multivalueExpand(let field, _): mention(field)
    case .convert(let convert):
      convert.conversions.map(\.name).filter { !$0.utf8.contains(0x2a) }.forEach { mention($0) }
    case .regex(let filter): mention(filter.field)
    case .rex(let rex): mention(rex.field)
    case .rename(let renamings):
      for renaming in renamings where !renaming.from.utf8.contains(0x2a) {
        columns.removeAll { $0 == Text(renaming.from) && $0 != "_time" }
        mention(renaming.to)
      }
    default: columns = columns.after(command, lookups: lookups)
    }
  }

  /// Columns of fields that an event has, or that `rex` may find.
  mutating func mention(_ names: some Sequence<Text>) {
    for name in names { mention(name.string) }
  }

  private mutating func mention(_ field: FieldName) {
    let field = Text(field)
    guard !isClosed, !Listing.hidden.contains(field), !columns.contains(field) else { return }
    columns.append(field)
  }

  /// Where a record came from rather than what it says, and what is shown anyway.
  private static let hidden: Set<Text> = [
    "_time", "_raw", "index", "source", "sourcetype", "host",
  ]
}

extension Command {
  fileprivate var isSelection: Bool {
    switch self {
    case .table, .fields: true
    default: false
    }
  }

  /// Whether no other columns are left than it names.
  fileprivate var namesColumns: Bool {
    switch self {
    case .table: true
    case .fields(let selection): selection.keeps
    default: false
    }
  }
}

extension Predicate {
  /// The fields that the conditions ask for, as often as they do.
  fileprivate var fieldsInOrder: [FieldName] {
    switch self {
    case .everything, .term, .termCase, .wholeTerm, .subsearch: []
    case .and(let parts), .or(let parts): parts.flatMap(\.fieldsInOrder)
    case .not(let part): part.fieldsInOrder
    case .compare(let field, _, _), .compareCase(let field, _, _), .within(let field, _): [field]
    }
  }
}
