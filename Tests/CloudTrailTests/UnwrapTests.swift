import CloudTrail
import Events
import JSON
import TestSupport
import Testing

@Suite struct UnwrapTests {
  private let record = #"""
    {"eventVersion":"1.08","eventID":"e-1","eventName":"DescribeImageScanFindings",
     "eventSource":"ecr.amazonaws.com","eventTime":"2021-08-11T11:52:27Z",
     "responseElements":{"findings":[{"name":"CVE-1","description":"a \"quoted\" \u00e9 \\ text"}]}}
    """#

  @Test func everyEnvelopeGivesTheSameRecord() throws {
    let expected = try #require(unwrap(Array(record.utf8)).records.first).identity
    for (name, text) in Wrappers.all(of: record) {
      let result = unwrap(Array(text.utf8))
      #expect(result.problems.map(\.sentence) == [], "\(name)")
      #expect(result.records.map(\.identity) == [expected], "\(name)")
      #expect(result.records.map(\.sourceType) == [.cloudTrail], "\(name)")
      let raw = try #require(result.records.first).rawBytes
      #expect(unwrap(Array(raw)).records.map(\.identity) == [expected], "\(name)")
    }
  }

  @Test func everyEnvelopeKeepsAnyContent() throws {
    for seed in 0..<150 as Range<UInt64> {
      var source = RandomJSON(seed: seed)
      let text = call(
        "PutImage", "\"requestParameters\":\(source.text())", "\"x\":\(source.text())")
      let expected = try #require(unwrap(Array(text.utf8)).records.first).identity
      for (name, wrapped) in Wrappers.all(of: text) {
        let found = unwrap(Array(wrapped.utf8)).records.map(\.identity)
        #expect(found == [expected], "seed \(seed), \(name): \(text)")
      }
    }
  }

  @Test func envelopesInEnvelopesAreOpened() throws {
    let expected = try #require(unwrap(Array(record.utf8)).records.first).identity
    for (outer, _) in Wrappers.all(of: record) {
      for (inner, text) in Wrappers.all(of: record) {
        let nested = try #require(Wrappers.all(of: text).first { $0.name == outer }).text
        let result = unwrap(Array(nested.utf8))
        #expect(result.records.map(\.identity) == [expected], "\(inner) in \(outer)")
      }
    }
  }

  @Test func wrappersWithoutEndAreAProblem() {
    let nested = String(repeating: "[", count: 9) + record + String(repeating: "]", count: 9)
    let result = unwrap(Array(nested.utf8))
    #expect(result.records.isEmpty)
    #expect(result.problems.map(\.sentence) == ["found a record wrapped more than 8 times"])
  }

  @Test func aPartThatCannotBeReadCostsThatPart() {
    let text = #"""
      {"logEvents":[{"id":"1","timestamp":1,"message":"{\"eventName\":"},
       {"id":"2","timestamp":2,"message":"{\"eventName\":\"A\",\"eventSource\":\"s\"}"},
       {"id":"3","timestamp":3,"message":7},{"id":"4"},12,
       {"eventName":"B","eventSource":"s"}]}
      """#
    let result = unwrap(Array(text.utf8))
    #expect(result.records.map { $0.value["eventName"]?.text } == ["A", "B"])
    let kinds = "without 'eventName' and 'eventSource', expected a CloudTrail record or an envelope"
    let sentences = [
      "the text in 'message' is not a record: the text ends at byte 13, expected a value",
      "found a number in 'message', expected a string that holds a record",
      "found an object \(kinds) of some", "found a number \(kinds) of some",
    ]
    #expect(result.problems.map(\.sentence) == sentences)
  }

  @Test func textThatIsNoJSONIsOneProblem() {
    let result = unwrap(Array("{\"eventName\":\"A\" ".utf8))
    #expect(result.records.isEmpty)
    let problem = JSONProblem(offset: 17, fact: .ended(expected: .commaOrBrace))
    #expect(result.problems == [.unreadable(problem)])
  }

  @Test func whatIsKnownToBeNoRecordIsPassedOver() {
    let texts = [
      #"{"Type":"Notification","Message":"{\"s3Bucket\":\"b\",\"s3ObjectKey\":[\"k\"]}"}"#,
      #"{"awsAccountId":"1","digestStartTime":"x","digestS3Object":"y","logFiles":[]}"#,
      #"{"Records":[{"eventVersion":"1.07","eventType":"AwsCloudTrailInsight","insightDetails":{}}]}"#,
      #"{"messageType":"CONTROL_MESSAGE","logEvents":[{"message":"CWL CONTROL MESSAGE"}]}"#,
      #"{"detail-type":"AWS Insight via CloudTrail","source":"aws.cloudtrail","detail":{}}"#,
      #"{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put"}]}"#,
    ]
    for text in texts {
      let result = unwrap(Array(text.utf8))
      #expect(result.records.isEmpty && result.problems.isEmpty, "\(text)")
      #expect(result.passedOver == 1, "\(text)")
    }
  }

  @Test func scanResultsFromElsewhereAreNoCloudTrailRecords() throws {
    let cases: [(String, SourceType)] = [
      (#"{"detail-type":"ECR Image Scan","source":"aws.ecr","detail":{}}"#, .ecrEvent),
      (#"{"detail-type":"ECR Image Action","source":"custom","detail":{}}"#, .ecrEvent),
      (
        #"{"detail-type":"Inspector2 Finding","source":"aws.inspector2","detail":{}}"#,
        .inspectorEvent
      ),
      (#"{"detail-type":"Inspector2 Scan","source":"test","detail":{}}"#, .inspectorEvent),
      (#"{"detail-type":"EC2 Instance State-change","source":"aws.ec2","detail":{}}"#, .otherEvent),
      (#"{"imageScanFindings":{"findings":[]},"registryId":"1"}"#, .scanFindings),
    ]
    for (text, type) in cases {
      let records = unwrap(Array(text.utf8)).records
      #expect(records.map(\.sourceType) == [type], "\(text)")
      #expect(type.rawValue != "aws:cloudtrail")
    }
  }

  @Test func otherRecordsHaveTheirOwnIdAndTime() throws {
    let event =
      #"{"detail-type":"ECR Image Scan","id":"42","time":"2021-08-11T11:52:27Z","detail":{}}"#
    let scan = try #require(unwrap(Array(event.utf8)).records.first)
    #expect(scan.eventID == "42")
    #expect(scan.time == Timestamp(seconds: 1_628_682_747))
    for time in [#""2021-08-11T13:52:27.5+02:00""#, "1628682747.5"] {
      let saved = #"{"imageScanFindings":{"imageScanCompletedAt":\#(time)}}"#
      let findings = try #require(unwrap(Array(saved.utf8)).records.first)
      #expect(findings.eventID == nil)
      #expect(findings.time == Timestamp(seconds: 1_628_682_747), "\(time)")
    }
  }
}
