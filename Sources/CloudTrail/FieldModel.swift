package import Events
import JSON

/// The fields that the Splunk Add-on for AWS gives a CloudTrail record beside its raw leaves.
package enum FieldModel {
  /// The rule of a field; nil where the name is that of a raw leaf or of nothing.
  ///
  /// Only CloudTrail's own records have a field model.
  package static func rule(for field: Text, of sourceType: SourceType) -> FieldRule? {
    sourceType == .cloudTrail ? rules[field] : nil
  }

  static func names(of sourceType: SourceType) -> [Text] {
    sourceType == .cloudTrail ? Array(rules.keys) : []
  }

  private static let rules: [Text: FieldRule] = [
    "signature": "eventName",
    "command": "eventName",
    "dvc": "eventSource",
    "dest": destination,
    "src": "sourceIPAddress",
    "src_ip": "sourceIPAddress",
    "user_agent": "userAgent",
    "vendor_account": ["userIdentity.accountId", "recipientAccountId"],
    "aws_account_id": .when(
      .raw("userIdentity.type"), isOneOf: ["AWSAccount", "AWSService"], "recipientAccountId",
      otherwise: "userIdentity.accountId"),
    "vendor_region": "awsRegion",
    "region": "awsRegion",
    "vendor_product": .constant("AWS CloudTrail"),
    "vendor": .constant("Amazon Web Services"),
    "product": .constant("CloudTrail"),
    "user_name": actor,
    "user": user,
    "userName": userOrIdentity,
    "user_arn": ["userIdentity.arn", "requestParameters.roleArn"],
    "user_type": userType,
    "session_name": sessionName,
    "errorCode": errorCode,
    "result": "errorMessage",
    "reason": "errorMessage",
    "result_id": errorCode,
    "action": .outcome(.action),
    "status": .outcome(.status),
    "app": "eventType",
    "start_time": "eventTime",
  ]
}
