package import Events

/// An image by digest, over every repository that has it, or the one in the query's scope.
package struct ImageCard: Equatable, Sendable {
  package var image: String
  package var repositories: [String]
  package var severities: [String: Int]
  package var account: String?
  package var region: String?
  package var firstSeen: Timestamp
  package var lastSeen: Timestamp
  package var origin = ImageOrigin()

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
  /// Who pushed images that have it.
  package var pushers: [String] = []

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
