import Diagnostics

extension Diagnostic {
  /// A regular expression that PCRE2 does not take.
  static func badPattern(_ problem: PatternProblem, _ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      code: "bad-pattern", message: "found a regular expression that is none: \(problem.sentence)",
      span: span)
  }

  static func unknownTable(_ name: String, _ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      code: "unknown-lookup", message: "there is no lookup table '\(name)'", span: span,
      help: "put \(name).csv into the lookups folder")
  }

  /// A subsearch over other events than those of the search around it.
  static func otherSource(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      code: "subsearch-source",
      message: "found a subsearch over other events than the search around it", span: span,
      help: "let both read records, or both read risk events")
  }

  /// A command that makes rows of its own, where rows are already on their way.
  static func generatingLate(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      code: "late-generating-command",
      message: "found a command that reads events after another command", span: span,
      help: "put it first: | from datamodel Risk.All_Risk | search user=\"...\"")
  }
}
