/// The everyday records of a corpus: what is not a scan, and most of its bytes.
///
/// A record is a few pieces made beforehand with a time and two identifiers between them; in part of
/// them the identifiers and tokens of the body are new ones, which no deflating makes shorter.
struct EverydayPool: Sendable {
  private struct Body: Sendable {
    let bytes: [UInt8]
    /// Where identifiers and tokens are: their first digits, and how many they have.
    let identifiers: [(start: Int, digits: Int)]

    init(_ text: String) {
      bytes = Array(text.utf8)
      var identifiers: [(start: Int, digits: Int)] = []
      var start = 0
      for (place, byte) in (bytes + [0]).enumerated() where !Self.isHex(byte) {
        if place - start >= 17 { identifiers.append((start, place - start)) }
        start = place + 1
      }
      self.identifiers = identifiers
    }

    private static func isHex(_ byte: UInt8) -> Bool {
      (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }

    func add(to bytes: inout [UInt8], renewedBy random: inout Randomness) {
      var done = 0
      for (start, digits) in identifiers {
        bytes += self.bytes[done..<start]
        for left in stride(from: digits, to: 0, by: -16) {
          bytes.addHex(random.next(), digits: min(left, 16))
        }
        done = start + digits
      }
      bytes += self.bytes[done...]
    }
  }

  private struct Call: Sendable {
    let names: [UInt8]
    let bodies: [Body]
    let isReadOnly: Bool
  }

  private let calls: [Call]
  /// The part of records with new identifiers, 0...1.
  private let entropy: Double

  init(entropy: Double, random: inout Randomness) {
    self.entropy = entropy
    calls = Self.kinds.map { kind in
      Call(
        names: Array(#"Z","eventSource":"\#(kind.source)","eventName":"\#(kind.name)","#.utf8),
        bodies: (0..<6).map { _ in Body(Self.body(kind, &random)) },
        isReadOnly: kind.isReadOnly)
    }
  }

  /// Adds one record without a line end.
  func add(
    to bytes: inout [UInt8], signer: Signer, time: [UInt8], random: inout Randomness
  ) {
    let call = random.pick(calls)
    bytes += signer.head
    bytes += time
    bytes += call.names
    bytes += signer.origin
    if random.below(25) == 0 {
      bytes.add(#""errorCode":"AccessDenied","errorMessage":"not authorized","#)
    }
    // Some speak of scans without being one.
    if random.below(2_000) == 0 {
      bytes.add(#""additionalEventData":{"policy":"Allow ecr:DescribeImageScanFindings"},"#)
    }
    let body = random.pick(call.bodies)
    // Nothing is drawn where none is renewed, so that the bytes are those of the seed alone.
    if entropy > 0, random.chance(entropy) {
      body.add(to: &bytes, renewedBy: &random)
    } else {
      bytes += body.bytes
    }
    signer.addTail(to: &bytes, isReadOnly: call.isReadOnly, random: &random)
  }

  private enum Answer { case nothing, token, items }

  private struct Kind {
    let source: String
    let name: String
    let isReadOnly: Bool
    let item: String
    let answer: Answer

    init(_ source: String, _ name: String, _ item: String, _ answer: Answer = .nothing) {
      self.source = source + ".amazonaws.com"
      self.name = name
      self.item = item
      self.answer = answer
      isReadOnly = ["Get", "Desc", "List", "Batch"].contains { name.hasPrefix($0) }
    }
  }

  private static func body(_ kind: Kind, _ random: inout Randomness) -> String {
    let asked = (0..<1 + random.below(12)).map { _ in
      #"{"\#(kind.item)":"\#(kind.item)-\#(random.hex(17))"}"#
    }
    let response =
      switch kind.answer {
      case .nothing: "null"
      case .token:
        #"{"credentials":{"accessKeyId":"ASIAEXAMPLE","expiration":"Mar 16, 2026, 1:00:00 PM","#
          + #""sessionToken":"\#(random.hex(400 + random.below(700)))"}}"#
      case .items:
        "{\"items\":["
          + (0..<2 + random.below(9)).map { _ in
            #"{"\#(kind.item)":"\#(random.hex(17))","state":{"code":16,"name":"running"},"#
              + #""tags":[{"key":"severity","value":"HIGH"},{"key":"team","value":"web"}]}"#
          }.joined(separator: ",") + "]}"
      }
    return #""requestParameters":{"maxResults":\#(50 + random.below(50)),"#
      + #""filterSet":{"items":[\#(asked.joined(separator: ","))]}},"responseElements":\#(response)"#
  }

  private static let kinds = [
    Kind("ec2", "DescribeInstances", "instanceId"),
    Kind("ec2", "RunInstances", "instanceId", .items),
    Kind("ec2", "DescribeNetworkInterfaces", "networkInterfaceId"),
    Kind("ec2", "CreateTags", "resourceId", .items),
    Kind("sts", "AssumeRole", "roleSessionName", .token),
    Kind("sts", "AssumeRoleWithWebIdentity", "subject", .token),
    Kind("s3", "GetBucketAcl", "bucketName"),
    Kind("s3", "ListObjects", "prefix"),
    Kind("kms", "Decrypt", "keyId"),
    Kind("kms", "GenerateDataKey", "keyId"),
    Kind("logs", "CreateLogStream", "logStreamName"),
    Kind("logs", "DescribeLogGroups", "logGroupName"),
    Kind("ecs", "UpdateService", "service", .items),
    Kind("ecs", "DescribeTasks", "task"),
    Kind("ecr", "GetAuthorizationToken", "registryId"),
    Kind("ecr", "BatchCheckLayerAvailability", "layerDigest"),
    Kind("ecr", "DescribeImages", "imageDigest"),
    Kind("lambda", "UpdateFunctionConfiguration20150331v2", "layerArn", .items),
    Kind("ssm", "GetParameters", "name"),
    Kind("dynamodb", "DescribeTable", "tableName"),
    Kind("iam", "GetRolePolicy", "policyName"),
    Kind("secretsmanager", "GetSecretValue", "secretId"),
    Kind("autoscaling", "DescribeAutoScalingGroups", "autoScalingGroupName"),
    Kind("cloudformation", "DescribeStackEvents", "stackName"),
  ]
}
