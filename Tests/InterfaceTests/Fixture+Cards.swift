import Events
import Findings
import Interface

extension Fixture {
  static let userCard = UserCard(
    user: "test", risk24h: 100, risk7d: 350, distinct7d: 250, days: [0, 0, 50, 0, 200, 0, 100],
    tactics: [Tally(name: "Execution", count: 7)],
    sources: [Tally(name: "203.0.113.7", count: 6), Tally(name: "198.51.100.4", count: 1)],
    userAgents: [Tally(name: "aws-cli/2.0.58 Python/3.7.3 Linux/5.4.0", count: 7)],
    accounts: [Tally(name: "111122223333", count: 7)], sessions: [],
    rules: [
      UserRule(rule: rule.name, rows: 7, earliest: ago(500_000), latest: ago(600))
    ], firstSeen: ago(400_000), lastSeen: ago(3_700))

  static let imageCard: ImageCard = {
    var card = ImageCard(
      image: digests[0], repositories: ["payments/api", "payments/api-canary"],
      severities: ["CRITICAL": 3, "HIGH": 80], account: "111122223333", region: "eu-central-1",
      firstSeen: ago(300_000), lastSeen: ago(140))
    card.origin = origin
    return card
  }()

  static let findingCard: FindingCard = {
    var card = bareFindingCard
    card.pushers = ["ci", "deploy-bot"]
    return card
  }()

  private static let bareFindingCard = FindingCard(
    finding: "CVE-2026-21001", severities: ["HIGH": 3],
    sample: [
      SampleField(
        name: "description",
        value:
          "A flaw in the handling of certificate chains lets a peer that presents a crafted chain of more than sixteen certificates read memory beyond the end of a buffer and so learn keys."
      ),
      SampleField(name: "uri", value: "https://security-tracker.debian.org/tracker/CVE-2026-21001"),
      SampleField(name: "CVSS2_SCORE", value: "7.5"),
    ], repositories: 2, images: 4, firstSeen: ago(300_000), lastSeen: ago(140))

  static let rowCard: RowCard = {
    let window = Window(containing: ago(3_700))
    let id = RowID(digits: "r2")
    let row = ResultRow(
      id: id, rule: rule.name, ruleID: "30a0e9f8", window: window, key: [],
      columns: ["signature", "user", "finding_name", "finding_description", "count", "firstTime"],
      values: [
        "DescribeImageScanFindings", "test", "CVE-2026-21001", .null, .number(.whole(2)),
        "2026-03-04T13:00:51",
      ], count: 2, firstSeen: ago(3_900), lastSeen: ago(3_700),
      sample: ["uri": "https://security-tracker.debian.org/tracker/CVE-2026-21001"],
      roles: rows[1].roles, finding: FindingID(digits: "f1"), identity: [],
      marks: ["digest from response"], records: [])
    let event = RiskEvent(
      id: RiskEventID(digits: "e1"), row: id, rule: rule.name, window: window,
      time: ago(3_700), object: "test", objectType: "user", score: 50,
      message: "Finding CVE-2026-21001 in payments/api was read by test", fields: [:])
    let raw = """
      {"eventVersion":"1.08","userIdentity":{"type":"IAMUser","userName":"test","groups":[]},\
      "requestParameters":{"repositoryName":"payments/api","imageId":{"imageTag":"latest"}},\
      "findings":[{"name":"CVE-2026-21001","severity":"HIGH","score":7.5},\
      {"name":"CVE-2026-20777","severity":"HIGH","score":7.1}],"readOnly":true}
      """
    let record = StoredRecord(
      contentHash: [1], time: ago(3_700), source: "/var/log/cloudtrail/2026-03-04.json",
      sourcetype: "aws:cloudtrail", raw: Array(raw.utf8))
    return RowCard(row: row, riskEvents: [event], records: [record])
  }()

  static let history: [TriageEntry] = [
    TriageEntry(
      number: 3, batch: 3, finding: FindingID(digits: "f1"), name: "CVE-2026-21001",
      repository: "payments/api", cause: .newImage(digests[2]), before: closed, after: reopened),
    TriageEntry(
      number: 2, batch: 2, finding: FindingID(digits: "f1"), name: "CVE-2026-21001",
      repository: "payments/api", cause: .move, before: .untouched, after: closed),
  ]

