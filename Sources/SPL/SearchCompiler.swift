package import Diagnostics

/// Text to checked search: lexing, macro expansion, parsing, checks.
package enum SearchCompiler {
  /// The checked tree of a search.
  ///
  /// - Parameters:
  ///   - originalSearch: What `%original_detection_search%` at the start stands for; the spans of
  ///     its stages remain those of its own text.
  /// - Throws: All problems of the text at once; what we do not run yet is one of them.
  package static func compile(
    _ source: SourceText, macros: MacroTable, tokens: Tokens = .none, originalSearch: Search? = nil
  ) throws(Problems) -> Search {
    fatalError("being written")
  }

  /// The conditions of a filter, in the syntax of `search`, without pipes and macros.
  package static func parseFilter(_ text: String) throws(Problems) -> Predicate {
    fatalError("being written")
  }
}
