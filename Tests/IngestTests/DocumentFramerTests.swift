import TestSupport
import Testing

@testable import Ingest

@Suite("Documents")
struct DocumentFramerTests {
  private func units(_ text: String) throws -> [String] {
    try frame(text, asLines: false).units.map(\.text)
  }

  @Test func unitsAreTheElementsOfEnvelopesAndEveryOtherValue() throws {
    #expect(try units(#"{"Records":[{"a":1},{"b":[2]}]}"#) == [#"{"a":1}"#, #"{"b":[2]}"#])
    #expect(
      try units("\u{FEFF}{ \"x\" : \"y]\" ,\n\"Records\" : [ {\"a\":1} ] , \"z\": 1 }\n") == [
        #"{"a":1}"#
      ])
    #expect(try units(#"{"Rec\u006frds":[{"a":1}]}"#) == [#"{"a":1}"#])
    #expect(try units("[{\"a\":1},\n{\"b\":2}]") == [#"{"a":1}"#, #"{"b":2}"#])
    #expect(try units("{\n \"a\": 1\n}") == ["{\n \"a\": 1\n}"])
    #expect(
      try units(#"{"a":1}{"Records":[{"b":2}]} {"c":3}"#) == [
        #"{"a":1}"#, #"{"b":2}"#, #"{"c":3}"#,
      ])
    #expect(try units(#"{"Records":[]}"#).isEmpty)
    #expect(try units(#"{"Records":{"a":1}}"#) == [#"{"Records":{"a":1}}"#])
    #expect(try units("").isEmpty)
  }

  @Test func offsetsAreThoseOfTheText() throws {
    let framed = try frame(#"  {"Records":[ {"a":1}, {"b":2}]}"#, asLines: false)
    #expect(framed.units.map(\.offset) == [15, 24])
    #expect(framed.records == 2)
  }

  @Test func aBadElementCostsItself() throws {
    let good = #"{"a":1}"#
    for bad in [
      #"{"b":]}"#, #"{"b":"x},{"c":"y"}"#, #"{"b":[1}"#, #"{"b":"x"y"}"#, "oops", "7", "\"text\"",
      "[1]", "null", "{\"b\":{\"c\":[}",
    ] {
      let framed = try frame(
        "{\"Records\":[\(good),\(bad),{\"z\":9}]}", asLines: false, pieces: [7])
      #expect(framed.units.first?.text == good, "\(bad)")
      #expect(framed.units.last?.text == #"{"z":9}"#, "\(bad)")
      #expect(framed.bad.count >= 1, "\(bad)")
      #expect(framed.bad.first?.offset == 20, "\(bad)")
      #expect(framed.ending == .whole, "\(bad)")
    }
  }

  @Test func textThatEndsInAValueIsCutOff() throws {
    let whole = "  {\"x\":1,\n\"Records\":[{\"a\":\"}\"},{\"b\":2}]}"
    for length in 3..<whole.utf8.count {
      let text = String(decoding: whole.utf8.prefix(length), as: UTF8.self)
      #expect(try frame(text, asLines: false).ending == .cutOff(2), "\(text)")
    }
    #expect(try frame(whole, asLines: false).ending == .whole)
  }

  @Test func brokenTopLevelValuesCostThemselves() throws {
    let framed = try frame(
      "{\"a\":1}\n{\"b\":]\n{\"c\":3}\njunk {\"d\":4}\n{\"e\":5}", asLines: false)
    #expect(framed.units.map(\.text) == [#"{"a":1}"#, #"{"c":3}"#, #"{"e":5}"#])
    #expect(framed.bad.map(\.reason) == [.broken, .notJSON])
    #expect(framed.bad.last?.head == Array("junk {\"d\":4}".utf8))
  }

  @Test func onlyCandidatesAreHandedOnAndAllAreCounted() throws {
    let framed = try frame(
      #"{"Records":[{"n":"PutImage"},{"n":"Get"},{"n":"\u0050utImage"}]}"#, asLines: false,
      needles: ["putimage"])
    #expect(framed.units.map(\.text) == [#"{"n":"PutImage"}"#, #"{"n":"\u0050utImage"}"#])
    #expect(framed.records == 3)
  }

  @Test func aRecordThatIsTooLongIsLeftOut() throws {
    let long = "{\"a\":\"" + String(repeating: "x", count: Framing.unitLimit) + "\"}"
    let text = "{\"Records\":[{\"b\":1},\(long),{\"c\":2}]}\n\(long)\n{\"d\":3}"
    let framed = try frame(text, asLines: false, chunk: 1 << 20)
    #expect(framed.units.map(\.text) == [#"{"b":1}"#, #"{"c":2}"#, #"{"d":3}"#])
    #expect(framed.bad.map(\.reason) == [.tooLong, .tooLong])
  }

  @Test func hostileNestingEndsInTime() throws {
    let text = "{\"Records\":[" + String(repeating: "{\"a\":[,", count: 5000)
    _ = try frame(text, asLines: false, chunk: 4096)
    let strings = "{\"Records\":[" + String(repeating: ",{\"", count: 20_000)
    _ = try frame(strings, asLines: false, chunk: 4096)
  }

  @Test func damagedTextsAreCutTheSameWhereverTheyArrive() throws {
    let hostile = Array("{}[]\",:\\ nu0\n\u{0}\u{7F}".unicodeScalars)
    for seed in 0..<1500 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      var scalars = Array(RandomText.document(&random).unicodeScalars)
      for _ in 0..<Int.random(in: 1...5, using: &random) where !scalars.isEmpty {
        let place = Int.random(in: scalars.indices, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: scalars.removeSubrange(place...)
        case 1: scalars.remove(at: place)
        case 2: scalars.insert(contentsOf: scalars[place...].prefix(40), at: place)
        default: scalars[place] = hostile.randomElement(using: &random) ?? "{"
        }
      }
      var text = ""
      text.unicodeScalars.append(contentsOf: scalars)
      for asLines in [false, true] {
        let whole = try frame(text, asLines: asLines)
        let cut = try frame(text, asLines: asLines, pieces: [1, 3, 7], chunk: 5)
        #expect(cut.units == whole.units, "seed \(seed): \(text)")
        #expect(cut.ending == whole.ending, "seed \(seed): \(text)")
        #expect(cut.bad.map(\.offset) == whole.bad.map(\.offset), "seed \(seed): \(text)")
      }
    }
  }

  @Test func cutsDoNotMatter() throws {
    for seed in 0..<600 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let text = RandomText.document(&random)
      let whole = try frame(text, asLines: false, needles: seed % 2 == 0 ? nil : ["image"])
      let pieces = (0..<9).map { _ in Int(random.next() % 11) + 1 }
      let cut = try frame(
        text, asLines: false, needles: seed % 2 == 0 ? nil : ["image"], pieces: pieces, chunk: 5)
      #expect(cut.units == whole.units, "seed \(seed): \(text)")
      #expect(cut.ending == whole.ending, "seed \(seed): \(text)")
      #expect(cut.records == whole.records, "seed \(seed): \(text)")
      #expect(cut.bad.map(\.offset) == whole.bad.map(\.offset), "seed \(seed): \(text)")
    }
  }
}

