package import Events

package struct RepositoryLine: Equatable, Sendable {
  package var repository: String
  /// Distinct (image digest, finding name) by severity word.
  package var severities: [String: Int]
  package var images: Int
  /// Sightings an hour, 24 windows up to the as-of time, the oldest first.
  package var hours: [Int]
  package var firstSeen: Timestamp
  package var lastSeen: Timestamp
  /// Who answers for it, by the user's table of owners.
  package var ownership: Ownership?

  package init(
    repository: String, severities: [String: Int], images: Int, hours: [Int],
    firstSeen: Timestamp, lastSeen: Timestamp
  ) {
    self.repository = repository
    self.severities = severities
    self.images = images
    self.hours = hours
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
  }
}

/// What the user's table of owners says of a repository.
package struct Ownership: Equatable, Sendable {
  package var owner: String
  package var environment: String
  /// Days that a finding may stay.
  package var highDays: Int
  package var criticalDays: Int

  package init(owner: String, environment: String, highDays: Int, criticalDays: Int) {
    self.owner = owner
    self.environment = environment
    self.highDays = highDays
    self.criticalDays = criticalDays
  }
}

package struct ImageLine: Equatable, Sendable {
  /// The digest, with its `sha256:`.
  package var image: String
  package var repository: String
  package var severities: [String: Int]
  package var readers: Int
  package var firstSeen: Timestamp
  package var lastSeen: Timestamp
  package var origin = ImageOrigin()

  package init(
    image: String, repository: String, severities: [String: Int], readers: Int,
    firstSeen: Timestamp, lastSeen: Timestamp
  ) {
    self.image = image
    self.repository = repository
    self.severities = severities
    self.readers = readers
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
  }
}

package struct FindingLine: Equatable, Sendable {
  package var id: FindingID
  package var rule: String
  /// `CVE-2021-33574`; nil where the rule has no such role.
  package var finding: String?
  package var severity: String?
  package var package: String?
  package var version: String?
  package var repository: String?
  package var images: Int
  package var readers: Int
  /// Splunk's count over the range.
  package var count: Int
  package var firstSeen: Timestamp
  package var lastSeen: Timestamp
  package var presence = Presence.unknown
  package var marks: [String]
  /// The newest row, what Enter opens when there is just one.
  package var newestRow: RowID
  package var triage: Triage
  /// When it was seen first, whatever the range.
  package var since: Timestamp?
  /// Days that a finding of its severity may stay, where there is such a limit.
  package var mostDays: Int?
  /// The analyst's, else the severity's.
  package var urgency: Urgency { triage.urgency ?? Urgency(severity: severity) }

  package init(
    id: FindingID, rule: String, finding: String?, severity: String?, package: String?,
    version: String?, repository: String?, images: Int, readers: Int, count: Int,
    firstSeen: Timestamp, lastSeen: Timestamp, marks: [String], newestRow: RowID,
    triage: Triage = .untouched
  ) {
    self.id = id
    self.rule = rule
    self.finding = finding
    self.severity = severity
    self.package = package
    self.version = version
    self.repository = repository
    self.images = images
    self.readers = readers
    self.count = count
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
    self.marks = marks
    self.newestRow = newestRow
    self.triage = triage
  }
}

package struct UserLine: Equatable, Sendable {
  package var user: String
  /// Plain sums of risk scores up to the as-of time.
  package var risk24h: Int
  package var risk7d: Int
  /// Sum of risk scores in the query's own range.
  package var riskInRange: Int
  package var rows: Int
  package var lastSeen: Timestamp
  /// What the user's table says of one whose work it is to look at scans; nil for others.
  package var scannerNote: String?

  package init(
    user: String, risk24h: Int, risk7d: Int, riskInRange: Int, rows: Int, lastSeen: Timestamp
  ) {
    self.user = user
    self.risk24h = risk24h
    self.risk7d = risk7d
    self.riskInRange = riskInRange
    self.rows = rows
    self.lastSeen = lastSeen
  }
}

/// What a user did in one session and account: of an assumed role, by whoever took it.
package struct SessionLine: Equatable, Sendable {
  package var user: String
  /// Nil where the records name none.
  package var session: String?
  package var account: String?
  package var rows: Int
  /// Sum of the user's risk scores of those rows.
  package var risk: Int
  package var sources: Int
  package var firstSeen: Timestamp
  package var lastSeen: Timestamp

  package init(
    user: String, session: String?, account: String?, rows: Int, risk: Int, sources: Int,
    firstSeen: Timestamp, lastSeen: Timestamp
  ) {
    self.user = user
    self.session = session
    self.account = account
    self.rows = rows
    self.risk = risk
    self.sources = sources
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
  }
}

package struct SourceLine: Equatable, Sendable {
  /// An address or DNS name that requests came from.
  package var source: String
  package var users: Int
  package var rows: Int
  package var lastSeen: Timestamp

  package init(source: String, users: Int, rows: Int, lastSeen: Timestamp) {
    self.source = source
    self.users = users
    self.rows = rows
    self.lastSeen = lastSeen
  }
}

/// A result row in a list of rows.
package struct RowLine: Equatable, Sendable {
  package var id: RowID
  package var rule: String
  package var roles: [PaneRole: String]
  package var count: Int
  package var firstSeen: Timestamp
  package var lastSeen: Timestamp
  package var risk: Int
  package var marks: [String]

  package init(
    id: RowID, rule: String, roles: [PaneRole: String], count: Int, firstSeen: Timestamp,
    lastSeen: Timestamp, risk: Int, marks: [String]
  ) {
    self.id = id
    self.rule = rule
    self.roles = roles
    self.count = count
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
    self.risk = risk
    self.marks = marks
  }
}
