/// The everyday records of a corpus: what is not a scan, and most of its bytes.
///
/// A record is a few pieces made beforehand with a time and two identifiers between them.
struct EverydayPool: Sendable {
  private struct Call: Sendable {
    let names: [UInt8]
    let bodies: [[UInt8]]
    let isReadOnly: Bool
  }

  private let calls: [Call]

  init(random: inout Randomness) {
    calls = Self.kinds.map { kind in
      Call(
        names: Array(#"Z","eventSource":"\#(kind.source)","eventName":"\#(kind.name)","#.utf8),
        bodies: (0..<6).map { _ in Array(Self.body(kind, &random).utf8) },
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
    bytes += random.pick(call.bodies)
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
