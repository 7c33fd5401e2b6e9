import CloudTrail
import DetectionEngine
import Detections
import Events
import Findings
import TestSupport
import Testing

/// The whole pack, and searches with every command that looks at several rows: however records
/// come, the rows are those of one batch.
@Suite("All rules in any order")
struct AllRulesPropertyTests {
  private static let compared = [
    "`cloudtrail` | stats count by user_name | eventstats max(count) as top | where count=top",
    "`cloudtrail` | sort _time | streamstats count as number by user_name | where number=2",
    "`cloudtrail` | stats count dc(src) as sources by user_name | sort - count user_name | head 2",
    "`cloudtrail` | dedup user_name | table _time user_name eventName",
    "`cloudtrail` | top limit=1 user_name", "`cloudtrail` | rare user_name by eventName",
    "`cloudtrail` | stats count by user_name | append [search `cloudtrail` errorCode=success "
      + "| stats count by eventName] | stats sum(count) as count by user_name",
    "`cloudtrail` | table user_name eventName | join user_name "
      + "[search `cloudtrail` eventName=PutImage | stats count by user_name]",
    "`cloudtrail` | lookup teams user as user_name OUTPUT team | stats count by team user_name",
    "`cloudtrail` | stats count by user_name | lookup teams user as user_name | stats values(*) as "
      + "* by team",
    "`cloudtrail` | inputlookup append=t teams | fillnull user_name value=nobody "
      + "| stats count by user_name | where count>1",
    "`cloudtrail` [| inputlookup teams | rename user as user_name | fields user_name] | table _time "
      + "user_name",
    "`cloudtrail` | stats min(_time) as first by user_name | inputlookup known append=t "
      + "| stats min(first) as first by user_name | outputlookup known | addinfo "
      + "| where first >= info_min_time",
    "`cloudtrail` | lookup known user_name OUTPUT first as before | where isnotnull(before) "
      + "| stats count by user_name",
    "`cloudtrail` | transaction user_name maxspan=10m | table user_name eventcount duration",
    "`cloudtrail` | fillnull | stats count by user_name errorMessage",
    "`cloudtrail` | stats count by user_name | search count<3",
    "`cloudtrail` | stats count by user_name | tail 2 | reverse | appendpipe [stats count]",
  ]

  private static let teams = TextFile(
    path: "teams.csv", text: "user,team\nalice,blue\nmallory,red\ntest,blue\n")

  private static func rules() throws -> [Rule] {
    try Floor.library.rules.compactMap(\.rule) + Floor.rules(compared, lookups: [teams])
  }

  /// Something that is read: a record of the pack's samples, or a scan of a test's making.
  private enum Incoming {
    case record(CloudTrailRecord)
    case scan(Scan)

    func add(to batch: inout RowBatch, _ rules: RuleSet) {
      switch self {
      case .scan(let scan): batch.append(RowBatch([scan], rules: rules))
      case .record(let record):
        rules.evaluate(
          record.event(source: "logs/sample.json", host: "here"),
          from: RecordOrigin(
            path: "logs/sample.json", offset: 0, sourcetype: record.sourceType.rawValue),
          identity: { record.identity }, raw: { Array(record.rawBytes) }, into: &batch)
      }
    }
  }

  private static let later = Scan.noon + 60 * 86_400

  @Test func howRecordsComeDoesNotShow() throws {
    let rules = try Self.rules()
    let samples = try Pack.samples.flatMap { try Samples($0.path).records }.map(Incoming.record)
    for seed in UInt64(0)..<3 {
      var random = SplitMix64(seed: seed)
      let records =
        samples.filter { _ in Int.random(in: 0..<3, using: &random) > 0 }
        + (0..<9).map { Incoming.scan(Self.scan($0, &random)) }
      let whole = try Floor(rules)
      var engine = whole.engine()
      try engine.apply(Self.batch(records, whole.rules), now: Self.later)
      try whole.settle(&engine, now: Self.later)
      let parts = try Floor(rules)
      try Self.feed(records, to: parts, &random)
      let expected = whole.ledger.contents
      let found = parts.ledger.contents
      #expect(
        Set(expected.rows.values.map(\.rule)).count >= 20, "seed \(seed): few rules have rows")
      #expect(
        Set(expected.rows.keys).symmetricDifference(found.rows.keys).isEmpty, "seed \(seed)")
      // That a record came before its time is said of when it came, which here is drawn.
      for (id, row) in expected.rows where found.rows[id]?.withoutFutureMark != row {
        Issue.record("seed \(seed): \(row.rule) has \(String(describing: found.rows[id]))")
      }
      #expect(found.riskEvents == expected.riskEvents, "seed \(seed)")
      #expect(found.lookups == expected.lookups, "seed \(seed)")
    }
  }

  /// In parts, in some order, some twice, with failing commits, restarts and evaluations between.
  private static func feed(
    _ records: [Incoming], to floor: Floor, _ random: inout SplitMix64
  ) throws {
    var limits = Engine.Limits()
    limits.cachedGroups = Int.random(in: 2...200, using: &random)
    var engine = floor.engine(limits)
    let copies = records.filter { _ in Bool.random(using: &random) }
    var rest = (records + copies).shuffled(using: &random)[...]
    while !rest.isEmpty {
      let size = Int.random(in: 1...6, using: &random)
      let batch = Self.batch(Array(rest.prefix(size)), floor.rules)
      // Some windows are open, others have closed.
      let now = Bool.random(using: &random) ? Scan.noon + 3600 : later
      if Int.random(in: 0..<4, using: &random) == 0 {
        floor.ledger.fill(true)
        #expect(throws: MemoryLedger.Full.self) { try engine.apply(batch, now: now) }
        floor.ledger.fill(false)
      }
      try engine.apply(batch, now: now)
      rest = rest.dropFirst(size)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: engine = floor.engine(limits)
      case 1: try floor.settle(&engine, now: now)
      case 2: _ = try engine.evaluateWindow(now: now)
      default: break
      }
    }
    engine = floor.engine(limits)
    try floor.settle(&engine, now: later)
  }

  private static func batch(_ records: [Incoming], _ rules: RuleSet) -> RowBatch {
    var batch = RowBatch()
    for record in records { record.add(to: &batch, rules) }
    return batch
  }

  private static func scan(_ number: Int, _ random: inout SplitMix64) -> Scan {
    func one<Item>(_ items: [Item]) -> Item {
      items[Int.random(in: 0..<items.count, using: &random)]
    }
    let findings = (0..<Int.random(in: 0...2, using: &random)).map { _ in
      Scan.Finding(
        name: one(["CVE-1", "CVE-2"]), severity: one(["HIGH", "CRITICAL", "LOW", "MEDIUM"]),
        description: one(["a", nil]))
    }
    return Scan(
      eventID: one(["x", "y", "\(number)", nil]),
      time: Scan.noon + Int64.random(in: 0..<10_800, using: &random),
      user: one(["test", "alice", "mallory", nil]), repository: one(["a", "b"]),
      imageDigest: one(["sha256:aa", nil]), findings: findings)
  }
}

extension ResultRow {
  fileprivate var withoutFutureMark: ResultRow {
    var row = self
    row.marks.removeAll { $0 == FutureEvents.mark.string }
    return row
  }
}
