package import Events

/// Where an analyst is with a finding, in Splunk's words.
package enum TriageStatus: String, CaseIterable, Hashable, Sendable {
  case unassigned = "Unassigned"
  case new = "New"
  case inProgress = "In Progress"
  case pending = "Pending"
  case resolved = "Resolved"
  case closed = "Closed"

  /// Whether there is still something to do.
  package var isOpen: Bool { self != .resolved && self != .closed }
}

/// What a finding turned out to be, in Splunk's words.
package enum Disposition: String, CaseIterable, Hashable, Sendable {
  case undetermined = "Undetermined"
  case truePositive = "True Positive - Suspicious Activity"
  case benignPositive = "Benign Positive - Suspicious But Expected"
  case falsePositiveLogic = "False Positive - Incorrect Analytic Logic"
  case falsePositiveData = "False Positive - Inaccurate Data"
  case other = "Other"
  case testing = "Testing"
}

/// How soon somebody should look, in Splunk's words, the least first.
package enum Urgency: String, CaseIterable, Hashable, Sendable {
  case informational, low, medium, high, critical

  /// What a finding of that severity has while nobody has said otherwise.
  package init(severity: String?) {
    switch severity.map({ Text($0).foldingASCIICase }) {
    case "critical": self = .critical
    case "high": self = .high
    case "medium": self = .medium
    case "low": self = .low
    default: self = .informational
    }
  }
}

/// What has been said of a finding, and by whom last.
package struct Triage: Hashable, Sendable {
  package var status: TriageStatus
  /// Nil while nobody has it.
  package var owner: String?
  /// Nil while it follows from the severity.
  package var urgency: Urgency?
  package var disposition: Disposition
  package var comment: String?
  /// Who changed it last, and when by the wall clock; nil while nobody has.
  package var by: String?
  package var at: Timestamp?

  package init(
    status: TriageStatus = .new, owner: String? = nil, urgency: Urgency? = nil,
    disposition: Disposition = .undetermined, comment: String? = nil, by: String? = nil,
    at: Timestamp? = nil
  ) {
    self.status = status
    self.owner = owner
    self.urgency = urgency
    self.disposition = disposition
    self.comment = comment
    self.by = by
    self.at = at
  }

  /// A finding that nobody has touched.
  package static let untouched = Triage()
}
