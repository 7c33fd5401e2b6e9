import CBytes
import TestSupport
import Testing

@testable import Ingest

@Suite("The prefilter")
struct PrefilterTests {
  /// Text in memory as the readers have it: with bytes behind it that may be read.
  private struct Memory {
    private let start: UnsafeMutableRawPointer
    let count: Int

    init(_ text: String) {
      let bytes = Array(text.utf8)
      count = bytes.count
      let length = count + Prefilter.readAhead
      start = .allocate(byteCount: length, alignment: 1)
      start.initializeMemory(as: UInt8.self, repeating: 0x61, count: length)
      UnsafeMutableRawBufferPointer(start: start, count: count).copyBytes(from: bytes)
    }

    var base: UnsafeRawPointer { UnsafeRawPointer(start) }
  }

  private func matches(_ text: String, _ needles: [String]?) -> Bool {
    let memory = Memory(text)
    defer { memory.base.deallocate() }
    return Prefilter(alternatives: needles.map { $0.map { Array($0.utf8) } })
      .matches(memory.base, from: 0, to: memory.count)
  }

  @Test func needlesAreFoundInEitherCase() {
    for text in [
      "DescribeImageScanFindings", "describeimagescanfindings", "xDESCRIBEIMAGESCANFINDINGS",
    ] {
      #expect(matches(text, ["describeimagescanfindings"]))
    }
    #expect(!matches("DescribeImageScanFinding", ["describeimagescanfindings"]))
    #expect(matches("a PutImage b", ["getobject", "putimage"]))
    #expect(!matches("", ["putimage"]))
    // Bytes that differ from letters in the case bit alone are no letters.
    #expect(!matches("@", ["a"]) && !matches("{", ["z"]))
  }

  @Test func exactlyTheEscapesOfLettersAndBackslashAreCandidates() {
    for code in 0..<256 {
      let isHidden =
        (0x41...0x5a).contains(code) || (0x61...0x7a).contains(code) || code == 0x5c
      for uppercase in [false, true] {
        let digits = String(code, radix: 16, uppercase: uppercase)
        let text = "\\u00" + (digits.count < 2 ? "0" : "") + digits
        #expect(matches("{\"a\":\"\(text)\"}", ["zzz"]) == isHidden, "\(text)")
        #expect(matches("\\" + text, []) == isHidden)
      }
    }
    #expect(!matches(#"\u0141 \u1041 u0041 \U0041 \u004"#, ["zzz"]))
  }

  @Test func withoutNeedlesOfUseEverythingIsACandidate() {
    #expect(matches("{}", nil))
    #expect(matches("{}", ["ok", "not-letters"]))
    #expect(matches("{}", [""]))
    let many = (0..<20).map { "needle" + String(UnicodeScalar(UInt8(0x61 + $0))) }
    #expect(matches("{}", many))
    // One alternative that all others contain stands for them.
    #expect(!matches("{}", many + ["needle"]))
    #expect(matches("xneedlex", many + ["needle"]))
  }

  @Test func aSearchGivesTheSamePlacesAsLookingByteByByte() {
    let pieces = [
      "put", "PutImage", "getobject", "GET", "\\u0041", "\\u0026", "ob", "je", "{", "x",
    ]
    for seed in 0..<400 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let count = Int(random.next() % 80)
      let text = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let needles = seed % 4 == 0 ? [] : seed % 2 == 0 ? ["putimage"] : ["object", "tim", "q"]
      let memory = Memory(text)
      defer { memory.base.deallocate() }
      let prefilter = Prefilter(alternatives: needles.map { Array($0.utf8) })
      var index = 0
      while index < memory.count {
        let expected = Self.naive(Array(text.utf8), needles, from: index)
        let found = prefilter.next(in: memory.base, from: index, to: memory.count)
        #expect(found == expected, "seed \(seed) at \(index)")
        index = expected + 1 + Int(random.next() % 5)
      }
    }
  }

  /// Both ways of passing over lines stop at the same places, and count the same lines between.
  @Test func linesArePassedOverAlikeInVectorsAndByteByByte() {
    defer { cb_set_plain(false) }
    let pieces = [
      "{", "}", "\n", "}\n{", "PutImage", "put", "image", "\\u0041", "\\u0026", "", "ab", " ",
      String(repeating: "x", count: 40),
    ]
    for seed in 0..<300 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let count = Int(random.next() % 120)
      let text = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let memory = Memory("{" + text + "}\n")
      defer { memory.base.deallocate() }
      let needles = seed % 3 == 0 ? [] : seed % 3 == 1 ? ["putimage"] : ["image", "tput", "q"]
      let prefilter = Prefilter(alternatives: needles.map { Array($0.utf8) })
      let stops = [false, true].map { isPlain in
        cb_set_plain(isPlain)
        return Self.stops(prefilter, memory.base, memory.count)
      }
      #expect(stops[0].elementsEqual(stops[1]) { $0 == $1 }, "seed \(seed)")
    }
  }

  /// Each stop, and how many plain lines came before it.
  private static func stops(
    _ prefilter: Prefilter, _ base: UnsafeRawPointer, _ end: Int
  ) -> [(Prefilter.Stop, Int64)] {
    var lines = cb_lines(line: 0, from: 0, plain: 0)
    var stops: [(Prefilter.Stop, Int64)] = []
    while true {
      let stop = prefilter.next(in: base, &lines, to: end, longest: 60)
      stops.append((stop, lines.plain))
      switch stop {
      case .end: return stops
      case .candidate(let place), .unusual(let place):
        var feed = place
        while base.load(fromByteOffset: feed, as: UInt8.self) != 0x0a { feed += 1 }
        lines.line = feed + 1
        lines.from = feed + 1
      }
    }
  }

  private static func naive(_ text: [UInt8], _ needles: [String], from start: Int) -> Int {
    let folded = text.map { $0 >= 0x41 && $0 <= 0x5a ? $0 | 0x20 : $0 }
    return (start..<text.count).first { place in
      needles.contains { folded[place...].starts(with: $0.utf8) }
        || folded[place...].starts(with: "\\u0041".utf8)
    } ?? text.count
  }
}
