import Foundation

/// A CloudTrail record of somebody who read an image scan.
struct ScanRecord {
  var id: String
  var time = "2026-03-04T11:52:27Z"
  var user = "test"
  var repository = "payments/api"
  /// Names of findings by severity.
  var findings = ["CVE-2026-21001": "HIGH"]

  /// The record as one line of JSON.
  var line: String {
    get throws {
      let found = findings.sorted { $0.key < $1.key }.map { name, severity in
        [
          "name": name, "severity": severity, "description": "A flaw.",
          "uri": "https://security-tracker.debian.org/tracker/\(name)",
          "attributes": [
            ["key": "package_name", "value": "openssl"],
            ["key": "package_version", "value": "3.0.11"],
          ],
        ] as [String: Any]
      }
      let image = ["imageDigest": "sha256:\(String(repeating: "a2", count: 32))", "imageTag": "1"]
      let record: [String: Any] = [
        "eventVersion": "1.08", "eventID": id, "eventTime": time, "awsRegion": "eu-central-1",
        "eventSource": "ecr.amazonaws.com", "eventName": "DescribeImageScanFindings",
        "eventType": "AwsApiCall", "readOnly": true, "recipientAccountId": "111122223333",
        "sourceIPAddress": "203.0.113.7", "userAgent": "aws-cli/2.0.58",
        "userIdentity": [
          "type": "IAMUser", "userName": user, "accountId": "111122223333",
          "arn": "arn:aws:iam::111122223333:user/\(user)", "principalId": "AIDAEXAMPLE",
        ],
        "requestParameters": [
          "repositoryName": repository, "imageId": image, "registryId": "111122223333",
        ],
        "responseElements": [
          "repositoryName": repository, "imageId": image, "registryId": "111122223333",
          "imageScanStatus": ["status": "COMPLETE"],
          "imageScanFindings": ["findings": found],
        ],
      ]
      let bytes = try JSONSerialization.data(withJSONObject: record, options: .sortedKeys)
      return String(decoding: bytes, as: UTF8.self) + "\n"
    }
  }
}
