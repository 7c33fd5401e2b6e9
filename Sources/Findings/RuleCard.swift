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
  /// Why it cannot run, with place and caret; nil where it can.
  package var problem: String?
  /// Whether it is meant to run; one that is off looks at nothing.
  package var isOn: Bool
  /// The same in a few words: `line 19: there is no command 'mvexpnd'`.
  package var reason: String?
  /// The file cannot run as it is now; the version before that edit does.
  package var runsEarlier = false
  /// The file that it comes from; its name alone where it is built in.
  package var file = ""
  /// What is passed over in it, with place and caret.
  package var warnings: [String] = []
  /// Whether it looks at records, not at risk events or tables; false where it cannot run.
  package var readsRecords = false
  /// What a record must contain; empty where every record is looked at.
  package var needles: [String] = []
  /// `50 on the user in user`.
  package var riskObjects: [String] = []
  /// `ip_address in src`.
  package var threatObjects: [String] = []
  /// Names of its techniques and their tactics, `Execution: Malicious Image`.
  package var attack: [String] = []
  /// The macro that an analyst narrows the rule with; nil where the search has none.
  package var filterMacro: String?
  /// What came of the tests in its file when they were last run here, a line each.
  package var tests: [String] = []
  /// Share of the logs that is read again for it; nil where none is.
  package var backfill: Double?
  /// Nil where it has never run on this state.
  package var figures: RuleFigures?
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
