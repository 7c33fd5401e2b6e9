import CloudTrail
import Events
import Testing

@Suite struct FieldModelTests {
  @Test func aliasesRawFields() throws {
    let text = call(
      "GetUser", Caller.alice, #""sourceIPAddress":"192.0.2.7""#, #""userAgent":"aws-cli/2""#,
      #""awsRegion":"eu-central-1""#, #""eventType":"AwsApiCall""#,
      #""eventTime":"2021-08-11T11:52:27Z""#, #""errorMessage":"no""#)
    let aliases: [(Text, Value)] = [
      ("signature", "GetUser"), ("command", "GetUser"), ("dvc", "iam.amazonaws.com"),
      ("src", "192.0.2.7"), ("src_ip", "192.0.2.7"), ("user_agent", "aws-cli/2"),
      ("vendor_region", "eu-central-1"), ("region", "eu-central-1"), ("app", "AwsApiCall"),
      ("start_time", "2021-08-11T11:52:27Z"), ("result", "no"), ("reason", "no"),
      ("vendor_product", "AWS CloudTrail"), ("vendor", "Amazon Web Services"),
      ("product", "CloudTrail"),
    ]
    for (name, value) in aliases { #expect(try field(name, of: text) == value, "\(name)") }
  }

  @Test func aScanReadByARoleHasAllThatItsRowIsGroupedBy() throws {
    let text = #"""
      {"eventName":"DescribeImageScanFindings","eventSource":"ecr.amazonaws.com",
       "eventTime":"2021-08-11T11:52:27Z","awsRegion":"eu-central-1","userAgent":"aws-cli/2",
       "sourceIPAddress":"192.0.2.7",\#(Caller.role),"recipientAccountId":"222222222222",
       "requestParameters":{"repositoryName":"team/app","imageId":{"imageDigest":"sha256:a2"}}}
      """#
    let row: [(Text, Value)] = [
      ("signature", "DescribeImageScanFindings"), ("dest", "ecr.amazonaws.com"),
      ("user_name", "deployer"), ("user", .null), ("user_agent", "aws-cli/2"),
      ("src", "192.0.2.7"), ("vendor_account", "111111111111"),
      ("vendor_region", "eu-central-1"), ("vendor_product", "AWS CloudTrail"),
      ("requestParameters.imageId.imageDigest", "sha256:a2"),
      ("requestParameters.repositoryName", "team/app"), ("session_name", "bob@example.org"),
    ]
    for (name, value) in row { #expect(try field(name, of: text) == value, "\(name)") }
  }

  @Test func givesEveryEventItsOwnFields() throws {
    let text = call("GetUser", #""eventTime":"2021-08-11T11:52:07Z""#)
    let own: [(Text, Value)] = [
      ("_raw", .string(text)), ("_time", .number(.whole(1_628_682_727))),
      ("sourcetype", "aws:cloudtrail"), ("source", "a.json"), ("host", "here"),
      ("index", "main"), ("date_year", .number(.whole(2021))), ("date_month", "august"),
      ("date_mday", .number(.whole(11))), ("date_wday", "wednesday"),
      ("date_hour", .number(.whole(11))), ("date_minute", .number(.whole(52))),
      ("date_second", .number(.whole(7))), ("date_zone", .number(.whole(0))),
    ]
    for (name, value) in own { #expect(try field(name, of: text) == value, "\(name)") }
    #expect(try record(text).event(source: "", host: "").time == Timestamp(seconds: 1_628_682_727))
  }

  @Test func hasNoTimeWhereItsTimeCannotBeRead() throws {
    for time in [#""yesterday""#, "null", "true", "{}", "1e400"] {
      let text = call("GetUser", "\"eventTime\":\(time)")
      #expect(try field("_time", of: text) == .null, "\(time)")
      #expect(try field("date_hour", of: text) == .null, "\(time)")
    }
    #expect(try field("_time", of: call("GetUser")) == .null)
  }

  @Test func namesTheAccount() throws {
    let recipient = #""recipientAccountId":"222222222222""#
    #expect(try field("vendor_account", of: call("X", Caller.alice, recipient)) == "111111111111")
    #expect(try field("vendor_account", of: call("X", recipient)) == "222222222222")
    #expect(try field("aws_account_id", of: call("X", Caller.alice, recipient)) == "111111111111")
    #expect(try field("aws_account_id", of: call("X", Caller.service, recipient)) == "222222222222")
    let foreign = #""userIdentity":{"type":"AWSAccount","accountId":"333333333333"}"#
    #expect(try field("aws_account_id", of: call("X", foreign, recipient)) == "222222222222")
    #expect(try field("vendor_account", of: call("X", foreign, recipient)) == "333333333333")
  }

  @Test func everyLeafIsAFieldUnderItsPath() throws {
    let text = call(
      "RunInstances", Caller.role, #""requestParameters":{"items":[{"id":1,"on":true},{"id":2}]}"#,
      #""nothing":null"#, #""none":[]"#, #""tags":{"a.b":"dotted"}"#)
    #expect(
      try field("userIdentity.arn", of: text)
        == "arn:aws:sts::111111111111:assumed-role/deployer/bob@example.org")
    #expect(try field("requestParameters.items{}.id", of: text) == .many(["1", "2"]))
    #expect(try field("requestParameters.items{}.on", of: text) == "true")
    #expect(try field("tags.a.b", of: text) == "dotted")
    for name in [
      "nothing", "none", "none{}", "requestParameters", "tags", "Tags.a.b", "tags{}.a.b",
    ]
      as [Text]
    {
      #expect(try field(name, of: text) == .null, "\(name)")
    }
  }

  @Test func listsEachFieldThatHasAValueOnce() throws {
    let text = call("GetUser", Caller.role, #""errorCode":"AccessDenied""#, #""gone":null"#)
    let fields = try record(text).event(source: "a.json", host: "here").fields
    let names = fields.names
    #expect(Set(names).count == names.count)
    for name in names { #expect(!fields.value(of: name).isNull, "\(name)") }
    let expected: [Text] = [
      "errorCode", "userIdentity.sessionContext.sessionIssuer.arn", "user_agent", "_raw", "status",
      "eventName", "signature", "_time", "gone",
    ]
    let there: [Bool] = expected.map(names.contains)
    #expect(there == [true, true, false, true, true, true, true, false, false])
  }

  @Test func anotherSourceTypeHasNoFieldModel() throws {
    let text = #"{"detail-type":"ECR Image Scan","source":"aws.ecr","id":"7","detail":{"a":1}}"#
    let records = unwrap(Array(text.utf8)).records
    let event = try #require(records.first).event(source: "a.json", host: "here")
    #expect(event.value(of: "sourcetype") == "aws:eventbridge:ecr")
    #expect(event.value(of: "detail.a") == "1")
    #expect(event.value(of: "vendor_product") == .null)
    #expect(event.value(of: "errorCode") == .null)
  }
}
