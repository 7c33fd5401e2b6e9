/// One problem in a text that someone wrote, and where it is.
package struct Diagnostic: Error, Equatable, Sendable {
  /// A word such as `unknown-function`; each has a golden file in the tests.
  package var code: String
  /// What was found before what was expected; lower case, no full stop, user's text in '...'.
  package var message: String
  /// Nil where the problem is the whole text's (a missing key, say).
  package var span: SourceSpan?
  /// What would mend it, if possible so that it can be pasted.
  package var help: String?

  package init(code: String, message: String, span: SourceSpan?, help: String? = nil) {
    self.code = code
    self.message = message
    self.span = span
    self.help = help
  }
}

/// All problems of one text, in the order of their places, at most 20.
package struct Problems: Error, Equatable, Sendable {
  package var diagnostics: [Diagnostic]

  package init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
}
