import SafeText
import TestSupport
import Testing

struct SafeTextTests {
  @Test func controlsAreWrittenWithACaret() {
    #expect(SafeText.visible("rm\u{1B}[0m -rf\u{7F}\n\u{0}") == "rm^[[0m -rf^?^J^@")
    #expect(SafeText.visible("\u{1B}") == "^[")
  }

  @Test func whatReordersOrHidesIsWrittenByNumber() {
    #expect(SafeText.visible("a\u{202E}b\u{200B}c\u{9B}d\u{FEFF}") == "a<202E>b<200B>c<9B>d<FEFF>")
    #expect(SafeText.visible("\u{E000}\u{F0000}\u{6DD}") == "<E000><F0000><06DD>")
    #expect(SafeText.visible("\u{0378}") == "<0378>", "unassigned")
    #expect(SafeText.visible("\u{1FAE8}") == "<1FAE8>", "newer than the width table")
    #expect(SafeText.visible("\u{AD}\u{E0041}\u{2028}") == "<AD><E0041><2028>")
  }

  @Test func emojiSequencesAreBrokenUp() {
    #expect(SafeText.visible("👩\u{200D}💻") == "👩<200D>💻")
    #expect(SafeText.visible("🇩🇪") == "<1F1E9><1F1EA>")
    #expect(SafeText.visible("1\u{FE0F}\u{20E3}") == "1<FE0F><20E3>")
  }

  @Test func oddSpacesDifferFromTheSpace() {
    #expect(SafeText.visible("a\u{A0}b") == "a<A0>b")
    #expect(SafeText.visible("a\u{A0}b\u{3000}c", as: .prose) == "a·b··c")
  }

  @Test func marksStayWithTheirBaseUpToFour() {
    #expect(SafeText.visible("e\u{301}x").unicodeScalars.elementsEqual("e\u{301}x".unicodeScalars))
    #expect(SafeText.width(of: "e\u{301}x") == 2)
    #expect(SafeText.visible("\u{301}x") == "<0301>x")
    let zalgo = "a" + String(repeating: "\u{301}", count: 600)
    #expect(SafeText.width(of: zalgo) == "a+596".count)
    let endless = "a" + String(repeating: "\u{301}", count: 1006)
    #expect(SafeText.visible(endless).hasSuffix("+1000<0301><0301>"))
    #expect(SafeText.fitted(zalgo, to: 3).unicodeScalars.count == 7)
  }

  @Test func eachByteOfIllFormedTextIsNamed() {
    #expect(SafeText.visible(utf8: [0x61, 0xC0, 0xAF, 0x62]) == "a\\xC0\\xAFb")
    #expect(SafeText.visible(utf8: [0xED, 0xA0, 0x80]) == "\\xED\\xA0\\x80", "a surrogate")
    #expect(SafeText.visible(utf8: [0xF4, 0x90, 0x80, 0x80]).hasPrefix("\\xF4"))
    #expect(SafeText.visible(utf8: [0xE2, 0x82]) == "\\xE2\\x82", "cut short")
    #expect(SafeText.visible(utf8: Array("grün 語".utf8)) == "grün 語")
  }

  @Test func wideTextTakesTwoCellsAndIsCutWithASign() {
    #expect(SafeText.width(of: "日本") == 4)
    #expect(SafeText.fitted("日本語", to: 5) == "日本…")
    #expect(SafeText.fitted("日本語", to: 4) == "日…")
    #expect(SafeText.fitted("日本語", to: 6) == "日本語")
    #expect(SafeText.fitted("abcdef", to: 4) == "abc…")
    #expect(SafeText.fitted("abcdef", to: 4, in: .ascii) == "abc~")
    #expect(SafeText.visible("é→", in: .ascii) == "<E9><2192>")
  }

  /// Every code point by itself, but for the empty planes 4 to 13.
  @Test func noListedCodePointSurvives() {
    var survivors: [UInt32] = []
    for value in Array(UInt32(0)...0x3FFFF) + (UInt32(0xE0000)...0xE0FFF) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let shown = SafeText.visible(String(scalar)).unicodeScalars
      let isItself = shown.elementsEqual([scalar])
      let isNotation = shown.allSatisfy { $0.isASCII && $0.value >= 0x20 && $0.value < 0x7F }
      if isItself ? !isFit(scalar) : !isNotation { survivors.append(value) }
    }
    #expect(survivors.isEmpty)
  }

  @Test func whatIsVisibleStaysAsItIs() {
    for seed in UInt64(0)..<500 {
      var random = SplitMix64(seed: seed)
      let text = randomText(&random)
      let once = SafeText.visible(text)
      #expect(SafeText.visible(once).unicodeScalars.elementsEqual(once.unicodeScalars), "\(seed)")
      let width = Int.random(in: 0...12, using: &random)
      let cut = SafeText.fitted(text, to: width)
      #expect(SafeText.width(of: cut) <= width, "\(seed)")
      #expect(SafeText.width(of: text) == SafeText.width(of: once), "\(seed)")
    }
  }

  private func isFit(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    let isHidden = properties.isDefaultIgnorableCodePoint || properties.isBidiControl
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator, .enclosingMark, .nonspacingMark:
      return false
    case .spaceSeparator: return scalar == " "
    default: return !isHidden
    }
  }

  private func randomText(_ random: inout SplitMix64) -> String {
    let ranges: [ClosedRange<UInt32>] = [
      0...0x7F, 0x80...0x2FF, 0x300...0x36F, 0x2000...0x206F, 0x3000...0x30FF, 0x1F1E0...0x1F6FF,
      0...0x10FFFF,
    ]
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      let range = ranges[Int.random(in: 0..<ranges.count, using: &random)]
      if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) {
        text.append(scalar)
      }
    }
    return String(text)
  }
}
