package import Diagnostics

/// Text to checked search: lexing, macro expansion, parsing, checks.
package enum SearchCompiler {
  /// The checked tree of a search.
  ///
  /// - Parameters:
  ///   - source: What to compile; spans in the tree and in problems are offsets in its text.
  ///   - macros: What stands for more text when in backticks.
  ///   - tokens: What `$name$` stands for.
  ///   - originalSearch: What `%original_detection_search%` at the start stands for; the spans of
  ///     its stages remain those of its own text.
  /// - Returns: At least one stage, the first generating, and what is doubtful about them. What
  ///   compiles may still be refused when it is loaded, see `Search.refusals`.
  /// - Throws: All problems of the text at once; what we do not run yet is one of them. Warnings
  ///   are not among them.
  package static func compile(
    _ source: SourceText, macros: MacroTable, tokens: Tokens = .none, originalSearch: Search? = nil
  ) throws(Problems) -> Search {
    var expander = Expander(macros: macros, tokens: tokens)
    expander.expand(source.text)
    var reader = SearchReader(problems: expander.problems, originalSearch: originalSearch)
    reader.read(expander.symbols[...])
    guard reader.problems.isEmpty else { throw Problems(reader.problems) }
    return Search(stages: reader.stages, warnings: Problems(reader.warnings).diagnostics)
  }

  /// The conditions of a filter, in the syntax of `search`; a text without any is `everything`.
  ///
  /// - Throws: All problems, offsets being those of `text`; pipes, macros, subsearches and time
  ///   ranges, which a filter cannot have, are among them.
  package static func parseFilter(_ text: String) throws(Problems) -> Predicate {
    var problems: [Diagnostic] = []
    for lexeme in Lexer.lexemes(of: text) {
      switch lexeme.kind {
      case .pipe: problems.append(StageProblem.filterPipe.diagnostic(at: lexeme.span))
      case .macro:
        problems.append(StageProblem.filterMacro.diagnostic(at: lexeme.span))
      case .leftBracket:
        problems.append(StageProblem.filterSubsearch.diagnostic(at: lexeme.span))
      default: break
      }
    }
    guard problems.isEmpty else { throw Problems(problems) }
    var expander = Expander(macros: MacroTable(), tokens: .none)
    expander.expand(text)
    guard expander.problems.isEmpty else { throw Problems(expander.problems) }
    guard expander.symbols.isEmpty == false else { return .everything }
    do throws(Diagnostic) {
      var parser = StageParser(expander.symbols[...])
      let predicate = try parser.conditions()
      try parser.times.refuseInFilter()
      guard parser.problems.isEmpty else { throw parser.problems[0] }
      return predicate
    } catch {
      throw Problems([error])
    }
  }
}
