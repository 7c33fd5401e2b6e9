import JSON
import Testing

@Suite("A fingerprint")
struct JSONFingerprintTests {
  private static let texts = [
    #"{"a":1,"b":[true,{"c":"x"}]}"#, #"{ "b" : [true, {"\u0063":"\u0078"}] , "a" : 1 }"#,
    #"{"a":1,"b":[{"c":"x"},true]}"#, #"{"a":"1","b":[true,{"c":"x"}]}"#, #"{"a":1}"#,
    #"{"a":{"b":1},"c":2}"#, #"{"a":{"c":2},"b":1}"#, #"{"a":1,"a":2}"#, #"{"a":2}"#, "[]", "{}",
    #"[[],{}]"#, #"[{},[]]"#, #""""#, #""a""#, #""ab""#, #""é""#, #""\u00e9""#, #""e\u0301""#,
    #""a\tb""#, "\"a\tb\"", #""\ud800""#, #""\\ud800""#, "1", "1.0", "null", #""null""#,
    #""sixteen bytes ok""#, #""seventeen bytes k""#, #""sixteen bytes oK""#, #"{"k":"","":"k"}"#,
    #"{"":"k","k":""}"#, #"{"k":"k"}"#, #""thirty-three bytes in all, just so""#,
  ]

  @Test func isThatOfTheCanonicalSpelling() throws {
    let fingerprint = JSONFingerprint()
    for one in Self.texts {
      for other in Self.texts {
        let (left, right) = (try root(one), try root(other))
        let areSame = left.canonicalBytes == right.canonicalBytes
        #expect(
          (fingerprint.bytes(of: left) == fingerprint.bytes(of: right)) == areSame,
          "\(one) and \(other)")
      }
    }
  }

  @Test func isOfTheValueAlone() throws {
    let fingerprint = JSONFingerprint()
    let inside = try #require(try root(#"{"x":"y","r":{"a":"b"}}"#)["r"])
    #expect(try fingerprint.bytes(of: inside) == fingerprint.bytes(of: root(#"{"a":"b"}"#)))
    #expect(
      try fingerprint.bytes(of: root("{}")) != JSONFingerprint().bytes(of: root("{}")),
      "each is keyed by chance")
  }

  private func root(_ text: String) throws -> JSONValue { try JSONDocument(Array(text.utf8)).root }
}
