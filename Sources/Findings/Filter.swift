/// A field that lists can be filtered by.
package enum FilterField: String, CaseIterable, Hashable, Sendable {
  case repository, image, finding, severity, package, version, user, source, account, region
  case session, rule, description, count
  /// Of the finding's triage; null is no owner, the other three are never null.
  case status, owner, urgency, disposition
  /// Of files and dead letters.
  case path, state, format, integrity, reason, offset, size, behind, records, letters

  /// What files and dead letters are filtered by.
  package static let ofFiles: [FilterField] = [
    .path, .state, .format, .integrity, .reason, .offset, .size, .behind, .records, .letters,
  ]
  /// What rows and all that is counted from them are filtered by.
  package static let ofRows = allCases.filter { !ofFiles.contains($0) }
}

/// A checked predicate over rows: Interface lowers search terms to it, Storage lowers it to SQL.
///
/// Text is compared without ASCII case and with `*` as any text, as `search` does.
package indirect enum Filter: Hashable, Sendable {
  case everything
  case and([Filter])
  case or([Filter])
  case not(Filter)
  /// The field has a value that the pattern matches. Null never matches.
  case matches(FilterField, pattern: String)
  case compares(FilterField, FilterComparison, number: Double)
  /// Any of the text fields contains the text.
  case contains(String)
}

package enum FilterComparison: String, Hashable, Sendable {
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
}
