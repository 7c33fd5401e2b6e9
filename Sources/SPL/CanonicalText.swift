extension Search {
  /// The search as one line of SPL without macros; it compiles to the same commands again.
  package var canonicalText: String { fatalError("being written") }
}
extension Predicate {
  /// The conditions as a `search` command would have them.
  package var canonicalText: String { fatalError("being written") }
}
