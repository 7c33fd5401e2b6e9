import Events
import Findings
import TestSupport
import Testing

@testable import Handover

@Suite struct HandoverTests {
  private static let noon = Timestamp(seconds: 1_773_662_400)
  private static let shift = Span(seconds: 8 * 3600, upTo: noon)

  private func finding(
    _ name: String, _ severity: String, hoursAgo: Int64, repository: String? = "payments/api"
  ) -> FindingLine {
    FindingLine(
      id: FindingID(digits: "ab"), rule: "AWS ECR Container Scanning Findings High",
      finding: name, severity: severity, package: "openssl", version: "3.0.11",
      repository: repository, images: 2, readers: 1, count: 1,
      firstSeen: Self.noon - hoursAgo * 3600, lastSeen: Self.noon, marks: [],
      newestRow: RowID(digits: "01"))
  }

  private var handover: Handover {
    var before = Triage()
    before.owner = "ana"
    var after = before
    after.status = .closed
    after.comment = "known | accepted\n# not a heading"
    after.by = "ben"
    after.at = Self.noon - 60
    return Handover(
      range: Self.shift, worked: Self.shift,
      repositories: [
        .init(
          name: "payments/api",
          findings: [
            finding("CVE-2026-21000", "CRITICAL", hoursAgo: 1),
            finding("CVE-2026-21001", "HIGH", hoursAgo: 5),
          ]),
        .init(
          name: "<script>alert(1)</script>\u{1B}[2J",
          findings: [finding("CVE & co", "HIGH", hoursAgo: 5)]),
      ],
      users: [
        UserLine(
          user: "deploy-bot", risk24h: 450, risk7d: 900, riskInRange: 450, rows: 9,
          lastSeen: Self.noon)
      ],
      triage: [
        TriageEntry(
          number: 1, batch: 1, finding: FindingID(digits: "ab"), name: "CVE-2026-21002",
          repository: "payments/api", cause: .move, before: before, after: after)
      ],
      blindSpots: [
        RowLine(
          id: RowID(digits: "02"), rule: "AWS ECR Blind Spot",
          roles: [.repository: "web/checkout", .finding: "answer omitted", .user: "ana"],
          count: 1, firstSeen: Self.noon, lastSeen: Self.noon, risk: 0, marks: [])
      ], open: 12)
  }

  @Test func itReadsAsMarkdown() { expectGolden(handover.markdown, "handover.md") }

  @Test func itReadsAsAPage() { expectGolden(handover.html, "handover.html") }

  @Test func aQuietShiftSaysSo() {
    expectGolden(Handover(range: Self.shift, worked: Self.shift).markdown, "quiet.md")
  }

  @Test func nothingOfARecordIsMarkupOrAnEscape() {
    let handover = handover
    #expect(!handover.html.contains("<script"))
    #expect(!handover.html.contains("\u{1B}") && !handover.markdown.contains("\u{1B}"))
    #expect(!handover.markdown.contains("\n# not"))
    #expect(handover.html.contains("default-src 'none'"))
  }

  @Test func aLongTableIsCutAndSaysHowMuchIsLeft() {
    var long = Handover(range: Self.shift, worked: Self.shift)
    long.repositories = [
      .init(
        name: "r",
        findings: (0..<130).map { finding("CVE-\($0)", "HIGH", hoursAgo: 1, repository: "r") })
    ]
    #expect(long.markdown.contains("\nand 30 more\n"))
    #expect(long.html.contains("<p>and 30 more</p>"))
  }

  /// A store that answers from lists.
  private struct Shelf: Library {
    var findings: [FindingLine]
    var users: [UserLine] = []
    var triage: [TriageEntry] = []

    func answer(_ request: Request) throws -> Answer {
      switch request {
      case .findings(let query):
        let isIntegrity =
          query.filter
          != .or(
            ["critical", "high"].map { .matches(.severity, pattern: $0) })
        let all = isIntegrity ? [] : findings.sorted { $0.firstSeen > $1.firstSeen }
        let end = min(all.count, query.offset + query.limit)
        return .findings(
          Page(offset: query.offset, total: all.count, lines: Array(all[query.offset..<end])))
      case .users: return .users(Page(offset: 0, total: users.count, lines: users))
      case .triageHistory(_, let offset, _):
        return .triageHistory(
          Page(offset: offset, total: triage.count, lines: Array(triage.dropFirst(offset))))
      case .rows: return .rows(Page(offset: 0, total: 0, lines: []))
      default:
        return .overview(
          Overview(severities: [:], repositories: 0, users: 0, findings: 9, open: 7, deadLetters: 0)
        )
      }
    }

    func lookupTable(_ name: String, before window: Window?) throws -> [UInt8]? { nil }
    func newestEvent(notAfter clock: Timestamp) throws -> Timestamp? { nil }
    func riskEvents(in range: TimeRange) throws -> [RiskEvent] { [] }
    func rows(seenIn range: TimeRange) throws -> [ResultRow] { [] }
    func records(
      ofRule rule: String, in range: TimeRange
    ) throws -> (records: [StoredRecord], events: Int) { ([], 0) }
  }

  @Test func onlyWhatWasFirstSeenInTheShiftIsNew() throws {
    let many = (0..<1200).map { finding("CVE-\($0)", "HIGH", hoursAgo: 2) }
    let shelf = Shelf(
      findings: many + [
        finding("old", "CRITICAL", hoursAgo: 9), finding("edge", "CRITICAL", hoursAgo: 8),
      ])
    let handover = try Handover(of: shelf, range: Self.shift, worked: Self.shift)
    #expect(handover.high == 1200)
    #expect(handover.critical == 1)
    #expect(handover.repositories.first?.findings.first?.finding == "edge")
    #expect(handover.open == 7)
  }

  @Test func repositoriesWithTheMostCriticalFindingsComeFirst() throws {
    let shelf = Shelf(
      findings: [
        finding("1", "HIGH", hoursAgo: 1, repository: "b"),
        finding("2", "HIGH", hoursAgo: 1, repository: "b"),
        finding("3", "CRITICAL", hoursAgo: 1, repository: "z"),
        finding("4", "HIGH", hoursAgo: 1, repository: "a"),
        finding("5", "HIGH", hoursAgo: 1, repository: nil),
      ])
    let handover = try Handover(of: shelf, range: Self.shift, worked: Self.shift)
    #expect(handover.repositories.map(\.name) == ["z", "b", "(no repository)", "a"])
  }

  @Test func onlyUsersAboveTheThresholdAreNamed() throws {
    let users = [101, 100].map { risk in
      UserLine(
        user: "\(risk)", risk24h: risk, risk7d: risk, riskInRange: risk, rows: 1,
        lastSeen: Self.noon)
    }
    let handover = try Handover(
      of: Shelf(findings: [], users: users), range: Self.shift, worked: Self.shift)
    #expect(handover.users.map(\.user) == ["101"])
  }
}
