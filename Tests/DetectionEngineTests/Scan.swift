import DetectionEngine
import Digest
import Events
import Findings

/// One DescribeImageScanFindings record of the tests' own making.
struct Scan {
  struct Finding {
    var name: String
    var severity = "HIGH"
    var description: String? = "a hole"
    var package = "openssl"
  }

  static let noon = Timestamp(year: 2026, month: 3, day: 10, hour: 12)

  var eventID: String? = "id-1"
  var time: Timestamp? = Scan.noon
  var user: String? = "test"
  var userAgent = "aws-cli"
  var repository = "payments/api"
  var imageDigest: String? = "sha256:aa"
  var responseDigest = "sha256:aa"
  var findings = [Finding(name: "CVE-1"), Finding(name: "CVE-2")]

  var raw: [UInt8] {
    let list = findings.map { finding in
      let description = finding.description.map { ",\"description\":\"\($0)\"" } ?? ""
      return "{\"name\":\"\(finding.name)\",\"severity\":\"\(finding.severity)\"\(description),"
        + "\"uri\":\"https://example.com/\(finding.name)\",\"attributes\":["
        + "{\"key\":\"package_name\",\"value\":\"\(finding.package)\"},"
        + "{\"key\":\"package_version\",\"value\":\"1.1\"}]}"
    }.joined(separator: ",")
    let id = eventID.map { "\"eventID\":\"\($0)\"," } ?? ""
    let name = user.map { "\"userName\":\(quoted($0))," } ?? ""
    let digest = imageDigest.map { "\"\($0)\"" } ?? "null"
    return Array(
      """
      {\(id)\(name)"eventTime":"\(time?.iso8601 ?? "soon")Z","userAgent":"\(userAgent)",\
      "requestParameters":{"repositoryName":"\(repository)","imageId":{"imageDigest":\(digest)}},\
      "responseElements":{"registryId":"222222222222","imageScanFindings":{"findings":[\(list)]}}}
      """.utf8)
  }

  var identity: RecordIdentity {
    RecordIdentity(eventID: eventID.map { Text($0) }, contentHash: sha256(raw))
  }

  var event: Event {
    var fields: [Text: Value] = [
      "_raw": .text(Text(utf8: raw)), "sourcetype": "aws:cloudtrail",
      "eventSource": "ecr.amazonaws.com", "eventName": "DescribeImageScanFindings",
      "signature": "DescribeImageScanFindings", "dest": "ecr.amazonaws.com",
      "user_agent": .string(userAgent), "src": "192.0.2.1", "vendor_account": "111111111111",
      "vendor_region": "eu-central-1", "vendor_product": "AWS CloudTrail",
      "requestParameters.repositoryName": .string(repository),
      "responseElements.registryId": "222222222222",
      "responseElements.imageId.imageDigest": .string(responseDigest),
      "userIdentity.arn": "arn:aws:sts::111111111111:assumed-role/test/alice@example.com",
    ]
    fields["user_name"] = user.map { .string($0) }
    fields["requestParameters.imageId.imageDigest"] = imageDigest.map { .string($0) }
    fields["eventID"] = eventID.map { .string($0) }
    fields["_time"] = time.map { .number(.whole($0.seconds)) }
    return Event(time: time, fields: ListedFields(fields))
  }

  private func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}

extension RowBatch {
  /// What rules have of some scans, read from one file.
  init(_ scans: some Sequence<Scan>, rules: RuleSet, marks: [Text] = []) {
    self.init()
    for (number, scan) in scans.enumerated() {
      let origin = RecordOrigin(
        path: "logs/a.json", offset: Int64(number * 1000), sourcetype: "aws:cloudtrail",
        marks: marks)
      rules.evaluate(
        scan.event, from: origin, identity: { scan.identity }, raw: { scan.raw }, into: &self)
    }
  }
}
