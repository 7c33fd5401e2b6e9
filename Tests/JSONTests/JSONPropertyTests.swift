import JSON
import TestSupport
import Testing

@Suite struct JSONPropertyTests {
  @Test func canonicalTextIsItsOwnCanonicalText() throws {
    for seed in 0..<2000 as Range<UInt64> {
      var source = RandomJSON(seed: seed)
      let text = source.text()
      let once = try value(text).canonicalBytes
      let again = try JSONDocument(once)
      #expect(again.root.canonicalBytes == once, "seed \(seed): \(text)")
      #expect(again.hasDuplicateKeys == false, "seed \(seed): \(text)")
      #expect(leaves(again.root) == leaves(try value(text)), "seed \(seed): \(text)")
    }
  }

  @Test func everyLeafIsFoundUnderItsPath() throws {
    for seed in 0..<1000 as Range<UInt64> {
      var source = RandomJSON(seed: seed)
      let root = try value(source.text())
      for field in JSONLeaves(of: root).fields {
        let found = JSONPath(field.path, braces: .arraysOnly).values(in: root)
          .filter(\.isLeaf).map(\.raw)
        #expect(found == field.values.map(\.raw), "seed \(seed): \(field.path)")
      }
    }
  }

  @Test func damagedBytesNeverDoMoreThanMakeAProblem() throws {
    for seed in 0..<4000 as Range<UInt64> {
      var source = RandomJSON(seed: seed)
      var bytes = Array(source.text().utf8)
      for _ in 0..<Int.random(in: 1...4, using: &source.random) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &source.random)
        switch Int.random(in: 0..<3, using: &source.random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &source.random)
        case 1: bytes.remove(at: place)
        default: bytes.removeLast(bytes.count - place)
        }
      }
      do {
        let root = try JSONDocument(bytes).root
        let once = root.canonicalBytes
        #expect(try JSONDocument(once).root.canonicalBytes == once, "seed \(seed)")
        _ = leaves(root)
      } catch {
        #expect(error.offset <= bytes.count, "seed \(seed)")
      }
    }
  }

  @Test func everyPrefixOfATextIsAProblemAtItsEnd() throws {
    let text = Array(#"{"a":[1.5e3,true,"x\u00e9\n",{"b":null}],"c":"d"}"#.utf8)
    for length in 0..<text.count {
      let found = problem(text[..<length])
      #expect(found?.offset == length, "prefix of \(length) bytes")
    }
  }

  private func leaves(_ root: JSONValue) -> Set<String> {
    Set(JSONLeaves(of: root).fields.map { "\($0.path) \($0.values.compactMap(\.text).sorted())" })
  }
}
