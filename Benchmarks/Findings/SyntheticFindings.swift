import Events
import Findings

/// Changes as the engine commits them for ECR's findings: the same numbers give the same bytes.
///
/// A sighting is a row with its risk event, its group, and a part of the record that told of it.
/// Every finding is seen `sightings` times, by other users and in other hours, over `days` days.
struct SyntheticFindings {
  static let end = Timestamp(seconds: 1_773_700_000)
  static let ruleName = "AWS ECR Container Scanning Findings High"

  let findings: Int
  let sightings: Int
  let days: Int64
  private let plan = "5f1cd0a3b2e94d7786b1c0ffee15600d"
  private let words = Wording()

  init(findings: Int, sightings: Int, days: Int64) {
    self.findings = max(1, findings)
    self.sightings = max(1, sightings)
    self.days = max(1, days)
  }

  var rows: Int { findings * sightings }

  /// What one commit of the rows of those numbers has.
  func changes(_ numbers: Range<Int>) -> Changes {
    var changes = Changes()
    var record: StoredRecord?
    for number in numbers {
      let sighting = sighting(number)
      if number % Self.findingsOfRecord == 0 || record == nil {
        let next = self.record(number / Self.findingsOfRecord, at: sighting.time)
        changes.records.append(next)
        changes.seen += seen(next, in: Window(containing: next.time))
        record = next
      }
      var row = row(sighting)
      row.records = record.map { [$0.contentHash] } ?? []
      changes.rows.append(row)
      changes.riskEvents.append(risk(of: row))
      let group = GroupID(plan: plan, window: row.window, key: Array(row.id.digits.utf8.prefix(16)))
      changes.groups[group] = [1, 1] + row.key + row.key.prefix(90)
    }
    changes.files = [file(records: numbers.upperBound / Self.findingsOfRecord)]
    changes.changedAt = Self.end
    changes.rows.sort { $0.id.digits < $1.id.digits }
    changes.riskEvents.sort { $0.id.digits < $1.id.digits }
    return changes
  }

  private struct Sighting {
    var number: Int
    var finding: Int
    var time: Timestamp
    var user: Int
  }

  /// Findings of a record, which is of one image.
  private static let findingsOfRecord = 50

  /// Records come in an order of their own, time goes on steadily from one to the next.
  private func sighting(_ number: Int) -> Sighting {
    let span = days * 86_400
    let record = number / Self.findingsOfRecord
    let time = Self.end - span + span * Int64(record * Self.findingsOfRecord) / Int64(rows)
    let records = max(1, findings / Self.findingsOfRecord)
    let place = Int(UInt64(record % records) &* 2_654_435_761 % UInt64(records))
    return Sighting(
      number: number,
      finding: (place * Self.findingsOfRecord + number % Self.findingsOfRecord) % findings,
      time: time, user: (record &* 31 &+ number / findings) % 211)
  }

  private func row(_ sighting: Sighting) -> ResultRow {
    let names = words.names(of: sighting.finding, user: sighting.user)
    let columns: [Value] = [
      "DescribeImageScanFindings", "ecr.amazonaws.com", .string(names.user), .string(names.agent),
      .string(names.source), .string(names.account), .string(names.region), "AWS CloudTrail",
      .string(names.finding), .string(names.description), .string(names.image),
      .string(names.repository),
    ]
    let key = columns.flatMap { value -> [UInt8] in
      let bytes = Array((value.text?.string ?? "").utf8)
      let length =
        bytes.count < 0x80
        ? [UInt8(bytes.count)] : [UInt8(bytes.count & 0x7f | 0x80), UInt8(bytes.count >> 7)]
      return [1] + length + bytes
    }
    let identity = [names.account, names.region, names.repository, names.finding]
    let clock = "2026-03-16T10:20:00"
    return ResultRow(
      id: RowID(digits: digits("row", sighting.number)), rule: Self.ruleName,
      ruleID: "30a0e9f8-f1dd-4f9d-8fc2-c622461d781c", window: Window(containing: sighting.time),
      key: key, columns: Wording.columns,
      values: columns + [.number(.whole(1)), .string(clock), .string(clock)], count: 1,
      firstSeen: sighting.time, lastSeen: sighting.time,
      sample: [
        "attributes[package_name]": .string(names.package),
        "attributes[package_version]": .string(names.version),
        "recipientAccountId": .string(names.account),
        "requestParameters.registryId": .string(names.account),
        "responseElements.registryId": .string(names.account),
        "severity": .string(names.severity),
        "uri": .string("https://security.example.com/tracker/\(names.finding)"),
        "userIdentity.arn": .string("arn:aws:iam::\(names.account):user/\(names.user)"),
      ],
      roles: [
        .repository: names.repository, .image: names.image, .finding: names.finding,
        .severity: names.severity, .package: names.package, .version: names.version,
        .user: names.user, .source: names.source, .account: names.account,
        .region: names.region, .session: names.user,
      ],
      finding: FindingID(digits: digits("finding", sighting.finding)), identity: identity,
      marks: [], records: [])
  }

