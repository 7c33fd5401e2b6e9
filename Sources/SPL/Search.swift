package import Diagnostics

/// A checked search: a generating stage, then the stages its rows go through, macros expanded.
package struct Search: Equatable, Sendable {
  /// Never empty; only the first stage is generating (`search`, `from`, `tstats`, `inputlookup`,
  /// `makeresults`).
  package var stages: [Stage]
  /// What the compiler doubts without refusing it, such as a field that no stage before makes; in
  /// the order of their places in the text.
  package var warnings: [Diagnostic]

  package init(stages: [Stage], warnings: [Diagnostic] = []) {
    self.stages = stages
    self.warnings = warnings
  }
}

/// One command between two pipes.
package struct Stage: Equatable, Sendable {
  package var command: Command
  /// The stage's place in the text that it was written in.
  package var span: SourceSpan

  package init(_ command: Command, span: SourceSpan) {
    self.command = command
    self.span = span
  }
}

/// The name of a field, as it stands after quotes are taken off.
package typealias FieldName = String
