import Events
import JSON
import Testing

@testable import CloudTrail

/// What answers of DescribeImageScanFindings and PutImage tell, spelled as AWS spells it.
@Suite struct ScanAnswerTests {
  private func answer(
    _ findings: String, request: String = #""imageId":{"imageTag":"latest"}"#,
    completed: String = #""Aug 11, 2021, 11:30:16 AM""#, token: String = ""
  ) throws -> ScanAnswer? {
    ScanAnswer(
      try record(
        """
        {"eventName":"DescribeImageScanFindings","eventSource":"ecr.amazonaws.com",\
        "eventTime":"2021-08-11T11:52:27Z","awsRegion":"eu-central-1",\
        "requestParameters":{"repositoryName":"a/b",\(request)},"recipientAccountId":"222222222222",\
        "responseElements":{"registryId":"111111111111","repositoryName":"a/b",\(token)\
        "imageId":{"imageDigest":"sha256:aa"},"imageScanFindings":{\
        "imageScanCompletedAt":\(completed),\(findings)}}}
        """))
  }

  @Test func anAnswerTellsPlaceImageTimeFindingsAndCounts() throws {
    let answer = try #require(
      try answer(
        #""findings":[{"name":"CVE-1","severity":"HIGH"},{"severity":"HIGH","name":"CVE-1"}],"#
          + #""findingSeverityCounts":{"HIGH":2}"#))
    #expect(answer.registry.account == "111111111111")
    #expect(answer.registry.region == "eu-central-1")
    #expect(answer.registry.repository == "a/b")
    #expect(answer.image == "sha256:aa")
    #expect(answer.tag == "latest")
    #expect(answer.completed == Timestamp(iso8601: "2021-08-11T11:30:16Z"))
    #expect(answer.counts == ["HIGH": 2])
    #expect(answer.findings.map(\.name) == ["CVE-1", "CVE-1"])
    // The same finding told twice on a page is two, as the counts have it.
    #expect(answer.findings[0].print != answer.findings[1].print)
    #expect(answer.askedToken == nil)
    #expect(answer.nextToken == nil)
  }

  @Test func theSameFindingHasTheSamePrintInAnySpelling() throws {
    let one = try answer(#""findings":[{"name":"CVE-1","severity":"HIGH"}]"#)
    let other = try answer(#""findings":[ {"severity":"\u0048IGH", "name":"CVE-1"} ]"#)
    #expect(one?.findings == other?.findings)
    let next = try answer(#""findings":[{"name":"CVE-1","severity":"LOW"}]"#)
    #expect(one?.findings != next?.findings)
  }

  @Test func tokensSayWhichPageItIs() throws {
    let page = try answer(
      #""findings":[]"#, request: #""imageId":{"imageDigest":"sha256:bb"},"nextToken":"one""#,
      token: #""nextToken":"two","#)
    #expect(page?.askedToken == "one")
    #expect(page?.nextToken == "two")
    // Rules name the digest that was asked for.
    #expect(page?.image == "sha256:bb")
    #expect(page?.counts == nil)
  }

  @Test func enhancedFindingsAreNamedByTheirVulnerability() throws {
    let page = try answer(
      #""enhancedFindings":[{"severity":"HIGH","packageVulnerabilityDetails":{"#
        + #""vulnerabilityId":"CVE-2"}},{"type":"NETWORK"}]"#)
    #expect(page?.findings.map(\.name) == ["CVE-2"])
  }

  @Test func completionIsReadInEverySpelling() throws {
    let spellings = [
      #""Aug 11, 2021, 11:30:16 AM""#, "\"Aug 11, 2021, 11:30:16\u{202F}AM\"",
      #""2021-08-11T13:30:16+02:00""#, "1628681416", "1628681416.9",
    ]
    for spelling in spellings {
      let time = try answer(#""findings":[]"#, completed: spelling)?.completed
      #expect(time == Timestamp(iso8601: "2021-08-11T11:30:16Z"), "\(spelling)")
    }
    let noon = try answer(#""findings":[]"#, completed: #""Aug 1, 2021, 12:05:00 PM""#)
    #expect(noon?.completed == Timestamp(iso8601: "2021-08-01T12:05:00Z"))
    let midnight = try answer(#""findings":[]"#, completed: #""Aug 1, 2021, 12:05:00 AM""#)
    #expect(midnight?.completed == Timestamp(iso8601: "2021-08-01T00:05:00Z"))
    // What is no time is when it was asked for.
    for odd in [#""yesterday""#, #""Feb 30, 2021, 1:00:00 AM""#, "null", "1e400"] {
      let time = try answer(#""findings":[]"#, completed: odd)?.completed
      #expect(time == Timestamp(iso8601: "2021-08-11T11:52:27Z"), "\(odd)")
    }
  }

  @Test func whatIsNoAnswerIsNone() throws {
    let others = [
      call("PutImage"), call("DescribeImageScanFindings", #""responseElements":null"#),
      call("DescribeImageScanFindings", #""responseElements":{"imageScanFindings":7}"#),
      call("DescribeImages", #""responseElements":{"imageScanFindings":{}}"#),
    ]
    for text in others { #expect(ScanAnswer(try record(text)) == nil, "\(text)") }
  }

  @Test func aPushTellsImageTagAndTime() throws {
    let push = PushedImage(
      try record(
        call(
          "PutImage", #""eventTime":"2021-08-11T11:52:27Z""#, #""awsRegion":"eu-central-1""#,
          #""requestParameters":{"repositoryName":"a/b","imageTag":"1.2"}"#,
          #""responseElements":{"image":{"registryId":"111111111111","#
            + #""imageId":{"imageDigest":"sha256:aa","imageTag":"1.2"}}}"#)))
    #expect(push?.registry.account == "111111111111")
    #expect(push?.registry.repository == "a/b")
    #expect(push?.image == "sha256:aa")
    #expect(push?.tag == "1.2")
    #expect(push?.time == Timestamp(iso8601: "2021-08-11T11:52:27Z"))
    let refused = call(
      "PutImage", #""eventTime":"2021-08-11T11:52:27Z""#, #""errorCode":"AccessDenied""#,
      #""responseElements":null"#)
    #expect(PushedImage(try record(refused)) == nil)
  }
}
