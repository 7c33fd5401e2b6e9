import Diagnostics
import TestSupport
import Testing

@testable import SPL

/// Any text compiles or has problems, which can be shown.
@Suite struct FuzzTests {
  private static let pieces = [
    "search", "stats", "count", "by", "as", "rename", "spath", "from datamodel", "mvexpand", "|",
    "a", "=", "!=", "\"", "`", "```", "(", ")", "[", "]", ",", "*", " ", " ", "NOT", "OR", "IN",
    "earliest=", "-1d@d", "convert", "ctime(", "`m`", "`m(a,b)`", "$", "$u$", "|s$", "\\", "{}",
    "\n", "\u{0}", "é", "🙂", "\u{2028}", "%original_detection_search%", "limit=", "9", "\r\n",
    "where", "eval", "eval(", "'", "+", "-", ".", "if(", "case(", "x=1", "like(", "fields",
    "table", "rex", "\"(?<x>a)\"", "regex", "sort", "head", "top", "dedup", "lookup", "join",
    "append", "[search", "appendpipe [", "| inputlookup",
    "| tstats count from datamodel=Risk.All_Risk",
    "where", "bin span=5m", "streamstats window=2", "transaction", "startswith=", "mode=sed",
  ]

  private let table = MacroTable([
    Macro(name: "m", definition: "`m(\", )`"),
    Macro(name: "m", arguments: ["x", "y"], definition: "$x$ | $y$ ("),
  ])

  private func check(_ text: String, _ label: String) {
    let source = SourceText(name: "fuzz", text: text)
    for tokens in [Tokens.none, .values(["u": "x\"|"]), .placeholders] {
      do throws(Problems) {
        let search = try SearchCompiler.compile(source, macros: table, tokens: tokens)
        #expect(search.stages.isEmpty == false, "\(label)")
      } catch {
        #expect(error.diagnostics.isEmpty == false, "\(label)")
        for diagnostic in error.diagnostics {
          let span = diagnostic.span ?? SourceSpan(-1..<0)
          #expect(0 <= span.lowerBound && span.upperBound <= text.utf8.count, "\(label)")
        }
        #expect(error.rendered(in: source).isEmpty == false)
      }
    }
    _ = try? SearchCompiler.parseFilter(text)  // Only that it returns.
  }

  @Test func tornSearchesNeverCrash() {
    for seed in 0..<1_000 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      var text = ""
      for _ in 0..<Int.random(in: 0...40, using: &random) {
        text += Self.pieces.randomElement(using: &random) ?? ""
      }
      check(text, "seed \(seed): \(text)")
    }
  }

  @Test func randomBytesNeverCrash() {
    for seed in 0..<300 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let bytes = (0..<Int.random(in: 0...80, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      check(String(decoding: bytes, as: UTF8.self), "seed \(seed)")
    }
  }

  @Test func deepAndLongTextsNeverCrash() {
    for piece in ["(", "NOT ", "[", "a OR ", "a=(", "`m`", "|", "\"\"", "a IN (", ") "] {
      check(String(repeating: piece, count: 4_000), "many \(piece)")
    }
    for piece in ["a+", "a.", "-", "NOT ", "(", "if(", "a OR ", "a XOR ", "'", "case(a=1,"] {
      check("* | eval x=" + String(repeating: piece, count: 2_000) + "b", "many \(piece)")
    }
  }
}
