import CloudTrail
import Events
import Testing

@Suite struct UserFieldTests {
  private func fields(_ names: [Text], of text: String) throws -> [Value] {
    try names.map { try field($0, of: text) }
  }

  @Test func namesACallerByUserThenRoleThenArn() throws {
    let names: [Text] = ["user_name", "user", "userName", "user_type", "session_name"]
    let cases: [(String, [Value])] = [
      (Caller.alice, ["alice", "alice", "alice", "IAMUser", .null]),
      (Caller.role, ["deployer", .null, "deployer", "AssumedRole", "bob@example.org"]),
      (Caller.root, ["root", .null, "root", "Root", .null]),
      (Caller.service, [.null, .null, .null, "AWSService", .null]),
    ]
    for (caller, expected) in cases {
      #expect(try fields(names, of: call("DescribeImages", caller)) == expected, "\(caller)")
    }
  }

  @Test func takesTheEndOfARequestedRoleWhereThereIsNoArn() throws {
    let request = #""requestParameters":{"roleArn":"arn:aws:iam::1:role/path/reader"}"#
    #expect(try field("user_name", of: call("GetRole", request)) == "reader")
    #expect(
      try field("user_arn", of: call("GetRole", request)) == "arn:aws:iam::1:role/path/reader")
    #expect(
      try field("user_arn", of: call("GetRole", Caller.root, request))
        == "arn:aws:iam::111111111111:root")
    let source = #""requestParameters":{"sourceIdentity":"carol"}"#
    #expect(try field("userName", of: call("GetRole", Caller.role, source)) == "carol")
  }

  @Test func namesTheUserThatACallIsAbout() throws {
    let refused =
      #""errorMessage":"User: arn:aws:iam::1:user/x is not authorized on resource: user dora now""#
    let calls: [(String, String, Value)] =
      [
        ("CreateLoginProfile", #""responseElements":{"loginProfile":{"userName":"dora"}}"#, "dora"),
        ("CreateUser", #""responseElements":{"user":{"userName":"dora"}}"#, "dora"),
        ("DeleteUser", #""requestParameters":{"userName":"dora"}"#, "dora"),
        ("DeleteLoginProfile", #""requestParameters":{"userName":"dora"}"#, "dora"),
        ("UpdateUser", #""requestParameters":{"userName":"d","newUserName":"dora"}"#, "dora"),
        ("CreateAccessKey", #""responseElements":{"accessKey":{"userName":"dora"}}"#, "dora"),
        ("CreateAccessKey", refused, "dora"),
        ("CreateUser", refused, .null),
      ]
      + ["ListSigningCertificates", "ListAccessKeys", "GetUser", "GetAccountSummary"].map {
        ($0, refused, "dora")
      }
    for (name, member, expected) in calls {
      let text = call(name, Caller.alice, member)
      #expect(try fields(["user_name", "user"], of: text) == [expected, expected], "\(name)")
    }
    let virtual = call("CreateVirtualMFADevice", Caller.alice)
    #expect(try fields(["user_name", "user"], of: virtual) == ["alice", "alice"])
    let unnamed = call("ListAccountAliases", Caller.alice, #""errorMessage":"resource: user ""#)
    #expect(try fields(["user_name", "user"], of: unnamed) == [.null, .null])
  }

  @Test func namesWhoAssumesARole() throws {
    let request = #""requestParameters":{"roleArn":"arn:aws:iam::1:role/reader"}"#
    let response =
      #""responseElements":{"assumedRoleUser":{"arn":"arn:aws:sts::1:assumed-role/r/s"}}"#
    let resources = #""resources":[{"type":"AWS::IAM::Role"},{"type":"AWS::IAM::User"}]"#
    let text = call("AssumeRoleWithSAML", Caller.service, request, response, resources)
    #expect(
      try fields(["user", "user_type"], of: text)
        == ["reader", .many(["AWS::IAM::Role", "AWS::IAM::User"])])
    #expect(try field("user", of: call("AssumeRole", Caller.service, response)) == "s")
  }

  @Test func namesTheIssuerWhereSplunkDoes() throws {
    for name in [
      "CheckMfa", "ConsoleLogin", "ListAliases", "StopInstances", "AttachVolume", "PutImage",
      "CreateBucket", "ListRoles",
    ] {
      #expect(try field("user", of: call(name, Caller.role)) == "deployer", "\(name)")
      #expect(try field("user", of: call(name, Caller.alice)) == "alice", "\(name)")
    }
    #expect(try field("user_name", of: call("ListRoles", Caller.role)) == "AROAEXAMPLE")
    #expect(try field("user_name", of: call("ListRoles", Caller.alice)) == "AIDAALICE")
  }

  @Test func namesTheSessionOfARoleThatSignsIn() throws {
    let target = #""additionalEventData":{"LoginTo":"https://console.aws.amazon.com/"}"#
    let login = call("ConsoleLogin", Caller.role, target)
    #expect(try fields(["user", "user_type"], of: login) == ["bob@example.org", "AssumedRole"])
    let bare = call("ConsoleLogin", Caller.role)
    #expect(try fields(["user", "user_type"], of: bare) == ["deployer", "Role"])
    let own = call("ConsoleLogin", Caller.alice, target)
    #expect(try fields(["user", "user_type"], of: own) == ["alice", "IAMUser"])
  }

  @Test func leavesTheTypeOutWhereTheUserIsNotTheCaller() throws {
    for name in [
      "CreateUser", "GetUser", "CreateLoginProfile", "CreateAccessKey", "ListAccessKeys",
      "ListSigningCertificates", "CreateVirtualMFADevice", "GetAccountSummary",
      "ListAccountAliases",
    ] {
      #expect(try field("user_type", of: call(name, Caller.alice)) == .null, "\(name)")
    }
    for name in ["ListAliases", "ListRoles", "DeleteNetworkInterface"] {
      #expect(try field("user_type", of: call(name, Caller.role)) == "Role", "\(name)")
    }
  }
}
