import Diagnostics
import Documents
import TestSupport
import Testing

@Suite("Hostile documents")
struct HostileDocumentTests {
  @Test func whatIsNotReadIsNamed() {
    let cases: [(text: String, code: String, part: String?)] = [
      ("a: &x 1\nb: *x\n", "yaml-alias", "*x"),
      ("a: &x 1\n", "yaml-anchor", "&"),
      ("- &x [1]\n", "yaml-anchor", "&"),
      ("a: *x\n", "yaml-syntax", "*"),
      ("a: !!str 1\n", "yaml-tag", "!"),
      ("a: !ruby/object {x: 1}\n", "yaml-tag", "!"),
      ("a: 1\nb: 2\na: 3\n", "duplicate-key", "a"),
      ("1: a\n'1': b\n", "duplicate-key", "1"),
      ("[a, b]: 1\n", "yaml-key", "["),
      ("a: 1\n---\nb: 2\n", "yaml-syntax", "-"),
      ("a: [1\n", "yaml-syntax", nil),
      ("a: 'x\n", "yaml-syntax", nil),
      ("a:\n\t- x\n", "yaml-syntax", nil),
      ("", "yaml-empty", nil),
      ("# only words\n", "yaml-empty", nil),
    ]
    for (text, code, part) in cases {
      let problem = problems(of: text).first
      #expect(problem?.code == code, "\(text)")
      if let part, let span = problem?.span {
        let found = Array(text.utf8)[span.lowerBound..<min(span.upperBound, text.utf8.count)]
        #expect(String(decoding: found, as: UTF8.self) == part, "\(text)")
      }
    }
  }

  @Test func nestedAliasesAreRefusedBeforeTheyGrow() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...30 {
      let parts = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(parts)]\n"
    }
    text += "? *a30\n: 1\n"
    #expect(problems(of: text).map(\.code) == ["yaml-alias"])
  }

  @Test func starsAndAmpersandsInProseAreJustText() throws {
    let text = """
      search: "search *foo OR bar=* &bar"
      block: |-
        search *foo | rename a as *  && x
      prose: AT&T and ATT&CK are *names*
      """
    let root = try Document(text, name: "t.yml").root
    #expect(root[key: "block"]?.scalar?.text == "search *foo | rename a as *  && x")
  }

  @Test func depthAndSizeAreLimited() throws {
    let fine = Document.deepest - 1
    let nested = String(repeating: "[", count: fine) + String(repeating: "]", count: fine)
    _ = try Document(nested, name: "t.yml")
    for depth in [Document.deepest + 1, 500, 5000, 100_000] {
      let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
      let codes = Set(problems(of: text).map(\.code))
      #expect(codes == ["yaml-too-deep"] || codes == ["yaml-syntax"], "\(depth)")
    }
    let large = "a: " + String(repeating: "x", count: Document.largest)
    #expect(problems(of: large).map(\.code) == ["yaml-too-large"])
  }

  /// Whatever stands in a file, it is read or refused with places inside the file.
  @Test func anyChangedBytesAreReadOrRefused() {
    let sample = "name: 'a'\nlist:\n  - x: |-\n      one\n      two\n    y: [1, {z: \"é\\n\"}]\n"
    for seed in UInt64(0)..<2000 {
      var random = SplitMix64(seed: seed)
      var bytes = Array(sample.utf8)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let index = Int.random(in: 0..<bytes.count, using: &random)
        let signs = Array("&*!|>-:'\"[]{}\n\t #\u{0}\u{85}%@?,".utf8)
        bytes[index] = signs[Int.random(in: 0..<signs.count, using: &random)]
      }
      let text = String(decoding: bytes, as: UTF8.self)
      for problem in problems(of: text) {
        guard let span = problem.span else { continue }
        #expect(
          0 <= span.lowerBound && span.upperBound <= text.utf8.count
            && span.lowerBound <= span.upperBound, "seed \(seed): \(problem)")
      }
    }
  }

  private func problems(of text: String) -> [Diagnostic] {
    do {
      _ = try Document(text, name: "t.yml")
      return []
    } catch {
      return error.diagnostics
    }
  }
}
