import JSON
import Testing

@Suite struct CanonicalTests {
  @Test func sortsKeysByTheirDecodedBytes() throws {
    #expect(
      try canonical(#"{ "b" : 1, "\u0061" : [ 1 , {"z":0,"y":0} ], "é": null, "Z": 2 }"#)
        == #"{"Z":2,"a":[1,{"y":0,"z":0}],"b":1,"é":null}"#)
  }

  @Test func escapesOnlyWhatMustBe() throws {
    #expect(
      try canonical(#""\u0041\/\"\\\n\u0001\u001f\u007f\u00e9\ud83d\ude00""#)
        == "\"A/\\\"\\\\\\n\\u0001\\u001f\u{7F}é😀\"")
    #expect(try canonical("\"raw\ttab\"") == #""raw\ttab""#)
  }

  @Test func theLastOfTwoValuesIsTheOneThatIsHashed() throws {
    #expect(try canonical(#"{"a":1,"b":2,"\u0061":3}"#) == #"{"a":3,"b":2}"#)
  }

  @Test func loneSurrogatesDifferFromTheTextThatTheyAreShownAs() throws {
    #expect(try canonical(#""\uD800""#) == #""\ud800""#)
    #expect(try canonical(#""\\ud800""#) == #""\\ud800""#)
  }

  @Test func numbersStayAsWritten() throws {
    #expect(try canonical("[1.0,1,1e400,-0]") == "[1.0,1,1e400,-0]")
  }
}
