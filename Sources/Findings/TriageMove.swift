package import Events

/// A field to set or to empty.
package enum TriageText: Hashable, Sendable {
  case set(String)
  case none
}

/// What a move changes; nil leaves a field as it is.
package struct TriageChange: Hashable, Sendable {
  package var status: TriageStatus?
  package var owner: TriageText?
  package var urgency: TriageUrgency?
  package var disposition: Disposition?
  package var comment: TriageText?

  package init(
    status: TriageStatus? = nil, owner: TriageText? = nil, urgency: TriageUrgency? = nil,
    disposition: Disposition? = nil, comment: TriageText? = nil
  ) {
    self.status = status
    self.owner = owner
    self.urgency = urgency
    self.disposition = disposition
    self.comment = comment
  }

  /// The triage that the change makes of another; `by` and `at` stay.
  package func applied(to former: Triage) -> Triage {
    var triage = former
    triage.status = status ?? former.status
    triage.disposition = disposition ?? former.disposition
    if let owner { triage.owner = owner.string }
    if let comment { triage.comment = comment.string }
    if let urgency { triage.urgency = urgency.urgency }
    return triage
  }
}

/// An urgency that an analyst gives, or the severity's again.
package enum TriageUrgency: Hashable, Sendable {
  case set(Urgency)
  case bySeverity

  package var urgency: Urgency? {
    switch self {
    case .set(let urgency): urgency
    case .bySeverity: nil
    }
  }
}

extension TriageText {
  package var string: String? {
    switch self {
    case .set(let string): string
    case .none: nil
    }
  }
}

/// The same change to some findings, by one person at one time.
package struct TriageMove: Hashable, Sendable {
  package var findings: [FindingID]
  package var change: TriageChange
  package var by: String
  /// By the wall clock.
  package var at: Timestamp

  package init(findings: [FindingID], change: TriageChange, by: String, at: Timestamp) {
    self.findings = findings
    self.change = change
    self.by = by
    self.at = at
  }
}

/// One line of a finding's history: what it was and what it became.
package struct TriageEntry: Equatable, Sendable {
  package enum Cause: Hashable, Sendable {
    case move
    /// The former state again; the number of the entry that was undone.
    case undo(of: Int64)
    /// The finding was closed and is in an image that did not have it: that image's digest.
    case newImage(String)
    case imported
  }

  /// Counts up over all findings.
  package var number: Int64
  /// The same for all entries that were made at once: undone at once.
  package var batch: Int64
  package var finding: FindingID
  /// `CVE-2021-33574` and the repository, where the rule has such roles.
  package var name: String?
  package var repository: String?
  package var cause: Cause
  /// `after` says who did it and when.
  package var before: Triage
  package var after: Triage

  package init(
    number: Int64, batch: Int64, finding: FindingID, name: String?, repository: String?,
    cause: Cause, before: Triage, after: Triage
  ) {
    self.number = number
    self.batch = batch
    self.finding = finding
    self.name = name
    self.repository = repository
    self.cause = cause
    self.before = before
    self.after = after
  }
}

/// Whose history is asked for.
package enum TriageSubject: Hashable, Sendable {
  case finding(FindingID)
  case repository(String)
  case everything
}
