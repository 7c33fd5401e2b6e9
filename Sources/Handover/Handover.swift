package import Events
package import Findings

/// What one shift tells the next: what is new, who stands out, what was done, what nobody can see.
package struct Handover: Equatable, Sendable {
  /// What a repository has got in the shift.
  package struct Repository: Equatable, Sendable {
    /// `(no repository)` where a rule has no such role.
    package var name: String
    /// New CRITICAL findings first, then HIGH, each the newest first.
    package var findings: [FindingLine]

    package init(name: String, findings: [FindingLine]) {
      self.name = name
      self.findings = findings
    }

    package var critical: Int { findings.count { $0.severity?.lowercased() == "critical" } }
    package var high: Int { findings.count - critical }
  }

  /// Of the events: the end is the as-of time.
  package var range: Span
  /// Of the analysts' work, by the wall clock.
  package var worked: Span
  /// Those with the most CRITICAL, then the most HIGH findings first.
  package var repositories: [Repository]
  /// Users above the threshold in the 24 hours before the end, the highest first.
  package var users: [UserLine]
  /// The newest first.
  package var triage: [TriageEntry]
  /// Scans whose result cannot be seen, the newest first.
  package var blindSpots: [RowLine]
  /// Log files that contradict the digests, or are missing.
  package var untrusted: [FindingLine]
  /// Findings with an open status at the end, of any severity and age.
  package var open: Int

  package init(
    range: Span, worked: Span, repositories: [Repository] = [], users: [UserLine] = [],
    triage: [TriageEntry] = [], blindSpots: [RowLine] = [], untrusted: [FindingLine] = [],
    open: Int = 0
  ) {
    self.range = range
    self.worked = worked
    self.repositories = repositories
    self.users = users
    self.triage = triage
    self.blindSpots = blindSpots
    self.untrusted = untrusted
    self.open = open
  }

  package var critical: Int { repositories.reduce(0) { $0 + $1.critical } }
  package var high: Int { repositories.reduce(0) { $0 + $1.high } }
}

/// A time from its first second to its last.
package struct Span: Equatable, Sendable {
  package var from: Timestamp
  package var to: Timestamp

  package init(from: Timestamp, to: Timestamp) {
    self.from = from
    self.to = to
  }

  /// The time of some seconds that ends then.
  package init(seconds: Int64, upTo end: Timestamp) { self.init(from: end - seconds, to: end) }

  func contains(_ time: Timestamp) -> Bool { (from...to).contains(time) }
}
