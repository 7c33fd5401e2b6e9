import Events
import Testing

@Suite struct TextTests {
  @Test func isComparedByBytes() {
    #expect(Text("\u{E9}") != Text("e\u{301}"))
    #expect(Set<Text>(["\u{E9}", "e\u{301}", "\u{E9}"]).count == 2)
    #expect(Text("Z") < Text("a"))
    #expect(Text("z") < Text("\u{E9}"))
    #expect(Text("a") < Text("ab"))
  }

  @Test func everyByteCounts() {
    let text = "arn:aws:iam::111111111111:user/alice"
    for place in 0..<text.utf8.count {
      var bytes = Array(text.utf8)
      #expect(Text(utf8: bytes) == Text(text))
      bytes[place] ^= 1
      #expect(Text(utf8: bytes) != Text(text))
      #expect(Text(utf8: bytes[..<place]) != Text(text))
    }
  }

  @Test func foldsTheCaseOfASCIILettersOnly() {
    #expect(Text("Describe[É]Z").foldingASCIICase == Text("describe[É]z"))
  }

  @Test func repairsIllFormedBytes() {
    #expect(Text(utf8: [0x61, 0xE2, 0x82, 0x62]) == "a\u{FFFD}b")
  }
}
