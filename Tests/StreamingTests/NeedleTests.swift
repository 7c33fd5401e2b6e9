import Events
import SPL
import Streaming
import TestSupport
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

  @Test func nameTheCallsOfTheRecordsOwnFieldOnly() throws {
    func calls(_ text: String) throws -> [String]? {
      try plan(text).needles.calls?.map { String(decoding: $0, as: UTF8.self) }
    }
    #expect(try calls("eventName IN (PutImage, \"Delete*\")") == ["putimage", "delete"])
    #expect(try calls("eventName=PutImage OR eventName=GetObject") == ["putimage", "getobject"])
    #expect(try calls("signature=PutImage awsRegion=central") == nil)
    #expect(try calls("signature=PutImage eventName=PutImage") == ["putimage"])
    #expect(try calls("eventName=PutImage OR userAgent=*console*") == nil)
    #expect(try calls("eventName=PutImage | append [search eventName=GetObject]") == nil)
  }

  @Test func areNoneWhereASubsearchReadsRecordsOfItsOwn() throws {
    #expect(try needles("eventName=PutImage | append [search eventName=GetObject]") == [])
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

  /// A record that a search takes holds every needle of it, whatever the search.
  @Test func areInEveryRecordThatTheSearchTakes() throws {
    var taken = 0
    for seed in 0..<UInt64(3000) {
      var random = SplitMix64(seed: seed)
      let text = NeedlesOfSearches.conditions(depth: 3, using: &random)
      let plan = try plan(text)
      guard !plan.needles.groups.isEmpty else { continue }
      for _ in 0..<10 {
        let line = NeedlesOfSearches.line(using: &random)
        guard !contributions(of: try JSONLineFields.event(line), to: plan).isEmpty else { continue }
        taken += 1
        for written in [line] + NeedlesOfSearches.spellings(of: line, using: &random) {
          let isCandidate = NeedlesOfSearches.isCandidate(written, plan.needles)
          #expect(isCandidate, "seed \(seed): \(text) takes \(written)")
        }
      }
    }
    #expect(taken > 500)
  }

  /// What readers ask of the bytes of a record before they parse it: an escaped letter or
  /// backslash, or a needle of each group in either case.
  private static func isCandidate(_ bytes: String, _ needles: Needles) -> Bool {
    if bytes.contains(/\\u00([46][1-9a-fA-F]|[57][0-9aA]|5[cC])/) { return true }
    let raw = Text(bytes).foldingASCIICase.string
    return needles.groups.allSatisfy { group in
      group.contains { raw.contains(String(decoding: $0, as: UTF8.self)) }
    }
  }

  /// The same record with letters escaped, as a text within an envelope, and both.
  private static func spellings(of line: String, using random: inout SplitMix64) -> [String] {
    let escaped = escapingLetters(of: line, using: &random)
    return [line, escaped].flatMap { text in
      let inside = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      let wrapped = "{\"Message\":\"\(inside)\"}"
      return [text, wrapped, escapingLetters(of: wrapped, using: &random)]
    }
  }

  private static func escapingLetters(of text: String, using random: inout SplitMix64) -> String {
    let some = Int.random(in: 1...20, using: &random)
    var isAfterBackslash = false
    return text.map { letter in
      defer { isAfterBackslash = letter == "\\" && !isAfterBackslash }
      guard letter.isASCII, letter.isLetter, !isAfterBackslash, let code = letter.asciiValue,
        Int.random(in: 0..<some, using: &random) == 0
      else { return String(letter) }
      let digits = String(code, radix: 16, uppercase: Bool.random(using: &random))
      return "\\u00" + digits
    }.joined()
  }

  private static let words = ["PutImage", "putimage", "GetObject", "aws-cli", "console", "x1"]
  private static let fields = [
    "eventName", "signature", "userAgent", "requestParameters.tags{}", "errorCode", "user",
  ]

  private static func conditions(depth: Int, using random: inout SplitMix64) -> String {
    let parts = (0..<2).map { _ in
      depth > 0 && Bool.random(using: &random)
        ? "(\(conditions(depth: depth - 1, using: &random)))" : condition(using: &random)
    }
    return parts.joined(separator: Bool.random(using: &random) ? " " : " OR ")
  }

  private static func condition(using random: inout SplitMix64) -> String {
    let field = fields[Int.random(in: 0..<fields.count, using: &random)]
    let word = words[Int.random(in: 0..<words.count, using: &random)]
    return switch Int.random(in: 0..<8, using: &random) {
    case 0: "NOT \(field)=\(word)"
    case 1: "\(field)!=\(word)"
    case 2: "\(field) IN (\(word), \"*\(word.dropFirst(2))\", console)"
    case 3: word
    case 4: "\(field)=*\(word.dropLast(2))*"
    case 5: "\(field)>=\(word)"
    default: "\(field)=\(word)"
    }
  }

  private static func line(using random: inout SplitMix64) -> String {
    func word() -> String { words[Int.random(in: 0..<words.count, using: &random)] }
    return """
      {"eventName":"\(word())","userAgent":"\(word()) \(word())","user":"\(word())",\
      "requestParameters":{"tags":["\(word())","\(word())"]},"errorCode":"\(word())"}
      """
  }
}
