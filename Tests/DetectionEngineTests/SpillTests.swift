import CloudTrail
import DetectionEngine
import Detections
import Diagnostics
import Events
import Findings
import JSON
import Streaming
import TestSupport
import Testing

/// Groups that do not fit into memory give the rows, in the order, of those that do.
@Suite("Spilled groups")
struct SpillTests {
  private static let searches = [
    "`cloudtrail` | stats count min(_time) as firstTime max(_time) as lastTime by user_name",
    "`cloudtrail` | stats count dc(src) as sources values(user_agent) as agents by user_name "
      + "signature | where count>1",
    "`cloudtrail` | stats first(user_name) as one last(user_name) as two list(eventID) as ids "
      + "earliest(user_name) latest(user_name) median(_time) mode(user_name) by vendor_region",
    "`cloudtrail` | stats sum(_time) avg(_time) stdev(_time) range(_time) p90(_time) "
      + "by requestParameters.repositoryName | rename avg(_time) as middle",
    "`cloudtrail` | stats count", "`cloudtrail` user_name=nobody | stats count by user_name",
    "`cloudtrail` | stats count by user_name | eventstats max(count) as top | where count=top",
    "`cloudtrail` | table _time user_name eventName",
  ]

  /// What a run comes to, rules in their order.
  private struct Answer: Equatable {
    var tables: [Table] = []
    var dropped: [[Text: Int]] = []
    var duplicates: [Int] = []
    var truncated: [Int] = []

    init(_ results: [AdHocRun.Result]) throws {
      tables = try results.map { try $0.table() }
      dropped = results.map(\.dropped)
      duplicates = results.map(\.duplicates)
      truncated = results.map(\.truncated)
    }
  }

  private typealias Incoming = (event: Event, identity: RecordIdentity)

  private static func answer(
    _ rules: [Rule], _ records: [Incoming], exact: Bool, limit: Int?
  ) throws -> (answer: Answer, blocks: Int) {
    let scratch = MemoryScratch()
    let overflow = limit.map { limit in
      AdHocRun.Overflow(beyond: limit) { () throws(ScratchProblem) in scratch }
    }
    var run = try AdHocRun(rules, exact: exact, asOf: Scan.noon + 4000, overflow: overflow)
    for record in records { run.add(record.event) { record.identity } }
    return (try Answer(try run.finish()), scratch.blocksKept)
  }

  /// Compares runs of several limits with one that has none.
  private static func compare(
    _ rules: [Rule], _ records: [Incoming], _ what: String
  ) throws {
    for exact in [false, true] {
      let whole = try answer(rules, records, exact: exact, limit: nil)
      #expect(whole.blocks == 0)
      for limit in [0, 8_000] {
        let spilled = try answer(rules, records, exact: exact, limit: limit)
        #expect(spilled.answer == whole.answer, "\(what), exact \(exact), limit \(limit)")
        let hasGroups = rules.count == 1 || limit > 0 || spilled.blocks > 0
        #expect(hasGroups, "\(what): nothing was spilled")
      }
    }
  }

  @Test func ofTheWholePackGiveTheSameRows() throws {
    let records = try Pack.samples.flatMap { try Samples($0.path).records }.map { record in
      (record.event(source: "sample", host: "here"), record.identity)
    }
    let rules = Floor.library.rules.compactMap(\.rule)
    try Self.compare(rules, records + records.reversed(), "the pack")
  }

  @Test func ofRandomScansGiveTheSameRows() throws {
    let rules = try Floor.rules(Self.searches) + [Floor.builtIn()]
    for seed in UInt64(0)..<6 {
      var random = SplitMix64(seed: seed)
      let scans = (0..<60).map { Self.scan($0, &random) }
      let copies = scans.filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
      let records = (scans + copies).shuffled(using: &random).map { ($0.event, $0.identity) }
      try Self.compare(rules, records, "seed \(seed)")
    }
  }

  /// One rule at a time, so that a program whose rows need all groups is seen to stay in memory.
  @Test func ofEveryProgramGiveTheSameRows() throws {
    var count = 0
    for program in try PlainProgram.all() {
      let text = SourceText(name: program.name, text: program.search)
      guard let rule = try? Rule(adHoc: text, macros: Floor.library.macros) else { continue }
      let records = program.events.enumerated().map { index, event in
        (event, RecordIdentity(eventID: Text("\(index / 2)"), contentHash: [UInt8(index % 251)]))
      }
      try Self.compare([rule], records + records.prefix(2), program.name)
      count += 1
    }
    #expect(count > 200)
  }

  @Test func manyGroupsAreSharedOutOverSeveralLevels() throws {
    let rule = try Floor.rule(
      "name: M\nid: m\ntype: Hunting\nsearch: '`cloudtrail` | stats count by eventID user_name'\n")
    let records = (0..<500).map { number -> Incoming in
      let scan = Scan(eventID: "\(number % 400)", user: number % 7 == 0 ? nil : "test")
      return (scan.event, scan.identity)
    }
    try Self.compare([rule], records, "many")
  }

  @Test func aFullDiskEndsTheRun() throws {
    let scratch = MemoryScratch(room: 3)
    let overflow = AdHocRun.Overflow(beyond: 0) { () throws(ScratchProblem) in scratch }
    var run = try AdHocRun([Floor.builtIn()], overflow: overflow)
    for number in 0..<40_000 where run.failure == nil {
      let findings = (0..<20).map { Scan.Finding(name: "CVE-\(number)-\($0)") }
      let scan = Scan(eventID: "\(number)", findings: findings)
      run.add(scan.event) { scan.identity }
    }
    #expect(run.failure == .full(directory: "memory"))
    #expect(throws: ScratchProblem.full(directory: "memory")) { try run.finish() }
  }

  private static func scan(_ number: Int, _ random: inout SplitMix64) -> Scan {
    func one<Item>(_ items: [Item]) -> Item {
      items[Int.random(in: 0..<items.count, using: &random)]
    }
    let findings = (0..<Int.random(in: 0...3, using: &random)).map { _ in
      Scan.Finding(
        name: one(["CVE-1", "CVE-2", "CVE-\(number)"]), severity: one(["HIGH", "HIGH", "LOW"]),
        description: one(["a", "a\u{0}b", "é", nil]))
    }
    return Scan(
      eventID: one(["x", "y", "\(number)", nil]),
      time: one([nil, Scan.noon + Int64.random(in: 0..<5_000, using: &random)]),
      user: one(["test", "alice", "user \(number)", nil]), userAgent: one(["aws-cli", "boto3"]),
      repository: one(["a", "b"]), imageDigest: one(["sha256:aa", nil]), findings: findings)
  }
}
