/// One problem in a text that someone wrote, and where it is.
package struct Diagnostic: Error, Equatable, Sendable {
  /// A word such as `unknown-function`; each has a golden file in the tests.
  package var code: String
  /// What was found before what was expected; lower case, no full stop, user's text in '...'.
  package var message: String
  /// Nil where the problem is the whole text's (a missing key, say).
  package var span: SourceSpan?
  /// How the text at the span came to mean this: "in macro `x`, expanded here".
  package var notes: [String]
  /// What would mend it, if possible so that it can be pasted.
  package var help: String?
  package var severity: Severity

  package enum Severity: Equatable, Sendable {
    /// The text cannot be used.
    case error
    /// It can, though it hardly does what its writer wants.
    case warning
  }

  package init(
    code: String, message: String, span: SourceSpan?, notes: [String] = [], help: String? = nil,
    severity: Severity = .error
  ) {
    self.code = code
    self.message = message
    self.span = span
    self.notes = notes
    self.help = help
    self.severity = severity
  }
}
