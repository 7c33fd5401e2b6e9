import CloudTrail
import Events
import Testing

@Suite struct DestinationTests {
  private let requested =
    #""requestParameters":{"instancesSet":{"items":[{"instanceId":"i-1"},{"instanceId":"i-2"}]}}"#
  private let response =
    #""responseElements":{"instancesSet":{"items":[{"instanceId":"i-9"}]}}"#
  private let service: Value = "iam.amazonaws.com"

  @Test func namesInstances() throws {
    for name in ["RunInstances", "StartInstances"] {
      #expect(try field("dest", of: call(name, requested, response)) == "i-9")
      #expect(try field("dest", of: call(name, requested)) == .many(["i-1", "i-2"]))
      #expect(try field("dest", of: call(name)) == service)
    }
    for name in ["StopInstances", "TerminateInstances", "RebootInstances"] {
      #expect(try field("dest", of: call(name, requested, response)) == .many(["i-1", "i-2"]))
      #expect(try field("dest", of: call(name)) == .null)
    }
    let volume = #""requestParameters":{"instanceId":"i-3"}"#
    #expect(try field("dest", of: call("AttachVolume", volume)) == "i-3")
    #expect(try field("dest", of: call("CreateVolume")) == service)
  }

  @Test func namesBucketsAndHosts() throws {
    let upper = #""requestParameters":{"Host":"s3.eu"}"#
    let lower = #""requestParameters":{"host":["b.s3.eu"],"Host":"other"}"#
    let cases: [(String, String, Value)] = [
      ("PutBucketAcl", upper, "s3.eu"), ("PutBucketAcl", lower, "other"),
      ("DeleteBucket", lower, "b.s3.eu"), ("DeleteBucket", upper, .null),
      ("GetBucketEncryption", lower, "b.s3.eu"), ("PutBucketPolicy", lower, "b.s3.eu"),
      ("PutBucketPolicy", upper, "s3.eu"), ("PutImage", #""x":1"#, .null),
    ]
    for (name, member, expected) in cases {
      #expect(try field("dest", of: call(name, member)) == expected, "\(name) \(member)")
    }
  }

  @Test func namesWhereALoginGoes() throws {
    let target = #""additionalEventData":{"LoginTo":"https://console.aws.amazon.com/"}"#
    for name in ["ConsoleLogin", "AssumeRole", "AssumeRoleWithSAML", "CheckMfa", "ListAliases"] {
      #expect(try field("dest", of: call(name, target)) == "https://console.aws.amazon.com/")
      #expect(try field("dest", of: call(name)) == service)
    }
    let profile = #""requestParameters":{"userName":"dora"}"#
    #expect(try field("dest", of: call("DeleteLoginProfile", profile)) == "dora")
  }

  @Test func isTheServiceOtherwise() throws {
    #expect(try field("dest", of: call("DescribeImageScanFindings", requested)) == service)
  }
}
