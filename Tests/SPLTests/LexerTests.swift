import Diagnostics
import TestSupport
import Testing

@testable import SPL

@Suite struct LexerTests {
  private func kinds(_ text: String, readsTokens: Bool = false) -> [Lexeme.Kind] {
    Lexer.lexemes(of: text, readsTokens: readsTokens).map(\.kind).filter { $0 != .space }
  }

  @Test func wordsHoldWhatFieldNamesAndValuesHold() {
    for word in [
      "responseElements.imageScanFindings.findings{}", "aws:cloudtrail", "-7d@d", "a*b", "x!y",
      "C:/Users/%name%", "Zürich", "'single'", "50%+1", "🙂",
    ] {
      #expect(kinds(word) == [.word([.written(word)])], "\(word)")
    }
  }

  @Test func comparisonsEndWords() {
    for sign in ["=", "!=", "<", "<=", ">", ">=", "=="] {
      #expect(
        kinds("a\(sign)b") == [
          .word([.written("a")]), .comparison(sign), .word([.written("b")]),
        ], "\(sign)")
    }
  }

  @Test func backslashEscapesQuotesPipesAndItselfOnly() {
    let text = #"\"a\|b\\c\d"#
    let pieces: [Lexeme.Piece] = [.written("\"a"), .escapedPipe, .written(#"b\c\d"#)]
    #expect(kinds(text) == [.word(pieces)])
    #expect(kinds("\"\(text)\"") == [.quoted(pieces)])
  }

  @Test func commentsAreSpace() {
    #expect(kinds("a ```b | c``` d") == [.word([.written("a")]), .word([.written("d")])])
  }

  @Test func macrosAreOneLexemeWithQuotedBackticksInside() {
    #expect(
      kinds("`cloudtrail`|`m(\"a`b\", c)`") == [
        .macro("cloudtrail"), .pipe, .macro("m(\"a`b\", c)"),
      ])
  }

  @Test func whatIsNeverClosedTakesTheRest() {
    #expect(
      kinds("a=\"b | c") == [
        .word([.written("a")]), .comparison("="), .unclosed(.quote),
      ])
    #expect(kinds("`m | c") == [.unclosed(.backtick)])
    #expect(kinds("``` | c") == [.unclosed(.comment)])
  }

  @Test func tokensAreReadOnlyWhereTheyMeanSomething() {
    #expect(kinds("$user$") == [.word([.written("$user$")])])
    #expect(
      kinds("a$user$*", readsTokens: true) == [
        .word([.written("a"), .token(name: "user", filter: nil), .written("*")])
      ])
    #expect(kinds("$user|s$", readsTokens: true) == [.word([.token(name: "user", filter: "s")])])
    #expect(kinds("\"$$5 $ x\"", readsTokens: true) == [.quoted([.written("$5 $ x")])])
  }

  @Test func lexemesTileAnyText() {
    let alphabet = Array("ab\"`|=!<>()[],*\\$ \n\t{}.é🙂%\u{2a}u").map(String.init)
    for seed in 0..<600 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      var text = ""
      for _ in 0..<Int.random(in: 0...60, using: &random) {
        text += alphabet.randomElement(using: &random) ?? ""
      }
      var end = 0
      for lexeme in Lexer.lexemes(of: text, readsTokens: seed % 2 == 0) {
        #expect(lexeme.span.lowerBound == end, "seed \(seed): \(text)")
        #expect(lexeme.span.upperBound > end, "seed \(seed): \(text)")
        end = lexeme.span.upperBound
      }
      #expect(end == text.utf8.count, "seed \(seed): \(text)")
    }
  }
}
