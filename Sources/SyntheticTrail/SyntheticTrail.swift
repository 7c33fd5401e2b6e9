package import Events

/// CloudTrail records of a company that does not exist: for the demo, the samples and benchmarks.
///
/// The same seed and the same times give the same records, byte for byte. Most records are
/// everyday calls; now and then someone pushes an image or asks what its scan has found.
package struct SyntheticTrail: Sendable {
  private var random: Randomness
  /// Digests that have been pushed to a repository, the newest last.
  private var images: [String: [String]] = [:]

  package init(seed: UInt64) {
    random = Randomness(seed: seed)
    for team in Cast.teams {
      for repository in team.repositories {
        images[repository] = [random.digest(), random.digest()]
      }
    }
  }

  /// One record as a single line of JSON; about one in `scanEvery` asks for scan findings.
  package mutating func record(at time: Timestamp, scanEvery: Int = 40) -> String {
    switch random.below(max(1, scanEvery)) {
    case 0: scan(at: time)
    case 1 where random.below(3) == 0: push(at: time)
    default: everydayCall(at: time)
    }
  }

  /// A `DescribeImageScanFindings` record with its findings.
  package mutating func scan(at time: Timestamp) -> String {
    let team = random.pick(Cast.teams)
    let repository = random.pick(team.repositories)
    let caller = random.weighted(Cast.callers, by: \.curiosity)
    let digest = images[repository].map { random.pick($0) } ?? random.digest()
    let byTag = random.below(8) == 0
    let findings = findings(of: digest)
    let image =
      byTag
      ? #"{"imageTag":"latest"}"# : #"{"imageDigest":"\#(digest)"}"#
    let request =
      #"{"registryId":"\#(team.account)","repositoryName":\#(quoted(repository)),"#
      + #""imageId":\#(image),"maxResults":1000}"#
    let tag = byTag ? #","imageTag":"latest""# : ""
    let response =
      #"{"registryId":"\#(team.account)","repositoryName":\#(quoted(repository)),"#
      + #""imageId":{"imageDigest":"\#(digest)"\#(tag)},"#
      + #""imageScanStatus":{"status":"COMPLETE","#
      + #""description":"The scan was completed successfully."},"imageScanFindings":{"#
      + #""imageScanCompletedAt":"\#((time - 1800).iso8601)Z","#
      + #""vulnerabilitySourceUpdatedAt":"\#((time - 86_400).iso8601)Z","#
      + #""findings":[\#(findings.map(json).joined(separator: ","))],"#
      + #""findingSeverityCounts":\#(counts(findings))}}"#
    return record(
      at: time, "ecr.amazonaws.com", "DescribeImageScanFindings", by: caller, in: team,
      request: request, response: response, readOnly: true)
  }

  private mutating func push(at time: Timestamp) -> String {
    let team = random.pick(Cast.teams)
    let repository = random.pick(team.repositories)
    let digest = random.digest()
    images[repository, default: []].append(digest)
    if images[repository, default: []].count > 6 { images[repository]?.removeFirst() }
    let tag = "1.\(random.below(40)).\(random.below(10))"
    let request =
      #"{"registryId":"\#(team.account)","repositoryName":\#(quoted(repository)),"#
      + #""imageTag":"\#(tag)","imageManifestMediaType":"#
      + #""application/vnd.docker.distribution.manifest.v2+json"}"#
    let response =
      #"{"image":{"registryId":"\#(team.account)","repositoryName":\#(quoted(repository)),"#
      + #""imageId":{"imageDigest":"\#(digest)","imageTag":"\#(tag)"}}}"#
    return record(
      at: time, "ecr.amazonaws.com", "PutImage", by: Cast.callers[0], in: team,
      request: request, response: response, readOnly: false)
  }

  private mutating func everydayCall(at time: Timestamp) -> String {
    let call = random.pick(everydayCalls)
    let caller = random.pick(Cast.callers)
    let failed = random.below(25) == 0
    return record(
      at: time, call.source, call.name, by: caller, in: random.pick(Cast.teams),
      request: call.request, response: "null", readOnly: call.readOnly,
      error: failed ? "AccessDenied" : nil)
  }

  /// The same image always has the same weaknesses.
  private func findings(of digest: String) -> [Weakness] {
    var image = Randomness(
      seed: digest.utf8.reduce(14_695_981_039_346_656_037) {
        ($0 ^ UInt64($1)) &* 1_099_511_628_211
      })
    let wanted = 12 + image.below(34)
    return Weaknesses.all.filter { _ in image.below(Weaknesses.all.count) < wanted }
  }

  private mutating func record(
    at time: Timestamp, _ source: String, _ name: String, by caller: Caller, in team: Team,
    request: String, response: String, readOnly: Bool, error: String? = nil
  ) -> String {
    let failure =
      error.map {
        #""errorCode":"\#($0)","errorMessage":"not authorized to perform \#(name)","#
      } ?? ""
    return #"{"eventVersion":"1.11","userIdentity":\#(identity(of: caller, in: team, at: time)),"#
      + #""eventTime":"\#(time.iso8601)Z","eventSource":"\#(source)","eventName":"\#(name)","#
      + #""awsRegion":"\#(team.region)","sourceIPAddress":"\#(caller.address)","#
      + #""userAgent":\#(quoted(caller.userAgent)),\#(failure)"#
      + #""requestParameters":\#(request),"responseElements":\#(response),"#
      + #""requestID":"\#(random.uuid())","eventID":"\#(random.uuid())","#
      + #""readOnly":\#(readOnly),"eventType":"AwsApiCall","managementEvent":true,"#
      + #""recipientAccountId":"\#(team.account)","eventCategory":"Management"}"#
  }
}

private struct EverydayCall: Sendable {
  let source: String
  let name: String
  let request: String
  let readOnly: Bool
}

private let everydayCalls = [
  EverydayCall(
    source: "ecr.amazonaws.com", name: "GetAuthorizationToken", request: "null", readOnly: true),
  EverydayCall(
    source: "ecr.amazonaws.com", name: "BatchGetImage",
    request: #"{"repositoryName":"platform/base-debian","imageIds":[{"imageTag":"12"}]}"#,
    readOnly: true),
  EverydayCall(
    source: "sts.amazonaws.com", name: "AssumeRole",
    request: #"{"roleArn":"arn:aws:iam::205110032875:role/deploy-bot","roleSessionName":"ci"}"#,
    readOnly: true),
  EverydayCall(
    source: "s3.amazonaws.com", name: "GetBucketAcl",
    request: #"{"bucketName":"build-artifacts","Host":"s3.eu-central-1.amazonaws.com","acl":""}"#,
    readOnly: true),
  EverydayCall(
    source: "ec2.amazonaws.com", name: "DescribeInstances",
    request: #"{"maxResults":100,"instancesSet":{},"filterSet":{}}"#, readOnly: true),
  EverydayCall(
    source: "kms.amazonaws.com", name: "Decrypt",
    request: #"{"encryptionContext":{"aws:s3:arn":"arn:aws:s3:::build-artifacts"}}"#,
    readOnly: true),
  EverydayCall(
    source: "logs.amazonaws.com", name: "CreateLogStream",
    request: #"{"logGroupName":"/ecs/payments","logStreamName":"api/7f2c"}"#, readOnly: false),
  EverydayCall(
    source: "ecs.amazonaws.com", name: "UpdateService",
    request: #"{"cluster":"production","service":"payments-api","desiredCount":6}"#,
    readOnly: false),
]
