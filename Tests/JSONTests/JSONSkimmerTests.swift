import CBytes
import JSON
import TestSupport
import Testing

@Suite("The skimmer")
struct JSONSkimmerTests {
  /// Scans a text in pieces of the given lengths, the last one repeated.
  private func end(of text: String, cuts: [Int] = [Int.max]) -> JSONSkimmer.Outcome {
    let bytes = Array(text.utf8)
    var skimmer = JSONSkimmer()
    var start = 0
    var turn = 0
    while start < bytes.count {
      let length = min(cuts[min(turn, cuts.count - 1)], bytes.count - start)
      turn += 1
      let outcome = bytes[start..<start + length].withUnsafeBytes { skimmer.scan($0, from: 0) }
      switch outcome {
      case .ended(let index): return .ended(start + index)
      case .broken(let index): return .broken(start + index)
      case .more: start += length
      }
    }
    return .more
  }

  @Test func findsTheEndOfEachKindOfValue() {
    #expect(end(of: #"{"a":1},"#) == .ended(7))
    #expect(end(of: #"[1,[2,"]"]] "#) == .ended(11))
    #expect(end(of: #""a\"b\\" "#) == .ended(8))
    #expect(end(of: "12.5e3,") == .ended(6))
    #expect(end(of: "null}") == .ended(4))
    #expect(end(of: #"{"a":"\\\\"}x"#) == .ended(12))
  }

  @Test func asksForMoreWhereTheTextEndsInside() {
    for text in ["{", #"{"a"#, #"{"a":"\"#, "[[]", #""abc"#, "12"] {
      #expect(end(of: text) == .more)
    }
  }

  @Test func noticesWhatNoValueCanHave() {
    #expect(end(of: #"{"a":1]"#) == .broken(6))
    #expect(end(of: "[1}") == .broken(2))
    #expect(end(of: #"{"a":"b c"d"}"#) == .broken(10))
    #expect(end(of: "]") == .broken(0))
    #expect(end(of: String(repeating: "[", count: 600)) == .broken(JSONSkimmer.depthLimit))
  }

  @Test func deepBracketsAreStillCounted() {
    let text = String(repeating: "[{\"a\":", count: 100) + "1" + String(repeating: "}]", count: 100)
    #expect(end(of: text + ",") == .ended(text.utf8.count))
  }

  /// In vectors and byte by byte, over what is valid and what is not.
  @Test func vectorsSeeWhatBytesSee() {
    defer { cb_set_plain(false) }
    let pieces = [
      "{", "}", "[", "]", "\"", "\\", "\\\"", ",", ":", " ", "a", "{\"key\":\"value\",",
      "[1,2]", String(repeating: "z", count: 30), "\\\\\\",
    ]
    for seed in 0..<3000 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let text: String
      if seed % 2 == 0 {
        text = "{" + (0..<60).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      } else {
        text = (0..<8).map { _ in Self.value(&random, depth: 4) + "," }.joined()
      }
      let cuts = [1 + Int(random.next() % 100), 1 + Int(random.next() % 300)]
      cb_set_plain(false)
      let fast = end(of: text, cuts: cuts)
      cb_set_plain(true)
      #expect(end(of: text, cuts: cuts) == fast, "seed \(seed): \(text)")
    }
  }

  @Test func cutsDoNotMatter() {
    for seed in 0..<2000 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      var text = Self.value(&random, depth: 4) + ", tail"
      if seed % 3 == 0 {
        // Broken anywhere: the outcome has to be the same, whatever it is.
        var bytes = Array(text.utf8)
        bytes[Int(random.next() % UInt64(bytes.count))] =
          Array("\"\\{}[],x".utf8).randomElement(using: &random) ?? 0
        text = String(decoding: bytes, as: UTF8.self)
      } else {
        #expect(end(of: text) == .ended(text.utf8.count - 6), "seed \(seed)")
      }
      let cuts = (0..<40).map { _ in Int(random.next() % 7) + 1 }
      #expect(end(of: text, cuts: cuts) == end(of: text), "seed \(seed): \(text)")
      #expect(end(of: text, cuts: [1]) == end(of: text), "seed \(seed): \(text)")
    }
  }

  private static func value(_ random: inout SplitMix64, depth: Int) -> String {
    let spaces = ["", "", " ", "\n  "]
    let space = spaces.randomElement(using: &random) ?? ""
    switch random.next() % (depth == 0 ? 2 : 4) {
    case 0: return "\(random.next() % 1000)"
    case 1:
      let parts = ["a", "{", "]", "\\\"", "\\\\", "\\u0041", ",", "é"]
      return "\""
        + (0..<Int(random.next() % 6)).map { _ in parts.randomElement(using: &random) ?? "" }
        .joined() + "\""
    case 2:
      let values = (0..<Int(random.next() % 4)).map { _ in value(&random, depth: depth - 1) }
      return "[" + space + values.joined(separator: "," + space) + space + "]"
    default:
      let members = (0..<Int(random.next() % 4)).map {
        "\"k\($0)\"" + space + ":" + space + value(&random, depth: depth - 1)
      }
      return "{" + members.joined(separator: "," + space) + space + "}"
    }
  }
}
