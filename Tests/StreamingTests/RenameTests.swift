import Events
import SPL
import TestSupport
import Testing

@testable import Streaming

@Suite struct Renamings {
  private static let words = ["a", "b", "a.x", "a.y", "b.x", "c.a.x", "x.a", "_time"]
  private static let patterns = ["a.*", "*", "b.*", "*.x", "c.*.x", "my.*"]

  @Test func listJustTheNamesThatHaveValues() {
    for seed in 0..<UInt64(400) {
      var random = SplitMix64(seed: seed)
      let below = Renamings.fields(using: &random)
      let pairs = (0..<Int.random(in: 1...3, using: &random)).map { _ in
        Renamings.pair(using: &random)
      }
      let renamed = RenamedFields(RenameMap(pairs), above: below)
      let names = renamed.names
      #expect(Set(names).count == names.count, "seed \(seed)")
      for name in names { #expect(!renamed.value(of: name).isNull, "seed \(seed): \(name)") }
      for word in Renamings.words + Renamings.words.map({ "my.\($0)" })
      where !names.contains(Text(word)) {
        #expect(renamed.value(of: Text(word)).isNull, "seed \(seed): \(word) of \(pairs)")
      }
    }
  }

  @Test func agreeOnPlainPairsHoweverTheyAreResolved() {
    for seed in 0..<UInt64(300) {
      var random = SplitMix64(seed: seed)
      let below = Renamings.fields(using: &random)
      let pairs = (0..<4).map { _ in Renamings.plainPair(using: &random) }
      let atOnce = RenamedFields(RenameMap(pairs), above: below)
      let oneByOne = pairs.reduce(below as any FieldSource) {
        RenamedFields(RenameMap([$1]), above: $0)
      }
      for word in Renamings.words {
        #expect(
          atOnce.value(of: Text(word)) == oneByOne.value(of: Text(word)), "seed \(seed): \(word)")
      }
    }
  }

  @Test func fillEachStarWithWhatItStoodFor() {
    let below = ListedFields(["a.1.b.2": "v"])
    let map = RenameMap([Renaming(from: "a.*.b.*", to: "x.*.y.*")])
    #expect(RenamedFields(map, above: below).value(of: "x.1.y.2") == "v")
  }

  private static func fields(using random: inout SplitMix64) -> ListedFields {
    let present = words.filter { _ in Bool.random(using: &random) }
    return ListedFields(
      Dictionary(uniqueKeysWithValues: present.map { (Text($0), .string("of \($0)")) }))
  }

  private static func plainPair(using random: inout SplitMix64) -> Renaming {
    Renaming(
      from: words[Int.random(in: 0..<words.count, using: &random)],
      to: words[Int.random(in: 0..<words.count, using: &random)])
  }

  private static func pair(using random: inout SplitMix64) -> Renaming {
    guard Bool.random(using: &random) else { return plainPair(using: &random) }
    return Renaming(
      from: patterns[Int.random(in: 0..<patterns.count, using: &random)],
      to: patterns.filter { $0.filter { $0 == "*" }.count == 1 }.randomElement(using: &random)
        ?? "*")
  }
}
