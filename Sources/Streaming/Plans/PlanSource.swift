import Events
import SPL

extension Plan {
  /// Which events a search reads.
  package enum Source: Equatable, Sendable {
    case records
    /// `from datamodel Risk.All_Risk` and `index=risk`.
    case riskEvents
    /// `index=notable`.
    case notables
    /// None: `makeresults` and `inputlookup` bring rows of their own.
    case nothing
  }
}

extension Plan.Source {
  init(_ search: Search) {
    self = .records
    guard let first = search.stages.first else { return }
    switch first.command {
    case .from, .tstats: self = .riskEvents
    case .makeResults, .inputLookup: self = .nothing
    case .search(let predicate, _):
      if predicate.requires("index", "risk") { self = .riskEvents }
      if predicate.requires("index", "notable") { self = .notables }
    default: break
    }
  }

  /// What the field `index` of such events holds; records know theirs.
  var index: Text? {
    switch self {
    case .records, .nothing: nil
    case .riskEvents: "risk"
    case .notables: "notable"
    }
  }
}

extension Predicate {
  /// Whether nothing can hold unless the field has this value.
  fileprivate func requires(_ field: FieldName, _ value: Text) -> Bool {
    switch self {
    case .and(let parts): parts.contains { $0.requires(field, value) }
    case .compare(field, .equal, let pattern):
      !pattern.hasWildcard && FoldedPattern(pattern).matches(value)
    default: false
    }
  }
}
