package import Detections
import Diagnostics
package import Findings

extension RuleCard {
  /// What the screen says of a loaded rule; `problem` is why the engine cannot run it, where the
  /// rule itself is fine.
  package init(_ loaded: LoadedRule, problem: String? = nil) {
    let detection = loaded.detection
    let why = loaded.problems.map(\.rendered).joined(separator: "\n")
    self.init(
      name: loaded.name, type: detection?.kind.rawValue ?? "",
      description: detection?.description ?? "", search: detection?.search.text ?? "",
      falsePositives: detection?.knownFalsePositives ?? "",
      references: detection?.references ?? [], techniques: detection?.tags.techniques ?? [],
      drilldowns: detection?.drilldowns.map(\.name) ?? [],
      problem: why.isEmpty ? problem : why)
  }
}
