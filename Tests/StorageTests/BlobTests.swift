import Events
import Findings
import Foundation
import TestSupport
import Testing

@testable import Storage

/// What is kept as bytes: comes back exactly, and damage is told, never trapped on.
@Suite struct BlobTests {
  static let values: [Value] = [
    .null, "", "text", "nul\0a", "e\u{301}", .number(.whole(0)), .number(.whole(-1)),
    .number(.whole(.max)), .number(.whole(.min)), .number(.real(0.1)), .number(.real(-1e300)),
    .many(["a", .number(.whole(300)), ""]), .string(String(repeating: "x", count: 300)),
  ]

  private var blob: BlobWriter {
    var blob = BlobWriter()
    for value in BlobTests.values { blob.value(value) }
    blob.bytes([0, 255, 1])
    blob.texts(["", "b"])
    return blob
  }

  private func read(_ data: Data) throws -> ([Value], [UInt8], [String]) {
    var reader = try BlobReader(data)
    let values = try BlobTests.values.map { _ in try reader.value() }
    return (values, try reader.byteString(), try reader.texts())
  }

  @Test func valuesComeBackExactly() throws {
    let (values, bytes, texts) = try read(blob.data)
    #expect(values == BlobTests.values)
    #expect(bytes == [0, 255, 1] && texts == ["", "b"])
  }

  @Test func everyCutIsToldAsDamage() {
    let data = blob.data
    for count in 0..<data.count {
      #expect(throws: StorageProblem.self, "\(count)") { try read(Data(data.prefix(count))) }
    }
  }

  @Test func noDamageTraps() {
    var random = SplitMix64(seed: 7)
    let data = blob.data
    for _ in 0..<3_000 {
      var damaged = data
      for _ in 0..<3 {
        damaged[Int.random(in: 0..<damaged.count, using: &random)] = .random(
          in: 0...255, using: &random)
      }
      // Damage may happen to read as other values; that it returns at all is what is asked.
      _ = try? read(damaged)
      _ = try? RecordText.unpack(damaged)
    }
  }

  @Test func recordsComeBackExactlyAndSmaller() throws {
    let json = Array(String(repeating: #"{"eventName":"x"},"#, count: 500).utf8)
    for raw in [[], [0], Array(0...255), json, Array(repeating: 0, count: 1 << 18)] as [[UInt8]] {
      let packed = RecordText.pack(raw)
      #expect(try RecordText.unpack(packed) == raw)
      #expect(packed.count <= raw.count + 1)
    }
    #expect(RecordText.pack(json).count < json.count / 20)
    #expect(throws: StorageProblem.self) { try RecordText.unpack(Data([2, 1])) }
    #expect(throws: StorageProblem.self) {
      try RecordText.unpack(RecordText.pack(json).dropLast(3))
    }
  }

  @Test func storedTextHasNoNulAndIsUndoneExactly() {
    var random = SplitMix64(seed: 3)
    let scalars: [Unicode.Scalar] = [
      "\0", "a", "\u{10FFFE}", "\u{10FFFF}", "\u{10FFFD}", "\u{301}",
    ]
    var seen: [Text: Text] = [:]
    for _ in 0..<2_000 {
      var view = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...5, using: &random) {
        view.append(scalars.randomElement(using: &random) ?? "a")
      }
      let text = String(view)
      let stored = StoredText.encode(text)
      #expect(!stored.utf8.contains(0))
      #expect(Text(StoredText.decode(stored)) == Text(text))
      #expect(seen.updateValue(Text(text), forKey: Text(stored)) ?? Text(text) == Text(text))
    }
  }

  @Test func idsComeBackAsTheyWere() {
    for digits in [
      "", "00", "0aff", "abc", "XYZ", "0AFF", "a\0", String(repeating: "9f", count: 32),
    ] {
      #expect(StoredID.decode(StoredID.encode(digits)) == digits)
    }
  }
}
