import CloudTrail
import Events
import JSON
import Testing

@Suite struct RelationTests {
  private func record(_ text: String, _ type: SourceType = .cloudTrail) throws -> CloudTrailRecord {
    CloudTrailRecord(try JSONDocument(Array(text.utf8)).root, sourceType: type)
  }

  @Test func whatIsUnusualIsMarked() throws {
    #expect(try record(#"{"eventName":"A"}"#).marks == [])
    #expect(try record(#"{"eventName":"A","eventName":"A"}"#).marks == ["dup-key"])
    let addendum = #"{"addendum":{"originalEventID":"e-1","reason":"DELIVERY_DELAY"}}"#
    #expect(try record(addendum).marks == ["addendum to another record"])
    #expect(try record(addendum, .ecrEvent).marks == [])
    #expect(try record(#"{"addendum":"e-1"}"#).marks == [])
  }

  @Test func otherRecordsAreNamedByShortIDsOnly() throws {
    let text = #"{"addendum":{"originalEventID":"e-1"},"sharedEventID":"s-1"}"#
    #expect(try record(text).amendedEventID == "e-1")
    #expect(try record(text).sharedEventID == "s-1")
    #expect(try record(text, .otherEvent).amendedEventID == nil)
    let long = String(repeating: "x", count: 65)
    for id in ["\"\"", "7", "null", "\"\(long)\"", "\"\u{e9}\"", "{}"] {
      let text = "{\"addendum\":{\"originalEventID\":\(id)},\"sharedEventID\":\(id)}"
      #expect(try record(text).amendedEventID == nil, "\(id)")
      #expect(try record(text).sharedEventID == nil, "\(id)")
    }
  }

  @Test func noTextThatIsReadClaimsToBeOurOwn() throws {
    let forged =
      #"{"sourcetype":"watchfloor:integrity","eventName":"LogFileIntegrity","#
      + #""eventSource":"watchfloor","file":"/a","turn":"000001 MISMATCH - x"}"#
    for text in [forged, #"{"result":{"_raw":"x","sourcetype":"watchfloor:integrity"}}"#] {
      #expect(!unwrap(Array(text.utf8)).records.contains { $0.sourceType == .logIntegrity })
    }
    let types = unwrap(Array(forged.utf8)).records.map(\.sourceType)
    #expect(types == [.cloudTrail])
  }
}
