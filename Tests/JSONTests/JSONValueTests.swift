import JSON
import Testing

@Suite struct JSONValueTests {
  @Test func findsMembersByTheirDecodedKeys() throws {
    let object = try value(#"{"eventN\u0061me":"x","":"empty","\ud83d\ude00":"smile","ü":1}"#)
    #expect(object["eventName"]?.text == "x")
    #expect(object[""]?.text == "empty")
    #expect(object["😀"]?.text == "smile")
    #expect(object["ü"]?.text == "1")
    #expect(object["eventNam"] == nil)
    #expect(try value("[1]")["a"] == nil)
  }

  @Test func givesTextAsItsKindHasIt() throws {
    let texts: [(String, String?)] = [
      (#""a\"\\\/\b\f\n\r\té😀""#, "a\"\\/\u{8}\u{C}\n\r\té😀"),
      ("12345678901234567890.50", "12345678901234567890.50"), ("1e400", "1e400"),
      ("true", "true"), ("null", nil), ("[ 1, 2 ]", "[ 1, 2 ]"), (#"{"a": 1}"#, #"{"a": 1}"#),
    ]
    for (text, expected) in texts { #expect(try value(text).text == expected, "\(text)") }
  }

  @Test func keepsLoneSurrogatesVisible() throws {
    #expect(try value(#""a\uD800b""#).text == #"a\ud800b"#)
    #expect(try value(#""\udc00\ud83d\ude00""#).text == #"\udc00😀"#)
    #expect(try value(#""\ud83d\ud83d\ude00""#).text == #"\ud83d😀"#)
    #expect(try value(#""\ud83d\n""#).text == "\\ud83d\n")
  }

  @Test func replacesEachMaximalSubpartOfIllFormedText() throws {
    let cases: [([UInt8], String)] = [
      ([0xFF], "\u{FFFD}"), ([0xC0, 0xAF], "\u{FFFD}\u{FFFD}"), ([0xE2, 0x82], "\u{FFFD}"),
      ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"), ([0xF0, 0x9F, 0x98, 0x41], "\u{FFFD}A"),
    ]
    for (bytes, expected) in cases {
      let document = try JSONDocument([0x22] + bytes + [0x22])
      #expect(document.root.text == expected)
      let escaped = try JSONDocument([0x22, 0x5C, 0x6E] + bytes + [0x22])
      #expect(escaped.root.text == "\n" + expected)
    }
  }

  @Test func keepsRawControlCharactersInStrings() throws {
    #expect(try value("\"a\tb\u{0}c\"").text == "a\tb\u{0}c")
  }

  @Test func listsElementsAndMembersInOrder() throws {
    let array = try value(#"[1,[2,3],{"a":[4]},"5"]"#)
    #expect(array.elements.map(\.raw) == ["1", "[2,3]", #"{"a":[4]}"#, "\"5\""])
    let object = try value(#"{"b":1,"a":{"c":2},"z":[]}"#)
    #expect(object.members.map(\.name) == ["b", "a", "z"])
    #expect(object.members.map(\.value.raw) == ["1", #"{"c":2}"#, "[]"])
    #expect(try value("{}").members.map(\.name).isEmpty)
    #expect(try value("1").elements.map(\.raw).isEmpty)
    #expect(try value("[1]").members.map(\.name).isEmpty)
  }

  @Test func slicesTheBytesAsWritten() throws {
    let object = try value(#" {"a" : "x\u0041" , "n": 1.50 } "#)
    #expect(object.raw == #"{"a" : "x\u0041" , "n": 1.50 }"#)
    #expect(object["a"]?.raw == #""x\u0041""#)
    #expect(object["n"]?.raw == "1.50")
  }
}
