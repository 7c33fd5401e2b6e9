import Events
import Findings
import TestSupport

/// Random rows with their risk events: few names, so that everything meets everything.
struct SampleRows {
  static let asOf = Timestamp(seconds: 1_700_000_000)
  /// When the as-of's day began.
  static let midnight = Timestamp(seconds: 1_699_920_000)
  static let repositories: [String?] = [
    "payments/api", "Payments/API", "100%_sure", "100x", "e\u{301}quipe", "\u{e9}quipe", "a*b",
    "[x]", "quote'\"; DROP TABLE rows; --", "back\\slash", "nul\0a", "nul\0b", "nul", "", nil,
  ]
  static let users: [String?] = [
    "test", "deploy-bot", "TEST", "\u{10FFFE}odd", "(no user)", nil, nil, "42", "-3.5e1",
  ]
  static let severities: [String?] = ["CRITICAL", "HIGH", "HIGH", "LOW", "weird,:1", nil]
  static let images: [String?] = ["sha256:aa", "sha256:bb", "sha256:cc", "sha256:dd", nil]

  var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  mutating func rows(_ count: Int) -> [ResultRow] { (0..<count).map { row($0) } }

  private mutating func pick<Element>(_ list: [Element]) -> Element {
    list[Int.random(in: list.indices, using: &random)]
  }

  private mutating func moment() -> Timestamp {
    let day: Int64 = 86_400
    switch Int.random(in: 0..<14, using: &random) {
    case 0: return SampleRows.asOf
    case 1: return SampleRows.asOf - day
    case 2: return SampleRows.asOf - 7 * day
    case 3: return SampleRows.asOf + Int64.random(in: 1...7_200, using: &random)
    case 12: return SampleRows.midnight - Int64.random(in: 0...7, using: &random) * day
    case 13: return SampleRows.midnight - Int64.random(in: 0...7, using: &random) * day - 1
    case 4...7: return SampleRows.asOf - Int64.random(in: 0...day, using: &random)
    default: return SampleRows.asOf - Int64.random(in: 0...(9 * day), using: &random)
    }
  }

  private mutating func row(_ number: Int) -> ResultRow {
    let rule = pick(["ECR High", "ECR Critical", "Blind spot"])
    let last = moment()
    let name = pick(["CVE-1", "CVE-2", "cve-1", "CVE-33", nil])
    let repository = pick(SampleRows.repositories)
    let identity = [rule, repository ?? "-", name ?? "-"]
    var roles: [PaneRole: String] = [:]
    roles[.repository] = repository
    roles[.finding] = name
    roles[.package] = name.map { "package of \($0)" }
    roles[.version] = name.map { _ in "1.0" }
    roles[.image] = pick(SampleRows.images)
    roles[.severity] = pick(SampleRows.severities)
    roles[.user] = pick(SampleRows.users)
    roles[.source] = pick(["10.0.0.1", "ecr.amazonaws.com", nil])
    roles[.account] = pick(["111122223333", "444455556666"])
    roles[.region] = pick(["us-east-1", nil])
    roles[.session] = pick(["s1", "s2", nil])
    let sample: [Text: Value] = [
      "description": .string(pick(["Buffer overflow in libx", "50% off", "under_score"])),
      "uri": "https://example.org/x", "user_agent": pick(agents), "n": .number(Number(0.25)),
    ]
    return ResultRow(
      id: RowID(digits: SampleRows.digits("row \(number) \(random.next())")), rule: rule,
      ruleID: "id of \(rule)", window: Window(containing: last), key: [UInt8(number & 255), 0],
      columns: ["count", "firstTime", "users"],
      values: [.number(.whole(Int64(number) - 3)), "2021-08-11", .many(["a", "b\0c"])],
      count: Int.random(in: 1...9, using: &random),
      firstSeen: last - Int64.random(in: 0...900, using: &random), lastSeen: last,
      sample: sample, roles: roles, finding: FindingID(digits: SampleRows.digits("\(identity)")),
      identity: identity, marks: pick([[], ["digest from response"]]), records: [])
  }

  private var agents: [Value] { ["aws-cli/1.22", .many(["aws-cli/1.22", "Boto3"]), .null] }

  /// One for each row with a user, some of another type.
  mutating func riskEvents(of rows: [ResultRow]) -> [RiskEvent] {
    rows.compactMap { row in
      guard let user = row.roles[.user] else { return nil }
      let score = pick([5, 21, 50, 80])
      return RiskEvent(
        id: RiskEventID(digits: SampleRows.digits("risk \(row.id.digits)")), row: row.id,
        rule: row.rule, window: row.window, time: row.lastSeen, object: user,
        objectType: pick(["user", "user", "user", "system"]), score: score,
        message: "seen by \(user)",
        fields: [
          "risk_score": .number(.whole(Int64(score))),
          "annotations.mitre_attack.mitre_tactic": pick([
            "execution", .many(["execution", "impact"]), .null,
          ]),
        ])
    }
  }

  /// 32 hexadecimal digits that depend on every byte of the text.
  static func digits(_ text: String) -> String {
    var hashes: [UInt64] = [0xcbf2_9ce4_8422_2325, 0x9E37_79B9_7F4A_7C15]
    for byte in text.utf8 {
      for index in hashes.indices {
        hashes[index] = (hashes[index] ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
      }
    }
    return hashes.map { hash in
      let digits = String(hash, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
