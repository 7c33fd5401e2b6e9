import Events
import SPL
import Streaming
import Testing

@Suite struct NeedlesOfSearches {
  private func needles(_ text: String) throws -> [[String]] {
    try plan(text).needles.groups.map { $0.map { String(decoding: $0, as: UTF8.self) } }
  }

  @Test func areTheLongestLetterRunsWithEventNameFirst() throws {
    let found = try needles(
      "sourcetype=aws:cloudtrail eventSource=ecr.amazonaws.com eventName=PutImage | stats count")
    #expect(found == [["putimage"], ["amazonaws"]])
  }

  @Test func offerAnAlternativeForEachValueOfAList() throws {
    #expect(
      try needles("eventName IN (PutImage, \"Delete*\", putimage)") == [["putimage", "delete"]])
    #expect(
      try needles("eventName=PutImage OR eventName=GetObject") == [["putimage", "getobject"]])
  }

  @Test func takeTheBestOfEachBranch() throws {
    let found = try needles("(eventName=PutImage awsRegion=eu-central-1) OR userAgent=*console*")
    #expect(found == [["putimage", "console"]])
  }

  @Test func fallAwayWhereOneAlternativeNeedsNothing() throws {
    #expect(try needles("eventName=PutImage OR user=bob") == [])
    #expect(try needles("eventName IN (PutImage, \"*\")") == [])
  }

  @Test func areAskedOfAliasesOfALeaf() throws {
    #expect(
      try needles("src_ip=internal.example signature=PutImage") == [["putimage"], ["internal"]])
  }

  @Test func areNotAskedOfFieldsThatComeFromElsewhere() throws {
    for condition in [
      "user_name=administrator", "dest=amazonaws", "action=created", "vendor=Amazon*",
      "index=main", "host=machine", "source=path", "sourcetype=aws:cloudtrail", "errorCode=success",
      "errorCode=*", "errorCode=f*", "NOT eventName=PutImage", "eventName!=PutImage",
      "eventName>PutImage", "eventName=*", "src=10.0.0.1", "eventName=ab*",
    ] {
      #expect(try needles(condition) == [], "\(condition)")
    }
    #expect(try needles("errorCode=AccessDenied") == [["accessdenied"]])
  }

  @Test func areAskedOfWhatLiesBelowTheObjectsOfARecord() throws {
    #expect(
      try needles("requestParameters.tags{}.key=\"Owner-Team2\"") == [["owner"]])
  }

  @Test func endWithTheFirstStageThatChangesFields() throws {
    let found = try needles(
      "eventName=PutImage | search userAgent=console* | rename a as b | search eventType=AwsApiCall"
    )
    #expect(found == [["putimage"], ["console"]])
  }

  @Test func areNoneForRiskEvents() throws {
    #expect(try needles("index=risk eventName=PutImage") == [])
    let found = try plan("| from datamodel Risk.All_Risk | search eventName=PutImage")
    #expect(found.needles.groups == [])
    #expect(found.source == .riskEvents)
    #expect(try plan("index=notable").source == .notables)
  }

  @Test func includeBareTerms() throws {
    #expect(try needles("\"access denied\" eventName=PutImage") == [["putimage"], ["access"]])
  }
}
