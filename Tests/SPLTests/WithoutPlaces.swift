import Diagnostics

@testable import SPL

extension [Command] {
  /// The commands with the same place for every stage within them: of two texts only these differ.
  var withoutPlaces: [Command] { map(\.withoutPlaces) }
}

extension Command {
  fileprivate var withoutPlaces: Command {
    switch self {
    case .search(let predicate, let times): .search(predicate.withoutPlaces, times)
    case .append(let search): .append(search.withoutPlaces)
    case .appendPipe(let stages): .appendPipe(Search(stages: stages).withoutPlaces.stages)
    case .join(var join):
      {
        join.search = join.search.withoutPlaces
        return .join(join)
      }()
    default: self
    }
  }
}

extension Search {
  fileprivate var withoutPlaces: Search {
    Search(stages: stages.map { Stage($0.command.withoutPlaces, span: SourceSpan(0..<0)) })
  }
}

extension Predicate {
  fileprivate var withoutPlaces: Predicate {
    switch self {
    case .and(let parts): .and(parts.map(\.withoutPlaces))
    case .or(let parts): .or(parts.map(\.withoutPlaces))
    case .not(let negated): .not(negated.withoutPlaces)
    case .subsearch(let search): .subsearch(search.withoutPlaces)
    default: self
    }
  }
}