  private func risk(of row: ResultRow) -> RiskEvent {
    let user = row.roles[.user] ?? ""
    let id = RiskEventID(digits: digits("risk " + row.id.digits, 0))
    let message =
      "Vulnerabilities with severity high found in repository \(row.roles[.repository] ?? "")"
    var fields = Wording.annotations
    fields["risk_object"] = .string(user)
    fields["normalized_risk_object"] = .string(user)
    fields["risk_object_type"] = "user"
    fields["risk_message"] = .string(message)
    fields["risk_event_id"] = .string(id.digits)
    fields["_time"] = .number(.whole(row.lastSeen.seconds))
    fields["info_min_time"] = .number(.whole(row.window.start.seconds))
    fields["info_max_time"] = .number(.whole(row.window.end.seconds))
    fields["risk_score"] = .number(.whole(50))
    fields["calculated_risk_score"] = .number(.whole(50))
    return RiskEvent(
      id: id, row: row.id, rule: row.rule, window: row.window, time: row.lastSeen, object: user,
      objectType: "user", score: 50, message: message, fields: fields)
  }

  private func record(_ number: Int, at time: Timestamp) -> StoredRecord {
    var mixed = SplitMix(UInt64(number))
    let noise = (0..<60).map { _ in String(mixed.next(), radix: 36) }.joined(separator: "\",\"")
    let hash = (0..<4).flatMap { _ in withUnsafeBytes(of: mixed.next()) { Array($0) } }
    var record = StoredRecord(
      contentHash: hash, time: time, source: "/logs/trail.ndjson",
      sourcetype: "aws:cloudtrail",
      raw: Array("{\"eventName\":\"DescribeImageScanFindings\",\"noise\":[\"\(noise)\"]}".utf8))
    record.eventID = digits("event", number)
    return record
  }

  private func seen(_ record: StoredRecord, in window: Window) -> [SeenRecord] {
    let event = record.eventID ?? ""
    return [
      SeenRecord(plan: plan, window: window, eventID: event, contentHash: record.contentHash),
      SeenRecord(plan: plan, window: window, eventID: event, contentHash: []),
    ]
  }

  private func file(records: Int) -> SourceFile {
    var file = SourceFile(
      path: "/logs/trail.ndjson", state: "following", offset: Int64(records) * 1_700,
      size: Int64(records) * 1_700, records: Int64(records), reason: nil, checkpoint: [1, 2, 3])
    file.format = "lines"
    return file
  }

  private func digits(_ kind: String, _ number: Int) -> String {
    var seed = UInt64(number)
    for byte in kind.utf8 { seed = (seed ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    var mixed = SplitMix(seed)
    return (0..<2).map { _ in
      let half = String(mixed.next(), radix: 16)
      return String(repeating: "0", count: 16 - half.count) + half
    }.joined()
  }
}

/// Numbers that look random and are the same for the same seed.
struct SplitMix {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
