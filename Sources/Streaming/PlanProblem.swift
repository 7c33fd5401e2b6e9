import Diagnostics

extension Diagnostic {
  /// `spath` without a path after `stats`: what columns it would add is in the data only.
  static func leavesOfTable(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      code: "spath-after-stats", message: "found spath without a path after stats", span: span,
      help: "name what to take: spath input=field path=a.b output=name")
  }

  /// `from` that is not the first stage.
  static func generatingLate(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      code: "late-generating-command",
      message: "found a command that reads events after another command", span: span,
      help: "put it first: | from datamodel Risk.All_Risk | search user=\"...\"")
  }
}
