import Digest
package import Events
import JSON

/// What an answer of `DescribeImageScanFindings` tells of a scan: a page of it, or all.
package struct ScanAnswer: Equatable, Sendable {
  package struct Finding: Equatable, Sendable {
    package var name: String
    /// Of all that is said of it, so that two of one name are two.
    package var print: UInt64
  }

  package var registry: RepositoryName
  package var image: String
  /// The tag that the image was asked for by.
  package var tag: String?
  package var completed: Timestamp
  package var findings: [Finding]
  package var counts: [String: Int]?
  package var askedToken: String?
  package var nextToken: String?

  /// Nil for a record that is no such answer: another call, a refusal, a scan that has not ended.
  package init?(_ record: CloudTrailRecord) {
    let answer: JSONValue
    switch record.sourceType {
    case .cloudTrail:
      guard record.eventName == "DescribeImageScanFindings",
        let response = record.value["responseElements"]
      else { return nil }
      answer = response
    case .scanFindings: answer = record.value
    default: return nil
    }
    let request = record.value["requestParameters"]
    guard let scan = answer["imageScanFindings"], scan.kind == .object,
      let image = request?["imageId"]?["imageDigest"]?.string
        ?? answer["imageId"]?["imageDigest"]?.string,
      let registry = RepositoryName(record, answer: answer),
      let completed = ScanTime.read(scan["imageScanCompletedAt"]) ?? record.time
    else { return nil }
    self.registry = registry
    self.image = image
    self.completed = completed
    tag =
      request?["imageId"]?["imageTag"]?.string ?? answer["imageId"]?["imageTag"]?.string
    findings = ScanAnswer.findings(of: scan)
    counts = ScanAnswer.counts(scan["findingSeverityCounts"])
    askedToken = request?["nextToken"]?.string
    nextToken = answer["nextToken"]?.string
  }

  /// Findings of either kind of scan; one that is told twice on a page is two.
  private static func findings(of scan: JSONValue) -> [Finding] {
    var told: [UInt64: UInt64] = [:]
    return ["findings", "enhancedFindings"].flatMap { key in
      (scan[key].map { Array($0.elements) } ?? []).compactMap { finding -> Finding? in
        guard
          let name = finding["name"]?.string
            ?? finding["packageVulnerabilityDetails"]?["vulnerabilityId"]?.string
        else { return nil }
        let print = shortHash(finding.canonicalBytes)
        let copies = told[print, default: 0]
        told[print] = copies + 1
        return Finding(name: name, print: print &+ copies)
      }
    }
  }

  private static func counts(_ value: JSONValue?) -> [String: Int]? {
    guard let value, value.kind == .object else { return nil }
    var counts: [String: Int] = [:]
    for member in value.members {
      guard let text = member.value.text, let count = Int(text), count >= 0, count < 1_000_000
      else { continue }
      counts[member.name] = count
    }
    return counts
  }

  /// The first eight bytes of a SHA-256.
  private static func shortHash(_ bytes: [UInt8]) -> UInt64 {
    sha256(bytes).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }
}

/// A repository by its registry's account and region.
package struct RepositoryName: Equatable, Sendable {
  package var account: String
  /// Empty where the record does not tell it.
  package var region: String
  package var repository: String

  /// As rules name it: the repository that was asked for, in the registry that answered.
  init?(_ record: CloudTrailRecord, answer: JSONValue) {
    let request = record.value["requestParameters"]
    guard
      let repository = request?["repositoryName"]?.string ?? answer["repositoryName"]?.string
    else { return nil }
    self.repository = repository
    account =
      answer["registryId"]?.string ?? request?["registryId"]?.string
      ?? record.value["recipientAccountId"]?.string ?? ""
    region = record.value["awsRegion"]?.string ?? ""
  }
}

/// What a `PutImage` that succeeded tells.
package struct PushedImage: Equatable, Sendable {
  package var registry: RepositoryName
  package var image: String
  package var tag: String?
  package var time: Timestamp

  /// Nil for a record of another call, and for a push that was refused.
  package init?(_ record: CloudTrailRecord) {
    guard record.sourceType == .cloudTrail, record.eventName == "PutImage",
      let answer = record.value["responseElements"]?["image"], let time = record.time,
      let registry = RepositoryName(record, answer: answer),
      let image = answer["imageId"]?["imageDigest"]?.string
        ?? record.value["requestParameters"]?["imageDigest"]?.string
    else { return nil }
    self.registry = registry
    self.image = image
    self.time = time
    tag =
      answer["imageId"]?["imageTag"]?.string
      ?? record.value["requestParameters"]?["imageTag"]?.string
  }
}
