import Diagnostics

/// A fact about a search that keeps it from running, and its wording.
protocol Problem: Error {
  var code: ProblemCode { get }
  /// What was found, before what was expected.
  var sentence: String { get }
  var help: String? { get }
}

extension Problem {
  func diagnostic(at span: SourceSpan, notes: [String] = []) -> Diagnostic {
    Diagnostic(code: code.rawValue, message: sentence, span: span, notes: notes, help: help)
  }
}

/// The user's text as diagnostics show it, a long one cut.
func quoted(_ text: String) -> String { "'\(clipped(text, to: 40))'" }

func clipped(_ text: String, to limit: Int) -> String {
  text.unicodeScalars.count <= limit
    ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit - 1))) + "…"
}

func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

func didYouMean(_ suggestion: String?) -> String? { suggestion.map { "did you mean '\($0)'?" } }
