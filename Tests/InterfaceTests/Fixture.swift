import CellGrid
import Events
import Findings
import Interface

/// A small believable store: three teams, five users, two days of findings.
enum Fixture {
  static let clock = Timestamp(year: 2026, month: 3, day: 4, hour: 14, minute: 2, second: 31)
  static let digests = [
    "sha256:a27d7318aa1e5d0f", "sha256:0c9e41f7b2d86a13", "sha256:77be20c4d9f1a865",
  ]

  static func ago(_ seconds: Int64) -> Timestamp { clock - seconds }

  static let overview = Overview(
    severities: ["CRITICAL": 41, "HIGH": 1284], repositories: 23, users: 17, findings: 806,
    open: 790,
    deadLetters: 0)

  static let report = Report(
    progress: .live, files: 14, eventsPerSecond: 3200, bytesBehind: 12 * 1024, deadLetters: 0,
    newestEvent: ago(3))

  static let repositories = [
    repository("payments/api", 9, 212, 14, [1, 1, 2, 3, 7, 9, 5, 2], 140),
    repository("payments/worker", 4, 96, 6, [0, 2, 2, 1, 0, 3, 4, 1], 900),
    repository("devsecops/cat_dog_client", 0, 2, 1, [0, 0, 0, 0, 0, 0, 4, 0], 3_700),
    repository("web/storefront", 0, 31, 3, [0, 1, 0, 0, 2, 0, 0, 0], 40_000),
    repository("web/\u{1B}[31mred\u{202E}", 0, 1, 1, [0, 0, 0, 0, 0, 0, 0, 0], 180_000),
  ]

  static func repository(
    _ name: String, _ critical: Int, _ high: Int, _ images: Int, _ hours: [Int], _ age: Int64
  ) -> RepositoryLine {
    var line = RepositoryLine(
      repository: name, severities: ["CRITICAL": critical, "HIGH": high], images: images,
      hours: hours.flatMap { [$0, $0 / 2, $0 / 3] }, firstSeen: ago(500_000), lastSeen: ago(age))
    if name.hasPrefix("payments/") {
      line.ownership = Ownership(
        owner: "team-payments", environment: "production", highDays: 14, criticalDays: 3)
    }
    return line
  }

  static let users = [
    user("deploy-bot", 4150, 12_300, 140), user("test", 100, 100, 3_700),
    user("alice", 50, 450, 9_000), user("AWSReservedSSO_Audit_9f", 0, 50, 200_000),
  ]

  static func user(_ name: String, _ day: Int, _ week: Int, _ age: Int64) -> UserLine {
    var line = UserLine(
      user: name, risk24h: day, risk7d: week, riskInRange: week, rows: week / 50,
      lastSeen: ago(age))
    if name.hasPrefix("AWSReservedSSO_Audit") { line.scannerNote = "looks every night" }
    return line
  }

  static let findings = [
    finding(1, "CVE-2026-21001", "HIGH", "openssl", "3.0.11", "payments/api", 3, 2, 14, 140),
    finding(
      2, "CVE-2021-33574", "HIGH", "glibc", "2.28-10", "devsecops/cat_dog_client", 1, 1, 1, 3_604),
    finding(
      3, "CVE-2026-20777", "CRITICAL", "linux-libc-dev", "6.1.55-1", "payments/worker", 2, 1, 5,
      50_000, Triage(status: .inProgress, owner: "alice", by: "alice", at: ago(4_000))),
    finding(4, "CVE-2025-4802", "HIGH", nil, nil, "web/storefront", 1, 2, 2, 180_000),
  ]

  private static let presences: [Presence] = [
    .new, .stillThere, .gone, .incomplete(seen: 100, of: 312),
  ]

  static func finding(
    _ id: Int, _ name: String, _ severity: String, _ package: String?, _ version: String?,
    _ repository: String, _ images: Int, _ readers: Int, _ count: Int, _ age: Int64,
    _ triage: Triage = .untouched
  ) -> FindingLine {
    var line = FindingLine(
      id: FindingID(digits: "f\(id)"), rule: rule.name, finding: name, severity: severity,
      package: package, version: version, repository: repository, images: images,
      readers: readers, count: count, firstSeen: ago(age + 90_000), lastSeen: ago(age),
      marks: [], newestRow: RowID(digits: "r\(id)"), triage: triage)
    line.presence = presences[id - 1]
    line.since = ago(age + Int64(id) * 700_000)
    line.mostDays = severity == "CRITICAL" ? 7 : 30
    return line
  }

  static let origin: ImageOrigin = {
    var origin = ImageOrigin()
    origin.tags = ["1.4.2", "latest"]
    origin.push = ImagePush(
      place: ImagePlace(
        account: "111122223333", region: "eu-central-1", repository: "payments/api"),
      image: digests[0], tag: "1.4.2", user: "deploy-bot", time: ago(301_000))
    origin.scan = ScanExtent(completed: ago(2_000), seen: 100, all: 312, isComplete: false)
    return origin
  }()

  static let images: [ImageLine] = {
    var images = [
      ImageLine(
        image: digests[0], repository: "payments/api", severities: ["CRITICAL": 3, "HIGH": 80],
        readers: 2, firstSeen: ago(300_000), lastSeen: ago(140)),
      ImageLine(
        image: digests[1], repository: "payments/api", severities: ["HIGH": 12], readers: 1,
        firstSeen: ago(500_000), lastSeen: ago(90_000)),
    ]
    images[0].origin = origin
    images[1].origin.scan = ScanExtent(
      completed: ago(90_500), seen: 14, all: 14, isComplete: true)
    return images
  }()

  static let sources = [
    SourceLine(source: "203.0.113.7", users: 2, rows: 31, lastSeen: ago(140)),
    SourceLine(source: "ecr.amazonaws.com", users: 1, rows: 4, lastSeen: ago(8_000)),
  ]

  static let rows = (1...3).map { number in
    RowLine(
      id: RowID(digits: "r\(number)"), rule: rule.name,
      roles: [
        .repository: "payments/api", .image: digests[0], .finding: "CVE-2026-21001",
        .severity: "HIGH", .user: number == 1 ? "deploy-bot" : "test", .source: "203.0.113.7",
      ], count: number, firstSeen: ago(Int64(number) * 4_000), lastSeen: ago(Int64(number) * 3_700),
      risk: 50, marks: number == 3 ? ["digest from response"] : [])
  }
}
