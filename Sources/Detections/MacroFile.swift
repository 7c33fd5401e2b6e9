package import Diagnostics
import Documents
package import SPL

/// The macros of a `macros.yml`: a list of `name`, `definition` and, where it has any, `arguments`;
/// among them suppressions, which add to a macro for a while.
///
/// ```yaml
/// - name: cloudtrail
///   definition: sourcetype=aws:cloudtrail
/// - name: security_content_ctime
///   arguments: [field]
///   definition: convert timeformat="%Y-%m-%dT%H:%M:%S" ctime($field$)
/// ```
package struct MacroFile: Sendable {
  package let source: SourceText
  /// Those that could be read.
  package private(set) var macros: [Macro] = []
  /// Terms that filter macros get for a while.
  package private(set) var suppressions: [MacroSuppression] = []
  package private(set) var errors: [Diagnostic] = []
  package private(set) var warnings: [Diagnostic] = []

  package init(_ text: String, name: String) {
    source = SourceText(name: name, text: text)
    do {
      let document = try Document(text, name: name)
      let problems = DocumentProblems()
      (macros, suppressions) = Self.entries(in: document.root, problems)
      errors = Problems(problems.errors).diagnostics
      warnings = Problems(problems.warnings).diagnostics
    } catch {
      errors = error.diagnostics
    }
  }

  private static func entries(
    in root: DocumentNode, _ problems: DocumentProblems
  ) -> ([Macro], [MacroSuppression]) {
    guard case .sequence(let items) = root.content else {
      problems.error(
        "wrong-type", "found \(root.kind), expected a list of macros", at: root.span,
        help: "- name: ...")
      return ([], [])
    }
    let entries = items.compactMap { DocumentFields($0, what: "a macro", problems: problems) }
    let macros = entries.filter { !$0.has("suppress") }.compactMap { fields -> Macro? in
      fields.warn(ofKeysNotIn: ["name", "definition", "arguments", "description"])
      let name = fields.requiredText("name")
      let definition = fields.requiredText("definition")
      let arguments = fields.texts("arguments")
      guard let name, let definition else { return nil }
      return Macro(name: name, arguments: arguments, definition: definition)
    }
    return (macros, entries.filter { $0.has("suppress") }.compactMap(MacroSuppression.init))
  }
}
