import CloudTrail
import Events
import Testing

@Suite struct OutcomeTests {
  private let refused = #""errorCode":"AccessDenied""#
  private let failedLogin = #""responseElements":{"ConsoleLogin":"Failure"}"#

  private func outcome(_ text: String) throws -> [Value] {
    try ["errorCode", "result_id", "action", "status"].map { try field($0, of: text) }
  }

  @Test func aRecordWithoutErrorCodeIsASuccess() throws {
    #expect(try outcome(call("CreateUser")) == ["success", "success", "created", "success"])
    #expect(
      try outcome(call("CreateUser", refused))
        == ["AccessDenied", "AccessDenied", "created", "failure"])
  }

  @Test func loginsSucceedOrFail() throws {
    #expect(
      try outcome(call("ConsoleLogin", failedLogin)) == [
        "failure", "failure", "failure", "failure",
      ])
    #expect(
      try outcome(call("ConsoleLogin", #""responseElements":{"ConsoleLogin":"Success"}"#))
        == ["success", "success", "success", "success"])
    #expect(try field("errorCode", of: call("CreateUser", failedLogin)) == "success")
    #expect(
      try outcome(call("AssumeRoleWithSAML", refused))
        == ["AccessDenied", "AccessDenied", "failure", "failure"])
  }

  @Test func actionGoesByTheVerb() throws {
    let verbs: [(String, Value)] = [
      ("RunInstances", "created"), ("DeleteBucket", "deleted"), ("TerminateInstances", "deleted"),
      ("ModifyDBInstance", "modified"), ("PutImage", "modified"), ("GetUser", "read"),
      ("ListRoles", "read"), ("DescribeImageScanFindings", "read"), ("StartInstances", "started"),
      ("StopLogging", "stopped"), ("RebootInstances", "restarted"), ("Getaway", .null),
      ("Settle", .null), ("Get", "read"), ("UpdateUser", "modified"), ("JobCreated", .null),
    ]
    for (name, action) in verbs {
      #expect(try field("action", of: call(name)) == action, "\(name)")
    }
    #expect(try field("action", of: call("Frobnicate", refused)) == "unknown")
    #expect(try field("status", of: call("Frobnicate")) == "success")
  }
}
