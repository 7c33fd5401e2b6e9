import Events
import TestSupport
import Testing

@testable import Storage

/// Texts are told apart by all of their bytes, however many there are.
@Suite struct TextNumbersTests {
  @Test func whatWasAddedIsFoundAndNothingElse() {
    for seed in UInt64(1)...4 {
      var random = SplitMix64(seed: seed)
      var numbers = TextNumbers()
      var model: [[UInt8]: Int64] = [:]
      for round in 0..<4_000 {
        // Few letters and lengths around those that are read at once: many texts nearly the same.
        let count = Int.random(in: 0...40, using: &random)
        let text = (0..<count).map { _ in UInt8.random(in: 0...1, using: &random) }
        text.withUnsafeBytes { bytes in
          let hash = numbers.hash(bytes)
          let found = numbers.number(of: bytes, hash: hash)
          #expect(found == model[text], "seed \(seed), \(text)")
          if found == nil { numbers.add(bytes, hash: hash, number: Int64(round)) }
        }
        model[text] = model[text] ?? Int64(round)
      }
      #expect(numbers.count == model.count)
    }
  }
}