/// Texts of the kinds that readers meet, mostly good.
enum RandomText {
  static func pick(_ choices: [String], _ random: inout SplitMix64) -> String {
    choices.randomElement(using: &random) ?? ""
  }

  static func record(_ random: inout SplitMix64, pretty: Bool = false) -> String {
    let break_ = pretty ? "\n  " : ""
    let names = ["PutImage", "putimage", "GetObject", "\\u0050ut", "{,{\\\"", "]", "é"]
    var members = ["\"n\":\"\(pick(names, &random))\""]
    if random.next() % 2 == 0 { members.append("\"v\":\(random.next() % 100)") }
    if random.next() % 3 == 0 { members.append("\"o\":{\"x\":[1,{\"y\":null}]}") }
    return "{" + break_ + members.joined(separator: "," + break_) + (pretty ? "\n" : "") + "}"
  }

  static func bad(_ random: inout SplitMix64) -> String {
    pick(
      ["{\"a\":]}", "oops", "{\"a\":\"b\"c\"}", "\"text\"", "17", "[}", "{\"a\"", "}{", ","],
      &random)
  }

  static func elements(_ random: inout SplitMix64) -> String {
    (0..<Int(random.next() % 6)).map { _ in
      random.next() % 8 == 0 ? bad(&random) : record(&random, pretty: random.next() % 4 == 0)
    }.joined(separator: pick([",", " , ", ",\n"], &random))
  }

  static func document(_ random: inout SplitMix64) -> String {
    var text = random.next() % 8 == 0 ? "\u{FEFF}" : ""
    for _ in 0..<Int(random.next() % 3) + 1 {
      switch random.next() % 5 {
      case 0: text += record(&random, pretty: true)
      case 1: text += "[" + elements(&random) + "]"
      case 2: text += bad(&random)
      default:
        text += pick(["{\"Records\":[", "{ \"a\":{\"b\":1},\n \"logEvents\" : [ "], &random)
        text += elements(&random) + pick(["]}", "] , \"k\":[1] }", "]", ""], &random)
      }
      text += pick(["", "\n", " "], &random)
    }
    return text
  }

  static func lines(_ random: inout SplitMix64) -> String {
    var text = random.next() % 8 == 0 ? "\u{FEFF}" : ""
    for _ in 0..<Int(random.next() % 8) {
      switch random.next() % 8 {
      case 0: text += bad(&random)
      case 1: text += record(&random) + record(&random)
      case 2: text += "{\"Records\":[" + elements(&random).replacing("\n", with: " ") + "]}"
      case 3: text += pick(["", " ", "\t", "\r"], &random)
      default: text += pick(["", " "], &random) + record(&random) + pick(["", "\r", " "], &random)
      }
      text += "\n"
    }
    return random.next() % 3 == 0 ? text + record(&random) : text
  }
}
