/// A `DescribeImageScanFindings` record of a corpus.
struct Scan: Sendable {
  static let source = Array("ecr.amazonaws.com".utf8)
  static let name = Array("DescribeImageScanFindings".utf8)

  let signer: Signer
  let image: Image
  let time: [UInt8]
  let findings: [[UInt8]]

  var scene: ExpectedRows.Scene {
    ExpectedRows.Scene(
      signature: Self.name, dest: Self.source, user: Array(signer.caller.name.utf8),
      userAgent: Array(signer.caller.userAgent.utf8), src: Array(signer.caller.address.utf8),
      account: Array(signer.team.account.utf8), region: Array(signer.team.region.utf8),
      digest: image.digest, repository: image.repository)
  }

  /// Adds the record without a line end.
  func add(to bytes: inout [UInt8], random: inout Randomness) {
    bytes += signer.head
    bytes += time
    bytes.add(#"Z","eventSource":"ecr.amazonaws.com","eventName":"DescribeImageScanFindings","#)
    bytes += signer.origin
    bytes.add(#""requestParameters":"#)
    addRequest(to: &bytes, repository: quotedRepository, hasDigest: true)
    bytes.add(#","responseElements":"#)
    addResponse(to: &bytes, repository: quotedRepository, findings: findings)
    signer.addTail(to: &bytes, isReadOnly: true, random: &random)
  }

  var quotedRepository: [UInt8] {
    var literal: [UInt8] = []
    literal.addQuoted(image.repository)
    return literal
  }

  func addRequest(to bytes: inout [UInt8], repository: [UInt8], hasDigest: Bool) {
    bytes.add(#"{"registryId":"\#(signer.team.account)","repositoryName":"#)
    bytes += repository
    if hasDigest {
      bytes.add(#","imageId":{"imageDigest":""#)
      bytes += image.digest
      bytes.add(#""},"maxResults":1000}"#)
    } else {
      bytes.add(#","imageId":{"imageTag":"latest"},"maxResults":1000}"#)
    }
  }

  func addResponse(to bytes: inout [UInt8], repository: [UInt8], findings: [[UInt8]]) {
    bytes.add(#"{"registryId":"\#(signer.team.account)","repositoryName":"#)
    bytes += repository
    bytes.add(#","imageId":{"imageDigest":""#)
    bytes += image.digest
    bytes.add(#""},"imageScanStatus":{"status":"COMPLETE"},"imageScanFindings":{"findings":["#)
    for (index, finding) in findings.enumerated() {
      if index > 0 { bytes.add(",") }
      bytes += finding
    }
    bytes.add("]}}")
  }
}
