/// What the screen says of a loaded rule.
package struct RuleCard: Equatable, Sendable {
  package var name: String
  /// `TTP`, `Anomaly`, `Hunting`, `Correlation`.
  package var type: String
  package var description: String
  package var search: String
  package var falsePositives: String
  package var references: [String]
  package var techniques: [String]
  /// Names of the drilldown searches as written, tokens and all.
  package var drilldowns: [String]
  /// Why it cannot run; nil where it can.
  package var problem: String?
  /// Whether it is meant to run; one that is off looks at nothing.
  package var isOn: Bool
  /// What its rows do not say: limits that were hit.
  package var notes: [String] = []

  package init(
    name: String, type: String, description: String, search: String, falsePositives: String,
    references: [String], techniques: [String], drilldowns: [String], problem: String?,
    isOn: Bool = true
  ) {
    self.name = name
    self.type = type
    self.description = description
    self.search = search
    self.falsePositives = falsePositives
    self.references = references
    self.techniques = techniques
    self.drilldowns = drilldowns
    self.problem = problem
    self.isOn = isOn
  }
}
