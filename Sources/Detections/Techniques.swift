package import Diagnostics
import Documents

/// A tactic of ATT&CK, `TA0002` Execution.
package struct Tactic: Hashable, Sendable {
  package var id: String
  package var name: String

  package init(id: String, name: String) {
    self.id = id
    self.name = name
  }
}

/// A technique or sub-technique of ATT&CK and the tactics that it serves.
package struct Technique: Equatable, Sendable {
  package var id: String
  package var name: String
  package var tactics: [Tactic]

  package init(id: String, name: String, tactics: [Tactic]) {
    self.id = id
    self.name = name
    self.tactics = tactics
  }
}

/// Names of ATT&CK ids.
package struct Techniques: Sendable {
  private var byID: [String: Technique] = [:]

  package init(_ techniques: [Technique]) {
    for technique in techniques { byID[technique.id] = technique }
  }

  /// Reads `tactics: {TA0002: Execution}` and `techniques: [{id, name, tactics: [TA0002]}]`.
  package init(yaml text: String, name: String) throws(Problems) {
    let document = try Document(text, name: name)
    let problems = DocumentProblems()
    let fields = DocumentFields(document.root, what: "the ATT&CK names", problems: problems)
    var tactics: [String: String] = [:]
    if let entries = fields?.mapping("tactics", what: "the tactics") {
      for entry in entries.entries { tactics[entry.key] = entries.requiredText(entry.key) }
    }
    let read = fields?.mappings("techniques", what: "a technique") ?? []
    self.init(read.compactMap { Self.technique($0, tactics: tactics) })
    guard problems.errors.isEmpty else { throw Problems(problems.errors) }
  }

  private static func technique(
    _ entry: DocumentFields, tactics: [String: String]
  ) -> Technique? {
    guard let id = entry.requiredText("id"), let name = entry.requiredText("name") else {
      return nil
    }
    let named = entry.texts("tactics").compactMap { tactic -> Tactic? in
      if let name = tactics[tactic] { return Tactic(id: tactic, name: name) }
      entry.problems.error(
        "unknown-tactic", "there is no tactic '\(tactic)'", at: entry.value("tactics")?.span)
      return nil
    }
    return Technique(id: id, name: name, tactics: named)
  }

  /// The technique of an id; nil for one that is not in the table.
  package subscript(id: String) -> Technique? { byID[id] }
}
