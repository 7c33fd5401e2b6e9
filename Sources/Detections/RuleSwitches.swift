package import Diagnostics
import Documents

/// Which rules the user has turned on or off, whatever their sidecars say; by rule id.
///
/// ```yaml
/// rules:
///   30a0e9f8-f1dd-4f9d-8fc2-c622461d781c: off   # AWS ECR Container Scanning Findings High
/// ```
package struct RuleSwitches: Equatable, Sendable {
  /// Nothing is switched: the sidecars decide.
  package static let none = RuleSwitches()

  private var isOnByID: [String: Bool] = [:]

  package init() {}

  /// Reads what `text(naming:)` wrote.
  package init(_ text: String, name: String) throws(Problems) {
    let document = try Document(text, name: name)
    let problems = DocumentProblems()
    let fields = DocumentFields(document.root, what: "the rules' switches", problems: problems)
    if let rules = fields?.mapping("rules", what: "the rules") {
      for entry in rules.entries {
        switch rules.requiredText(entry.key) {
        case "on"?: isOnByID[entry.key] = true
        case "off"?: isOnByID[entry.key] = false
        case let other?:
          problems.error(
            "wrong-switch", "found '\(other)', expected on or off", at: entry.value.span)
        case nil: break
        }
      }
    }
    guard problems.errors.isEmpty else { throw Problems(problems.errors) }
  }

  package var isEmpty: Bool { isOnByID.isEmpty }

  /// Whether a rule runs: as switched, else as its sidecar says, or where its name is wanted.
  package func isOn(_ rule: Rule, wanted: Set<String> = []) -> Bool {
    isOnByID[rule.detection.id] ?? (rule.sidecar.isEnabled || wanted.contains(rule.name))
  }

  package mutating func turn(_ rule: Rule, on: Bool) { isOnByID[rule.detection.id] = on }

  /// The file's text, by id; `name` tells the reader which rule an id is.
  package func text(naming name: (String) -> String?) -> String {
    guard !isEmpty else { return "rules: {}\n" }
    let lines = isOnByID.sorted { $0.key < $1.key }.map { id, isOn in
      let comment = name(id).map { "  # " + $0.filter { !$0.isNewline } } ?? ""
      return "  \"\(id.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\": "
        + (isOn ? "on" : "off") + comment
    }
    return "rules:\n" + lines.map { $0 + "\n" }.joined()
  }
}
