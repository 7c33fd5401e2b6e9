import JSON

/// What a JSON value is to someone who looks for records.
enum Wrapping {
  /// A record itself.
  case record(SourceType)
  /// An array with a record or a wrapper in each element.
  case many(JSONValue)
  /// One that lies inside as JSON.
  case inside(JSONValue)
  /// One that lies inside as text that is JSON, under that key.
  case text(key: String, JSONValue)
  /// Known, and no record.
  case noRecord
  case unknown

  init(_ value: JSONValue) {
    guard value.kind == .object else {
      self = value.kind == .array ? .many(value) : .unknown
      return
    }
    self =
      Wrapping.splunkExport(value) ?? Wrapping.bareRecord(value) ?? Wrapping.eventBridge(value)
      ?? Wrapping.batch(value) ?? Wrapping.message(value) ?? Wrapping.other(value) ?? .unknown
  }

  /// A Splunk export, `{"result": {"_raw": "..."}}`, which may list the event's fields beside it.
  private static func splunkExport(_ value: JSONValue) -> Wrapping? {
    if let raw = value["_raw"] { return .text(key: "_raw", raw) }
    guard let result = value["result"], result["_raw"] != nil else { return nil }
    return .inside(result)
  }

  private static func bareRecord(_ value: JSONValue) -> Wrapping? {
    guard isString(value["eventName"]) || isString(value["eventType"]),
      isString(value["eventSource"]) || isString(value["eventVersion"])
    else { return nil }
    let isInsight =
      value["insightDetails"] != nil || value["eventCategory"]?.string == "Insight"
      || value["eventType"]?.string == "AwsCloudTrailInsight"
    // S3 tells of new objects, log files among them, in records that look much like CloudTrail's.
    let isNotification = value["eventSource"]?.string?.hasPrefix("aws:") ?? false
    return isInsight || isNotification ? .noRecord : .record(.cloudTrail)
  }

  private static func eventBridge(_ value: JSONValue) -> Wrapping? {
    guard let kind = value["detail-type"]?.string, let detail = value["detail"] else {
      return nil
    }
    switch kind {
    case "AWS Insight via CloudTrail": return .noRecord
    case _ where kind.hasSuffix(" via CloudTrail"): return .inside(detail)
    default: break
    }
    // Events that name no service in their kind carry what they are about in `source`.
    switch value["source"]?.string {
    case "aws.ecr": return .record(.ecrEvent)
    case "aws.inspector2": return .record(.inspectorEvent)
    default: return kind.hasPrefix("ECR ") ? .record(.ecrEvent) : .record(otherKind(kind))
    }
  }

  private static func otherKind(_ kind: String) -> SourceType {
    kind.hasPrefix("Inspector2 ") ? .inspectorEvent : .otherEvent
  }

  /// A log file, the answer of LookupEvents, a batch of CloudWatch Logs.
  private static func batch(_ value: JSONValue) -> Wrapping? {
    if value["messageType"]?.string == "CONTROL_MESSAGE" { return .noRecord }
    for key in Envelope.arrayKeys {
      if let elements = value[key], elements.kind == .array { return .many(elements) }
    }
    return nil
  }

  /// One element of a batch, or a message of SNS: the record is JSON in a string.
  private static func message(_ value: JSONValue) -> Wrapping? {
    if let event = value["CloudTrailEvent"] { return .text(key: "CloudTrailEvent", event) }
    if let notice = value["Sns"], notice.kind == .object { return .inside(notice) }
    for key in ["Message", "message"] {
      if let text = value[key] { return .text(key: key, text) }
    }
    return nil
  }

  private static func other(_ value: JSONValue) -> Wrapping? {
    if value["imageScanFindings"]?.kind == .object { return .record(.scanFindings) }
    let isDigest = value["digestS3Object"] != nil && value["logFiles"] != nil
    // CloudTrail's own notice that it has delivered a log file.
    let isDelivery = value["s3Bucket"] != nil && value["s3ObjectKey"] != nil
    return isDigest || isDelivery ? .noRecord : nil
  }

  private static func isString(_ value: JSONValue?) -> Bool { value?.kind == .string }
}
