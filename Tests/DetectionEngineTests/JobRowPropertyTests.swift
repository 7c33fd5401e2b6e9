import Detections
import Events
import Findings
import Streaming
import TestSupport
import Testing

@testable import DetectionEngine

@Suite("Rows of a job in any order")
struct JobRowPropertyTests {
  /// However versions are ordered, repeated and cut into batches, however often a commit fails or
  /// the engine is started again, and whatever records of the same rows are read in between: the
  /// job's highest version where it stands, else what the records here give.
  @Test func orderRepeatsFailuresRestartsAndRecordsDoNotShow() throws {
    for seed in UInt64(0)..<80 {
      var random = SplitMix64(seed: seed)
      let isWindowed = seed % 4 == 3
      let floor = try Self.floor(isWindowed: isWindowed)
      let plan = try #require(floor.rules.rules.first).planHash
      let scans = (0..<8).map { Self.scan($0, &random) }
      let here = try Self.made(
        of: scans.filter { _ in seed % 2 == 0 }, isWindowed: isWindowed, [])
      let there = try Self.made(
        of: (8..<14).map { Self.scan($0, &random) }, isWindowed: isWindowed, scans)
      let told = try Self.versions(of: there.rows, plan: plan, &random)
      var pieces: [RowBatch] = told.map { row in
        var batch = RowBatch()
        batch.jobRows = [row]
        return batch
      }
      if seed % 2 == 0 { pieces += scans.map { RowBatch([$0], rules: floor.rules) } }
      try Self.run(pieces.shuffled(using: &random), on: floor, &random)
      var expected = here.ledger.contents
      for (id, newest) in try Self.newest(told, on: floor) {
        guard let content = newest.content else { continue }
        let composer = RowComposer(
          floor.rules.rules[0], techniques: Floor.library.techniques, settings: .none)
        let row = composer.row(GroupKey(newest.key), content, in: newest.window, records: [])
        expected.rows[id] = row
        expected.riskEvents = expected.riskEvents.filter { $0.value.row != id }
        for event in composer.riskEvents(of: row) { expected.riskEvents[event.id] = event }
      }
      let found = floor.ledger.contents
      #expect(found.rows == expected.rows, "seed \(seed)")
      #expect(found.riskEvents == expected.riskEvents, "seed \(seed)")
    }
  }

  private static func floor(isWindowed: Bool) throws -> Floor {
    isWindowed
      ? try Floor(
        Floor.rules(["`cloudtrail` | stats count by user_name | eventstats sum(count) as all"]))
      : try Floor()
  }

  private static func made(
    of scans: [Scan], isWindowed: Bool, _ others: [Scan]
  ) throws -> Floor {
    let floor = try floor(isWindowed: isWindowed)
    var engine = try floor.apply([scans + others], now: end)
    try floor.settle(&engine, now: end)
    return floor
  }

  /// When every window is closed.
  private static let end = Scan.noon + 86_400

  /// Up to four versions of each row, some of them withdrawals, some told twice.
  private static func versions(
    of rows: [ResultRow], plan: String, _ random: inout SplitMix64
  ) throws -> [JobRow] {
    var told: [JobRow] = []
    for row in rows {
      for version in 1...Int64.random(in: 1...4, using: &random) {
        var job = try JobRow(
          row, plan: plan, version: version, stands: Int.random(in: 0..<3, using: &random) > 0)
        job.content?.count = Int(version)
        told += Array(repeating: job, count: Int.random(in: 1...2, using: &random))
      }
    }
    return told
  }

  private static func newest(_ told: [JobRow], on floor: Floor) throws -> [RowID: JobRow] {
    let composer = RowComposer(
      floor.rules.rules[0], techniques: Floor.library.techniques, settings: .none)
    return Dictionary(
      told.map { (composer.rowID(of: GroupKey($0.key), in: $0.window), $0) },
      uniquingKeysWith: { $0.version >= $1.version ? $0 : $1 })
  }

  private static func run(
    _ pieces: [RowBatch], on floor: Floor, _ random: inout SplitMix64
  ) throws {
    var engine = floor.engine()
    var rest = pieces[...]
    while !rest.isEmpty {
      var batch = RowBatch()
      for piece in rest.prefix(Int.random(in: 1...6, using: &random)) {
        batch.append(piece)
        rest.removeFirst()
      }
      if Int.random(in: 0..<4, using: &random) == 0 {
        floor.ledger.fill(true)
        #expect(throws: MemoryLedger.Full.self) { try engine.apply(batch, now: end) }
        floor.ledger.fill(false)
      }
      try engine.apply(batch, now: end)
      if Int.random(in: 0..<4, using: &random) == 0 { engine = floor.engine() }
      if Int.random(in: 0..<3, using: &random) == 0 { try floor.settle(&engine, now: end) }
    }
    try floor.settle(&engine, now: end)
  }

  private static func scan(_ number: Int, _ random: inout SplitMix64) -> Scan {
    func one<Item>(_ items: [Item]) -> Item {
      items[Int.random(in: 0..<items.count, using: &random)]
    }
    return Scan(
      eventID: "\(number)", time: Scan.noon + Int64.random(in: 0..<7200, using: &random),
      user: one(["test", "root"]), repository: one(["a", "b"]),
      findings: [Scan.Finding(name: one(["CVE-1", "CVE-2"]))])
  }
}
