package import Events

/// What the store answers to a `Request` of the same name.
package enum Answer: Equatable, Sendable {
  case overview(Overview)
  case repositories(Page<RepositoryLine>)
  case images(Page<ImageLine>)
  case findings(Page<FindingLine>)
  case users(Page<UserLine>)
  case sources(Page<SourceLine>)
  case rows(Page<RowLine>)
  case imageCard(ImageCard?)
  case findingCard(FindingCard?)
  case userCard(UserCard?)
  case row(RowCard?)
  case record(RecordCard?)
  case drilldown(DrilldownResult)
  case search(DrilldownResult)
  case files(FilesSummary)
  case fileLines(Page<FileLine>)
  case deadLetters(Page<LetterLine>)
  case fileCard(FileCard?)
  case deadLetter(LetterLine?)
  case triageHistory(Page<TriageEntry>)
  case suppressions([SuppressionLine])
  case timeline(Timeline)
  case attack([AttackLine])
}

/// Some lines of a list: the ones from `offset` on, and how many there are in all.
package struct Page<Line: Equatable & Sendable>: Equatable, Sendable {
  package var offset: Int
  package var total: Int
  package var lines: [Line]

  package init(offset: Int, total: Int, lines: [Line]) {
    self.offset = offset
    self.total = total
    self.lines = lines
  }
}

/// The header's figures.
///
/// CRITICAL and HIGH count distinct (image digest, finding name).
package struct Overview: Equatable, Sendable {
  package var severities: [String: Int]
  package var repositories: Int
  package var users: Int
  /// Distinct findings in range.
  package var findings: Int
  /// Those of them with an open status.
  package var open: Int
  package var deadLetters: Int
  /// How many files are not what CloudTrail delivered, and how many are not there.
  package var changedFiles = 0
  package var missingFiles = 0
  /// Rows in range that suppressions hide, and how many of those are in force.
  package var hidden = 0
  package var suppressions = 0

  package init(
    severities: [String: Int], repositories: Int, users: Int, findings: Int, open: Int? = nil,
    deadLetters: Int
  ) {
    self.severities = severities
    self.repositories = repositories
    self.users = users
    self.findings = findings
    self.open = open ?? findings
    self.deadLetters = deadLetters
  }
}

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
  /// Whether the newest scan that was seen of one of its images still had it.
  package var inNewestScan: Bool
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
    firstSeen: Timestamp, lastSeen: Timestamp, inNewestScan: Bool, marks: [String],
    newestRow: RowID, triage: Triage = .untouched
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
    self.inNewestScan = inNewestScan
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

/// An image by digest, over every repository that has it, or the one in the query's scope.
package struct ImageCard: Equatable, Sendable {
  package var image: String
  package var repositories: [String]
  package var severities: [String: Int]
  package var account: String?
  package var region: String?
  package var firstSeen: Timestamp
  package var lastSeen: Timestamp

  package init(
    image: String, repositories: [String], severities: [String: Int], account: String?,
    region: String?, firstSeen: Timestamp, lastSeen: Timestamp
  ) {
    self.image = image
    self.repositories = repositories
    self.severities = severities
    self.account = account
    self.region = region
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
  }
}

/// A finding by name, over every repository and image that has it, or those in the query's scope.
package struct FindingCard: Equatable, Sendable {
  package var finding: String
  package var severities: [String: Int]
  /// Name and value of what the newest sighting tells beside: description, uri, CVSS, package.
  package var sample: [SampleField]
  package var repositories: Int
  package var images: Int
  package var firstSeen: Timestamp
  package var lastSeen: Timestamp

  package init(
    finding: String, severities: [String: Int], sample: [SampleField], repositories: Int,
    images: Int, firstSeen: Timestamp, lastSeen: Timestamp
  ) {
    self.finding = finding
    self.severities = severities
    self.sample = sample
    self.repositories = repositories
    self.images = images
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
  }
}

package struct SampleField: Equatable, Sendable {
  package var name: String
  package var value: String

  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// A user of the scans: who looked, from where, and what it adds up to.
package struct UserCard: Equatable, Sendable {
  package var user: String
  package var risk24h: Int
  package var risk7d: Int
  /// Each (rule, finding identity, image digest) once, at its highest score, over 7 days.
  package var distinct7d: Int
  /// Risk by UTC calendar day, the as-of's day last: 7 days, that one up to the as-of time.
  package var days: [Int]
  package var tactics: [Tally]
  package var sources: [Tally]
  package var userAgents: [Tally]
  package var accounts: [Tally]
  package var sessions: [Tally]
  /// The rules that the user has rows of, and over which windows: drilldowns want them.
  package var rules: [UserRule]
  package var firstSeen: Timestamp
  package var lastSeen: Timestamp
  /// What the user's table says of one whose work it is to look at scans; nil for others.
  package var scannerNote: String?

  package init(
    user: String, risk24h: Int, risk7d: Int, distinct7d: Int, days: [Int], tactics: [Tally],
    sources: [Tally], userAgents: [Tally], accounts: [Tally], sessions: [Tally],
    rules: [UserRule], firstSeen: Timestamp, lastSeen: Timestamp
  ) {
    self.user = user
    self.risk24h = risk24h
    self.risk7d = risk7d
    self.distinct7d = distinct7d
    self.days = days
    self.tactics = tactics
    self.sources = sources
    self.userAgents = userAgents
    self.accounts = accounts
    self.sessions = sessions
    self.rules = rules
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
  }
}

package struct UserRule: Equatable, Sendable {
  package var rule: String
  package var rows: Int
  /// Start of the first and end of the last window with a row of the user.
  package var earliest: Timestamp
  package var latest: Timestamp

  package init(rule: String, rows: Int, earliest: Timestamp, latest: Timestamp) {
    self.rule = rule
    self.rows = rows
    self.earliest = earliest
    self.latest = latest
  }
}

/// A value and how many rows have it.
package struct Tally: Equatable, Sendable {
  package var name: String
  package var count: Int

  package init(name: String, count: Int) {
    self.name = name
    self.count = count
  }
}

/// Everything known of one result row.
package struct RowCard: Equatable, Sendable {
  package var row: ResultRow
  package var riskEvents: [RiskEvent]
  /// Raw JSON of the newest contributing records, unwrapped.
  package var records: [StoredRecord]
  /// From those records to others.
  package var links: [RecordLink]

  package init(
    row: ResultRow, riskEvents: [RiskEvent], records: [StoredRecord], links: [RecordLink] = []
  ) {
    self.row = row
    self.riskEvents = riskEvents
    self.records = records
    self.links = links
  }
}

/// What a drilldown search or one that was typed found, or why it could not run.
package struct DrilldownResult: Equatable, Sendable {
  /// The drilldown's name with its tokens filled in.
  package var title: String
  /// The search as run, tokens filled in for reading.
  package var search: String
  package var table: Table
  /// `showing 20 of 3,102 records`, or the diagnostic of a search that cannot run.
  package var note: String?

  package init(title: String, search: String, table: Table, note: String?) {
    self.title = title
    self.search = search
    self.table = table
    self.note = note
  }
}
