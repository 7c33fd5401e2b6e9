import JSON
import Testing

@Suite struct JSONDocumentTests {
  @Test func readsEveryKindWithWhiteSpaceAround() throws {
    let kinds: [(String, JSONKind)] = [
      (" {} ", .object), ("\n[]\t", .array), ("\"\"", .string), ("-0.5e+3", .number),
      ("true", .true), ("false", .false), ("\r\nnull", .null),
    ]
    for (text, kind) in kinds { #expect(try value(text).kind == kind, "\(text)") }
  }

  @Test func acceptsAByteOrderMarkBeforeTheValue() throws {
    #expect(try JSONDocument([0xEF, 0xBB, 0xBF] + Array("{\"a\":1}".utf8)).root["a"]?.text == "1")
  }

  @Test func namesWhatWasFoundAndWhatWasExpected() {
    let sentences = [
      "": "the text ends at byte 0, expected a value",
      "  ": "the text ends at byte 2, expected a value",
      "{\"a\":}": "found '}', expected a value, at byte 5",
      "{a:1}": "found 'a', expected a key in double quotes or '}', at byte 1",
      "{\"a\":1,}": "found '}', expected a key in double quotes, at byte 7",
      "{\"a\" 1}": "found '1', expected ':', at byte 5",
      "{\"a\":1": "the text ends at byte 6, expected ',' or '}'",
      "[1 2]": "found '2', expected ',' or ']', at byte 3",
      "[,1]": "found ',', expected a value or ']', at byte 1",
      "[1,]": "found ']', expected a value, at byte 3",
      "[1}": "found '}', expected ',' or ']', at byte 2",
      "\"a": "the text ends at byte 2, expected the closing double quote",
      "\"\\x\"":
        "found 'x', expected one of \" \\ / b f n r t u after a backslash, at byte 2",
      "\"\\u12G4\"": "found 'G', expected a hexadecimal digit, at byte 5",
      "tru": "the text ends at byte 3, expected true, false or null",
      "nul1": "found '1', expected true, false or null, at byte 3",
      "-": "the text ends at byte 1, expected a digit",
      "1.": "the text ends at byte 2, expected a digit",
      "1e+x": "found 'x', expected a digit, at byte 3",
      "01": "found '1', expected the end of the text, at byte 1",
      "{}{}": "found '{', expected the end of the text, at byte 2",
      "1\u{1}": "found byte 0x01, expected the end of the text, at byte 1",
      "NaN": "found 'N', expected a value, at byte 0",
    ]
    for (text, sentence) in sentences {
      #expect(problem(text.utf8)?.sentence == sentence, "\(text)")
    }
  }

  @Test func refusesWhatIsNestedBeyondTheLimit() throws {
    let deepest = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(problem(deepest.utf8) == nil)
    let deeper = problem("[\(deepest)]".utf8)
    #expect(deeper?.sentence == "found a value nested deeper than 64 levels at byte 64")
    #expect(problem(String(repeating: "[", count: 1_000_000).utf8)?.offset == 64)
    #expect(problem("{\"a\":{}}".utf8, depthLimit: 1)?.fact == .tooDeep(limit: 1))
  }

  @Test func takesTheLastOfTwoValuesAndSaysSo() throws {
    let texts = [
      #"{"a":1,"b":0,"a":2}"#, #"{"a":1,"\u0061":2}"#, #"{"\u0061":1,"a":2}"#,
      #"{"a":{"a":9},"a":2}"#,
    ]
    for text in texts {
      let document = try JSONDocument(Array(text.utf8))
      #expect(document.hasDuplicateKeys, "\(text)")
      #expect(document.root["a"]?.text == "2", "\(text)")
      #expect(document.root.members.filter { $0.name == "a" }.map(\.value.text) == ["2"])
      #expect(JSONPath("a").values(in: document.root).map(\.text) == ["2"])
      #expect(JSONLeaves(of: document.root).fields.map(\.path).contains("a.a") == false)
    }
    for text in [#"{"a":{"a":1},"b":[{"a":1},{"a":2}]}"#, #"{"A":1,"a":2}"#] {
      #expect(try JSONDocument(Array(text.utf8)).hasDuplicateKeys == false, "\(text)")
    }
  }

  @Test func comparesKeysByBytesAndNotByCanonicalEquivalence() throws {
    let document = try JSONDocument(Array("{\"\u{E9}\":1,\"e\u{301}\":2}".utf8))
    #expect(document.hasDuplicateKeys == false)
    #expect(document.root["\u{E9}"]?.text == "1")
    #expect(document.root["e\u{301}"]?.text == "2")
  }

  @Test func findsAKeyThatComesTwiceAmongVeryMany() throws {
    let keys = (0..<5000).map { "\"key\($0)\":\($0)" }
    let once = try JSONDocument(Array("{\(keys.joined(separator: ","))}".utf8))
    #expect(once.hasDuplicateKeys == false)
    #expect(once.root["key4321"]?.text == "4321")
    let twice = try JSONDocument(Array("{\(keys.joined(separator: ",")),\"key17\":\"x\"}".utf8))
    #expect(twice.hasDuplicateKeys)
    #expect(twice.root["key17"]?.text == "x")
    #expect(twice.root.members.reduce(0) { count, _ in count + 1 } == 5000)
  }
}
