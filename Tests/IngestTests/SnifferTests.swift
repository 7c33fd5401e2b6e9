import Testing

@testable import Ingest

@Suite("The sniffer")
struct SnifferTests {
  private func kind(_ text: String, isLimited: Bool = false) -> TextKind {
    Array(text.utf8).withUnsafeBytes {
      Sniffer.kind($0, isLimited: isLimited, framing: framing)
    }
  }

  @Test func envelopesArraysAndPrettyValuesAreDocuments() {
    for text in [
      #"{"Records":[{"a":1}]}"#, "\u{FEFF} \n{ \"x\" : {\"Records\":1} ,\n\"Records\" : [",
      #"{"messageType":"DATA","logEvents":[]}"#, #"{"Rec\u006frds":["#, "[1]", "\n[",
      "{\n  \"a\": 1\n}\n", "{\"a\":[\n1,", "{\"a\":1\n,\"b\":2}",
      "{\n  \"a\": 1,\n  \"b\": oops\n  \"c\": 2\n}",
    ] { #expect(kind(text) == .document, "\(text)") }
  }

  @Test func everythingElseIsLines() {
    for text in [
      "{\"a\":1}\n{\"b\":2}\n", "{\"a\":1}", "{\"a\":1}{\"Records\":[]}", "junk\n{}", "{]",
      #"{"a":{"Records":[1]}}"#, #"{"Records":{}}"#, #"{"records":[]}"#,
      "{\"a\":1,\n{\"b\":2}\n", "{\"a\":[\n{\"b\":2}\n{\"c\":3}\n", "{\"a\":\"cut\n{\"b\":\"2\"}\n",
      "{\"a\":\n{\"b\":2}\n{\"c\":3}\n",
    ] { #expect(kind(text) == .lines, "\(text)") }
  }

  @Test func aTextThatEndsInItsFirstLineIsUndecided() {
    for text in ["", " \n", "{", #"{"a":"b"#, #"{"Records":"#] {
      #expect(kind(text) == .undecided, "\(text)")
    }
    #expect(kind(#"{"a":"b"#, isLimited: true) == .lines)
  }
}