  private static let closed = Triage(
    status: .closed, owner: "alice", disposition: .benignPositive,
    comment: "not reachable from outside", by: "alice", at: ago(90_000))

  private static let reopened = Triage(
    status: .new, owner: "alice", disposition: .benignPositive,
    comment: "not reachable from outside", by: "watchfloor", at: ago(140))

  static let sessions = [
    SessionLine(
      user: "deploy-bot", session: "alice@example.org", account: "111122223333", rows: 31,
      risk: 1_550, sources: 2, firstSeen: ago(90_000), lastSeen: ago(140)),
    SessionLine(
      user: "deploy-bot", session: "i-0abc", account: "444455556666", rows: 4, risk: 50,
      sources: 1, firstSeen: ago(80_000), lastSeen: ago(8_000)),
    SessionLine(
      user: "deploy-bot", session: nil, account: nil, rows: 1, risk: 0, sources: 1,
      firstSeen: ago(200_000), lastSeen: ago(200_000)),
  ]

  static let drilldown = Drilldown(
    rule: rule.name, name: rule.drilldowns[1], tokens: ["user": "test"], earliest: ago(500_000),
    latest: ago(600), asOf: clock)

  static let drilldownResult = DrilldownResult(
    title: drilldown.title,
    search:
      "| from datamodel Risk.All_Risk | search normalized_risk_object IN (\"test\") starthoursago=168 | stats count min(_time) as firstTime max(_time) as lastTime values(search_name) as \"Search Name\" by normalized_risk_object",
    table: Table(
      columns: [
        "normalized_risk_object", "count", "firstTime", "lastTime", "Search Name", "Risk Message",
      ],
      rows: [
        [
          "test", .number(.whole(7)), "2026-02-28T09:10:11", "2026-03-04T13:00:51",
          .string(rule.name), Value(["first", "second", "third"]),
        ]
      ]), note: nil)

  static func searchResult(_ text: String) -> DrilldownResult {
    guard text.contains("risk") else {
      let note = """
        (search): line 1, column 3: there is no command 'nonsense' [unknown-command]
          |
        1 | | nonsense
          |   ^^^^^^^^
        """
      return DrilldownResult(title: "", search: text, table: Table(columns: []), note: note)
    }
    return DrilldownResult(
      title: "", search: text,
      table: Table(
        columns: ["risk_object", "risk"],
        rows: [["deploy-bot", .number(.whole(4150))], ["test", .number(.whole(100))]]), note: nil)
  }

  /// What this store answers.
  static func answer(_ request: Request) -> Answer {
    func page<Line>(_ lines: [Line], _ query: Query) -> Page<Line> {
      let kept = lines.dropFirst(query.offset).prefix(query.limit)
      return Page(offset: query.offset, total: lines.count, lines: Array(kept))
    }
    return switch request {
    case .overview: .overview(overview)
    case .triageHistory(_, let offset, _):
      .triageHistory(Page(offset: offset, total: history.count, lines: history))
    case .suppressions: .suppressions(suppressions)
    case .timeline(let query): .timeline(timeline(query.range))
    case .attack: .attack(techniques)
    case .repositories(let query):
      .repositories(
        page(
          repositories.filter { query.scope[.repository].map($0.repository.elementsEqual) ?? true },
          query))
    case .images(let query): .images(page(images, query))
    case .findings(let query): .findings(page(findings, query))
    case .users(let query): .users(page(users, query))
    case .sources(let query):
      .sources(page(query.limit == 1 ? [sources[0]] : sources, query))
    case .rows(let query): .rows(page(rows, query))
    case .sessions(let query): .sessions(page(sessions, query))
    case .imageCard: .imageCard(imageCard)
    case .findingCard: .findingCard(findingCard)
    case .userCard: .userCard(userCard)
    case .row: .row(rowCard)
    case .record: .record(RecordCard(record: rowCard.records[0], links: []))
    case .drilldown: .drilldown(drilldownResult)
    case .search(let search): .search(searchResult(search.text))
    case .files: .files(filesSummary)
    case .fileLines(let query): .fileLines(page(fileLines, query))
    case .deadLetters(let query): .deadLetters(page(letters, query))
    case .fileCard: .fileCard(fileCard)
    case .deadLetter(let number): .deadLetter(letters.first { $0.number == number })
    }
  }
}
