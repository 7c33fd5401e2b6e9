package import Events

/// What Splunk would print for one (rule, window, key), and what the panes show of it.
package struct ResultRow: Equatable, Sendable {
  package var id: RowID
  /// The rule's name as in its file, `AWS ECR Container Scanning Findings High`.
  package var rule: String
  package var ruleID: String
  package var window: Window
  /// The BY values, length-prefixed, null told from empty; the eventID and ordinal of a rule
  /// without `stats`.
  package var key: [UInt8]
  /// The search's own columns in the search's own order.
  package var columns: [Text]
  /// As long as `columns`.
  package var values: [Value]
  /// Events that the row counts: Splunk's count.
  package var count: Int
  /// Event times of the oldest and the newest contributing event.
  package var firstSeen: Timestamp
  package var lastSeen: Timestamp
  /// The other fields of the newest contributing event before `stats` (description, CVSS, uri).
  package var sample: [Text: Value]
  /// What the sidecar makes of columns and sample; absent where null.
  package var roles: [PaneRole: String]
  /// What is triaged: the finding that this row is a sighting of.
  package var finding: FindingID
  /// The values that name the finding, in the sidecar's order.
  package var identity: [String]
  /// `digest from response`, `Splunk drops: finding_description is null`, ...
  package var marks: [String]
  /// Content hashes of contributing records, the newest first, up to the cap a row.
  package var records: [[UInt8]]

  package init(
    id: RowID, rule: String, ruleID: String, window: Window, key: [UInt8], columns: [Text],
    values: [Value], count: Int, firstSeen: Timestamp, lastSeen: Timestamp,
    sample: [Text: Value], roles: [PaneRole: String], finding: FindingID, identity: [String],
    marks: [String], records: [[UInt8]]
  ) {
    self.id = id
    self.rule = rule
    self.ruleID = ruleID
    self.window = window
    self.key = key
    self.columns = columns
    self.values = values
    self.count = count
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
    self.sample = sample
    self.roles = roles
    self.finding = finding
    self.identity = identity
    self.marks = marks
    self.records = records
  }
}
