import Events
import Findings
import TestSupport
import Testing

@testable import DetectionEngine

@Suite("Engine in any order")
struct EnginePropertyTests {
  /// However records are cut into batches, ordered, repeated, and however often a commit fails or
  /// the engine is started again: the same rows, risk and ids.
  @Test func cutsOrderCopiesFailuresAndRestartsDoNotShow() throws {
    for seed in UInt64(0)..<60 {
      var random = SplitMix64(seed: seed)
      let scans = (0..<12).map { Self.scan($0, &random) }
      let whole = try Floor()
      try whole.apply([scans])
      let parts = try Floor()
      var limits = Engine.Limits()
      limits.cachedGroups = Int.random(in: 2...40, using: &random)
      var engine = parts.engine(limits)
      let copies = scans.filter { _ in Bool.random(using: &random) }
      var rest = (scans + copies).shuffled(using: &random)[...]
      while !rest.isEmpty {
        let size = Int.random(in: 1...5, using: &random)
        let batch = RowBatch(rest.prefix(size), rules: parts.rules)
        if Int.random(in: 0..<4, using: &random) == 0 {
          parts.ledger.fill(true)
          #expect(throws: MemoryLedger.Full.self) { try engine.apply(batch, now: Scan.noon) }
          parts.ledger.fill(false)
        }
        try engine.apply(batch, now: Scan.noon)
        rest = rest.dropFirst(size)
        if Int.random(in: 0..<4, using: &random) == 0 { engine = parts.engine(limits) }
      }
      let expected = whole.ledger.contents
      let found = parts.ledger.contents
      #expect(found.rows == expected.rows, "seed \(seed)")
      #expect(found.riskEvents == expected.riskEvents, "seed \(seed)")
      #expect(found.seen == expected.seen, "seed \(seed)")
    }
  }

  private static func scan(_ number: Int, _ random: inout SplitMix64) -> Scan {
    func one<Item>(_ items: [Item]) -> Item {
      items[Int.random(in: 0..<items.count, using: &random)]
    }
    let findings = (0..<Int.random(in: 0...3, using: &random)).map { _ in
      Scan.Finding(
        name: one(["CVE-1", "CVE-2", "é", "e\u{301}"]), severity: one(["HIGH", "high", "LOW"]),
        description: one(["a", nil]), package: one(["p", "q"]))
    }
    // Few ids for many records, so that some share one with other content.
    return Scan(
      eventID: one(["x", "y", "z", "\(number)", nil]),
      time: Scan.noon + Int64.random(in: 0..<7200, using: &random),
      user: one(["test", "root", nil]), repository: one(["a", "b"]),
      imageDigest: one(["sha256:aa", nil]), findings: findings)
  }
}
