/// What the store answers to a `Request` of the same name.
package enum Answer: Equatable, Sendable {
  case overview(Overview)
  case repositories(Page<RepositoryLine>)
  case images(Page<ImageLine>)
  case findings(Page<FindingLine>)
  case users(Page<UserLine>)
  case sources(Page<SourceLine>)
  case rows(Page<RowLine>)
  case sessions(Page<SessionLine>)
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
