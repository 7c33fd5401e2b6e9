import CloudTrail
import Events
import JSON

/// The record that a JSON text is, taken for CloudTrail's own.
func record(_ text: String) throws -> CloudTrailRecord {
  CloudTrailRecord(try JSONDocument(Array(text.utf8)).root)
}

/// A field of the record that a JSON text is, as a search sees it.
func field(_ name: Text, of text: String) throws -> Value {
  try record(text).event(source: "a.json", host: "here").value(of: name)
}

/// A record of that name whose other members are written as they are in JSON.
func call(_ name: String, _ members: String...) -> String {
  let all =
    [#""eventName":"\#(name)""#, #""eventSource":"iam.amazonaws.com""#] + members
  return "{\(all.joined(separator: ","))}"
}

/// Members of `userIdentity` as they come, by kind of caller.
enum Caller {
  static let alice = #"""
    "userIdentity":{"type":"IAMUser","principalId":"AIDAALICE","accountId":"111111111111",
    "arn":"arn:aws:iam::111111111111:user/teams/alice","userName":"alice"}
    """#
  static let role = #"""
    "userIdentity":{"type":"AssumedRole","principalId":"AROAEXAMPLE:bob@example.org",
    "arn":"arn:aws:sts::111111111111:assumed-role/deployer/bob@example.org",
    "accountId":"111111111111","sessionContext":{"sessionIssuer":{"type":"Role",
    "arn":"arn:aws:iam::111111111111:role/deployer","userName":"deployer"}}}
    """#
  static let root = #"""
    "userIdentity":{"type":"Root","principalId":"111111111111",
    "arn":"arn:aws:iam::111111111111:root","accountId":"111111111111"}
    """#
  static let service = #"""
    "userIdentity":{"type":"AWSService","invokedBy":"ecr.amazonaws.com"}
    """#
}
