import TestSupport
import Testing

@testable import Ingest

@Suite("A prefilter for many calls")
struct KeyedRunsTests {
  /// More runs than are searched for one by one.
  private static let names = [
    "deletetrail", "stoplogging", "createuser", "deleteuser", "putimage", "describeimage",
    "consolelogin", "createkey", "disablekey", "getsecret",
  ]

  private func matches(_ text: String, or others: [String] = []) -> Bool {
    let bytes = Array(text.utf8)
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: bytes.count + Prefilter.readAhead, alignment: 1)
    defer { memory.deallocate() }
    memory.initializeMemory(as: UInt8.self, repeating: 0x61)
    memory.copyBytes(from: bytes)
    guard let base = memory.baseAddress else { return false }
    return Prefilter(
      values: Self.names.map { Array($0.utf8) }, ofKey: "eventName",
      or: others.map { Array($0.utf8) }
    ).matches(UnsafeRawPointer(base), from: 0, to: bytes.count)
  }

  @Test func onlyTheKeysOwnStringCounts() {
    #expect(matches(#"{"eventName":"DeleteTrail"}"#))
    #expect(matches(#"{"a":1,"eventName" : "xDELETETRAIL2"}"#))
    #expect(!matches(#"{"eventName":"GetTrail","a":"DeleteTrail"}"#))
    #expect(!matches(#"{"eventNames":"DeleteTrail"}"#))
    #expect(!matches(#"{"a":"eventName","b":"DeleteTrail"}"#))
    #expect(!matches(#"{"eventName":""}"#) && !matches(#"{"eventName":"De"}"#))
    // The last of two is the one that counts, so that each must be looked at.
    #expect(matches(#"{"eventName":"GetTrail","eventName":"DeleteTrail"}"#))
  }

  @Test func stringsThatHoldRecordsAreLookedInto() {
    #expect(matches(#"{"message":"{\"eventName\":\"DeleteTrail\"}"}"#))
    #expect(!matches(#"{"message":"{\"eventName\": \"GetTrail\"}"}"#))
    #expect(matches(#"{"m":"{\"m\":\"{\\\"eventName\\\":\\\"DeleteTrail\\\"}\"}"}"#))
    #expect(matches(#"{"message":"{\"eventName\"\n:\"DeleteTrail\"}"}"#))
  }

  @Test func whatIsNotPlainlyAStringIsACandidate() {
    for text in [
      #"{"\u0065ventName":"DeleteTrail"}"#, #"{"eventName":"Delete\u0054rail"}"#,
      #"{"eventName":"Delete\/DeleteTrail"}"#, #"{"eventName":["DeleteTrail"]}"#,
      #"{"eventName":"DeleteTrai"#, #"{"eventName""#, #"{"eventName":"#,
    ] {
      #expect(matches(text), "\(text)")
    }
  }

  @Test func aFewOtherRunsCountAnywhere() {
    #expect(matches(#"{"userAgent":"Kali"}"#, or: ["kali"]))
    #expect(!matches(#"{"userAgent":"curl"}"#, or: ["kali"]))
  }

  @Test func everyNameIsFoundWhereverItStands() {
    for seed in 0..<300 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let name = Self.names.randomElement(using: &random) ?? ""
      let spelled = String(
        name.map { random.next() % 2 == 0 ? Character($0.uppercased()) : $0 })
      let pad = String(repeating: "x", count: Int(random.next() % 70))
      let record = #"{"p":"\#(pad)","eventName":"\#(pad)\#(spelled)z"}"#
      #expect(matches(record), "seed \(seed): \(record)")
    }
  }
}
