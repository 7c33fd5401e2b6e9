package import Diagnostics
import Documents

/// A detection's file as read: the detection, or why there is none.
package struct DetectionFile: Sendable {
  /// The whole file; problems are places in it.
  package let source: SourceText
  /// Nil where there are errors.
  package private(set) var detection: Detection?
  package private(set) var errors: [Diagnostic] = []
  /// Keys that nobody knows: the rule runs.
  package private(set) var warnings: [Diagnostic] = []

  /// Reads the text of a file; `name` is what problems call it.
  package init(_ text: String, name: String) {
    source = SourceText(name: name, text: text)
    do {
      let document = try Document(text, name: name)
      let problems = DocumentProblems()
      let read = DetectionReader(document: document, problems: problems)?.detection()
      errors = Problems(problems.errors).diagnostics
      warnings = Problems(problems.warnings).diagnostics
      detection = errors.isEmpty ? read : nil
    } catch {
      errors = error.diagnostics
    }
  }
}
