import CTerminal
import Interface
import TestSupport
import Testing

@testable import TerminalUI

@Suite struct KeyDecoding {
  private func strokes(_ inputs: [KeyDecoder.Input]) -> [KeyDecoder.Stroke] {
    var decoder = KeyDecoder()
    return strokes(inputs, &decoder)
  }

  private func strokes(
    _ inputs: [KeyDecoder.Input], _ decoder: inout KeyDecoder
  ) -> [KeyDecoder.Stroke] {
    var rest = inputs[...]
    return decoder.strokes { rest.popFirst() }
  }

  private func typed(_ text: String) -> [KeyDecoder.Input] {
    text.unicodeScalars.map { .scalar($0.value) }
  }

  private func keys(_ text: String) -> [Key] { keys(typed(text)) }

  private func keys(_ inputs: [KeyDecoder.Input]) -> [Key] {
    strokes(inputs).compactMap { stroke in
      if case .key(let key) = stroke { key } else { nil }
    }
  }

  private let begin = KeyDecoder.Input.code(UInt32(CT_KEY_PASTE_BEGIN))
  private let end = KeyDecoder.Input.code(UInt32(CT_KEY_PASTE_END))

  @Test func charactersOfEveryScriptAreKeys() {
    #expect(keys("aZ é漢") == ["a", "Z", " ", "é", "漢"].map { .character($0) })
  }

  @Test func controlCharactersHaveTheirNames() {
    #expect(keys("\r\n\t") == [.enter, .enter, .tab])
    #expect(keys("\u{7F}\u{8}") == [.backspace, .backspace])
    #expect(keys("\u{C}\u{12}") == [.control("L"), .control("R")])
    #expect(keys("\u{0}\u{85}\u{9B}") == [])
  }

  @Test func cursesNumbersAreKeys() {
    let codes: [(Int32, Key)] = [
      (KEY_UP, .up), (KEY_NPAGE, .pageDown), (KEY_BTAB, .backTab), (KEY_DC, .delete),
      (Int32(CT_KEY_F0) + 1, .function(1)), (Int32(CT_KEY_F0) + 12, .function(12)),
    ]
    for (code, key) in codes { #expect(keys([.code(UInt32(code))]) == [key]) }
    #expect(keys([.code(UInt32(KEY_RESIZE)), .code(UInt32(CT_KEY_F0) + 13)]) == [])
  }

  @Test func escapeAloneIsAKeyAndSoIsWhatCloselyFollows() {
    #expect(keys("\u{1B}") == [.escape])
    #expect(keys("\u{1B}j") == [.escape, .character("j")])
    #expect(keys("\u{1B}\u{1B}") == [.escape, .escape])
    #expect(keys("\u{1B}[") == [.escape, .character("[")])
    #expect(keys("\u{1B}O") == [.escape, .character("O")])
  }

  @Test func sequencesThatTheDescriptionLacksAreKeysToo() {
    #expect(
      keys("\u{1B}[A\u{1B}OB\u{1B}[1;5C\u{1B}[5~\u{1B}[Z\u{1B}OP\u{1B}[15~")
        == [.up, .down, .right, .pageUp, .backTab, .function(1), .function(5)])
  }

  @Test func sequencesThatNobodyKnowsAreSwallowedWhole() {
    for sequence in ["[?62;22c", "[<0;11;6M", "[99~", "[I", "[O", "[[A", "[1;1R", "[200;300q"] {
      #expect(keys("\u{1B}\(sequence)") == [], "ESC \(sequence)")
      #expect(keys("\u{1B}\(sequence)x") == [.character("x")], "ESC \(sequence) x")
    }
  }

  @Test func aPasteIsOneTextAndNoCommands() {
    #expect(
      strokes([begin] + typed("q\n!\u{1B}[A\tz") + [end] + typed("j"))
        == [.paste("q ![A z"), .key(.character("j"))])
  }

  @Test func aPasteMayComeInPieces() {
    var decoder = KeyDecoder()
    #expect(strokes([begin] + typed("one "), &decoder) == [])
    #expect(strokes(typed("two") + [.code(UInt32(KEY_UP))], &decoder) == [])
    #expect(strokes([end], &decoder) == [.paste("one two")])
    #expect(strokes(typed("q"), &decoder) == [.key(.character("q"))])
  }

  @Test func aPasteWithoutEndStaysSmall() {
    var decoder = KeyDecoder()
    #expect(strokes([begin] + typed(String(repeating: "x", count: 100_000)), &decoder) == [])
    guard case .paste(let text)? = strokes([end], &decoder).first else {
      Issue.record("no paste")
      return
    }
    #expect(text.utf8.count == 4096)
  }

  @Test func whateverComesEndsAndLeavesNoControlCharacter() {
    for seed in 0..<300 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let inputs: [KeyDecoder.Input] = (0..<200).map { _ in
        switch UInt32.random(in: 0..<8, using: &random) {
        case 0: .scalar(0x1B)
        case 1: .code(UInt32.random(in: 256..<800, using: &random))
        case 2: .scalar(UInt32.random(in: 0...0x11_FFFF, using: &random))
        default: .scalar(UInt32.random(in: 0...0x7F, using: &random))
        }
      }
      for case .character(let character) in keys(inputs) {
        let scalars = character.unicodeScalars
        #expect(
          scalars.allSatisfy { $0.properties.generalCategory != .control }, "seed \(seed)")
      }
    }
  }
}
