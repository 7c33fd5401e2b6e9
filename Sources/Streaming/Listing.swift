import Events
import SPL

/// The columns of a search without `stats`: the event's time, the fields that the search speaks
/// of in that order, and the record itself
/// where that is wanted.
struct Listing: Sendable {
  let columns: [Text]

  init(_ stages: some Collection<Stage>, withRaw: Bool) {
    var mentioned: [Text] = []
    func mention(_ field: FieldName) {
      let field = Text(field)
      guard !Listing.hidden.contains(field), !mentioned.contains(field) else { return }
      mentioned.append(field)
    }
    for stage in stages {
      switch stage.command {
      case .search(let predicate, _): predicate.fields.forEach(mention)
      case .spath(let spath): (spath.output ?? spath.path).map(mention)
      case .multivalueExpand(let field, _): mention(field)
      case .convert(let convert): convert.conversions.map(\.name).forEach(mention)
      case .rename(let renamings):
        for renaming in renamings where !renaming.from.utf8.contains(0x2a) {
          mentioned.removeAll { $0 == Text(renaming.from) }
          mention(renaming.to)
        }
      case .from, .stats: break
      }
    }
    columns = ["_time"] + mentioned + (withRaw ? ["_raw"] : [])
  }

  /// Where a record came from rather than what it says, and what is shown anyway.
  private static let hidden: Set<Text> = [
    "_time", "_raw", "index", "source", "sourcetype", "host",
  ]

  var emptyState: GroupState { GroupState(aggregates: columns.map { _ in .kept(.null) }) }

  func row(of state: GroupState) -> [Value] { state.aggregates.map(\.result) }
}

extension Predicate {
  /// The fields that the conditions ask for, as often as they do.
  fileprivate var fields: [FieldName] {
    switch self {
    case .everything, .term: []
    case .and(let parts), .or(let parts): parts.flatMap(\.fields)
    case .not(let part): part.fields
    case .compare(let field, _, _), .within(let field, _): [field]
    }
  }
}
