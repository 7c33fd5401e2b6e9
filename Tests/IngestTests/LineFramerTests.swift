import TestSupport
import Testing

@testable import Ingest

@Suite("Lines")
struct LineFramerTests {
  @Test func aLineIsAUnitOrHoldsSeveral() throws {
    let framed = try frame(
      "\u{FEFF}{\"a\":1}\n\n  \r\n{\"b\":2}{\"c\":3}\r\n{\"Records\":[{\"d\":4},{\"e\":5}]}\n{\"f\":6}",
      asLines: true)
    #expect(
      framed.units.map(\.text) == [
        #"{"a":1}"#, #"{"b":2}"#, #"{"c":3}"#, #"{"d":4}"#, #"{"e":5}"#, #"{"f":6}"#,
      ])
    #expect(framed.bad.isEmpty)
    #expect(framed.records == 6)
  }

  @Test func aBadLineCostsItself() throws {
    for needles in [nil, ["zzz"]] as [[String]?] {
      let framed = try frame(
        "junk\n{\"a\":1}\n{\"b\":\n\u{1}\n{\"c\":3}\n{\"cut", asLines: true, needles: needles)
      #expect(framed.bad.map(\.offset) == [0, 13, 29])
      #expect(framed.bad.map(\.reason) == [.notJSON, .cutOff, .cutOff])
      #expect(framed.records == 2)
      #expect(framed.bad.first?.head == Array("junk".utf8))
    }
  }

  @Test func onlyCandidatesAreHandedOnAndAllAreCounted() throws {
    let framed = try frame(
      "{\"n\":\"Get\"}\n{\"n\":\"PUTIMAGE\"}{\"n\":\"x\"}\n{\"n\":\"\\u0070utImage\"}\n",
      asLines: true, needles: ["putimage"])
    #expect(framed.units.map(\.text) == [#"{"n":"PUTIMAGE"}"#, #"{"n":"\u0070utImage"}"#])
    #expect(framed.records == 4)
  }

  @Test func aLineThatIsTooLongCostsItself() throws {
    let long = "{\"a\":\"" + String(repeating: "x", count: Framing.unitLimit) + "\"}"
    for needles in [nil, ["zzz"], ["good"]] as [[String]?] {
      let framed = try frame(
        "{\"good\":1}\n\(long)\n{\"good\":2}\n", asLines: true, needles: needles, chunk: 1 << 20)
      #expect(framed.units.count == (needles == ["zzz"] ? 0 : 2))
      #expect(framed.bad.map(\.reason) == [.tooLong])
      #expect(framed.bad.map(\.offset) == [11])
    }
  }

  @Test func valuesWithoutLineFeedsNeedNoEndOfLine() throws {
    // Three lines' worth of one line, longer than what is held for a line.
    let record = "{\"n\":\"" + String(repeating: "y", count: 90_000) + "\"}"
    let text = String(repeating: record, count: 40)
    for chunk in [1 << 16, 1 << 20, 8 << 20] {
      let framed = try frame(text, asLines: true, pieces: [chunk], chunk: chunk)
      #expect(framed.units.count == 40)
      #expect(framed.units.map(\.offset) == (0..<40).map { Int64($0 * record.utf8.count) })
      #expect(framed.bad.isEmpty)
    }
  }

  @Test func cutsDoNotMatter() throws {
    for seed in 0..<600 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let text = RandomText.lines(&random)
      let needles = [nil, ["image"], ["zzz", "obj"]][Int(seed % 3)]
      let whole = try frame(text, asLines: true, needles: needles, chunk: 1 << 16)
      let pieces = (0..<9).map { _ in Int(random.next() % 13) + 1 }
      let cut = try frame(text, asLines: true, needles: needles, pieces: pieces, chunk: 5)
      #expect(cut == whole, "seed \(seed): \(text)")
    }
  }

  @Test func linesAreUnitsOfANaiveSplit() throws {
    for seed in 0..<200 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let records = (0..<Int(random.next() % 30)).map { _ in RandomText.record(&random) }
      let expected = records.filter {
        $0.lowercased().contains("putimage") || $0.contains("\\u0050")
      }
      let framed = try frame(
        records.joined(separator: "\n"), asLines: true, needles: ["putimage"], pieces: [31])
      #expect(framed.units.map(\.text) == expected, "seed \(seed)")
      #expect(framed.records == records.count)
    }
  }
}
