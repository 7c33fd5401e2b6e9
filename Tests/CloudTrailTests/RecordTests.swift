import CloudTrail
import Events
import JSON
import TestSupport
import Testing

@Suite struct RecordTests {
  @Test func identityFollowsContentAndNotSpelling() throws {
    let one = try record(#"{"eventID":"e-1","eventName":"A","n":[1, 2]}"#).identity
    let spelled = try record(#"{ "n":[1,2],"event\u004eame":"\u0041", "eventID":"e-1"}"#).identity
    let forged = try record(#"{"eventID":"e-1","eventName":"B","n":[1, 2]}"#).identity
    #expect(one == spelled)
    #expect(one.eventID == "e-1" && one.contentHash.count == 32)
    #expect(forged.eventID == one.eventID && forged.contentHash != one.contentHash)
    #expect(try record(#"{"eventID":7}"#).identity.eventID == nil)
  }

  @Test func keysThatComeTwiceAreFlaggedAndTheLastCounts() throws {
    let twice = try record(#"{"eventName":"A","eventName":"B"}"#)
    #expect(twice.hasDuplicateKeys)
    #expect(twice.event(source: "", host: "").value(of: "signature") == "B")
    #expect(try record(#"{"eventName":"A"}"#).hasDuplicateKeys == false)
    let both =
      #"[{"eventName":"A","eventSource":"s","x":{"a":1,"\u0061":2}},"#
      + #"{"eventName":"B","eventSource":"s"}]"#
    #expect(unwrap(Array(both.utf8)).records.map(\.hasDuplicateKeys) == [true, false])
  }

  @Test func hostileTextStaysWhatItIs() throws {
    let text = #"{"eventName":"\u001b[31m\u202e","userAgent":"\ud800","sourceIPAddress":"e\u0301"}"#
    #expect(try field("signature", of: text) == "\u{1B}[31m\u{202E}")
    #expect(try field("user_agent", of: text) == #"\ud800"#)
    #expect(try field("src", of: text) == "e\u{301}")
    #expect(try field("src", of: text) != "\u{E9}")
  }

  @Test func damagedRecordsNeverDoMoreThanMakeAProblem() throws {
    let whole = Wrappers.all(
      of: call("PutImage", Caller.role, #""requestParameters":{"host":["a"],"x.y":{"z{}":1}}"#))
    for seed in 0..<3000 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      var bytes = Array(whole[Int(seed) % whole.count].text.utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        bytes[place] = Array(#"{}[]",:\nu0 "#.utf8).randomElement(using: &random) ?? 0
      }
      let result = unwrap(bytes)
      for found in result.records {
        let event = found.event(source: "a.json", host: "here")
        for name in event.fields.names {
          #expect(!event.value(of: name).isNull, "seed \(seed): \(name)")
        }
        #expect(found.identity.contentHash.count == 32)
      }
    }
  }
}
