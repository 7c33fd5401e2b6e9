import DetectionEngine
import Events
import TestSupport
import Testing

@Suite("Ad-hoc run")
struct AdHocRunTests {
  private let scans = [
    Scan(eventID: "1", findings: [Scan.Finding(name: "CVE-1")]),
    Scan(eventID: "1", findings: [Scan.Finding(name: "CVE-1")]),
    Scan(eventID: "2", imageDigest: nil, findings: [Scan.Finding(name: "CVE-1")]),
    Scan(eventID: "3", findings: [Scan.Finding(name: "CVE-2", description: nil)]),
    Scan(eventID: "4", time: Scan.noon + 86400, user: nil),
  ]

  @Test func exactGivesSplunksRows() throws {
    let result = try run(exact: true)
    let table = try result.table()
    #expect(table.columns.last == "lastTime")
    #expect(table.rows.count == 1)
    #expect(table.value(0, "count") == .number(.whole(2)))
    #expect(result.duplicates == 0)
    #expect(
      result.dropped == ["user": 2, "imageDigest": 1, "finding_description": 1])
  }

  @Test func byDefaultCopiesCountOnceAndWhatSplunkLosesIsKeptAndMarked() throws {
    let result = try run(exact: false)
    let table = try result.table()
    #expect(table.columns.last == "watchfloor_marks")
    let marks = table.rows.map { $0.last }
    #expect(table.rows.count == 2)
    #expect(table.value(0, "count") == .number(.whole(2)))
    #expect(marks == ["digest from response", "finding_description is null"])
    #expect(result.duplicates == 1)
    #expect(result.dropped == ["user": 2])
  }

  @Test func bothRecordsOfAContestedEventIDAreMarked() throws {
    var run = try AdHocRun([Floor.builtIn()])
    for name in ["CVE-2", "CVE-1"] {
      let scan = Scan(eventID: "x", findings: [Scan.Finding(name: name)])
      run.add(scan.event) { scan.identity }
    }
    let table = try #require(try run.finish().first).table()
    #expect(
      table.rows.map(\.last) == Array(repeating: "another record bears the same eventID", count: 2))
    #expect(table.value(0, "finding_name") == "CVE-1")
  }

  @Test func whatIsUnusualIsMarkedAndExactRowsHaveNoMarks() throws {
    let scan = Scan(findings: [Scan.Finding(name: "CVE-1")])
    for (exact, now) in [(false, 301), (false, 0), (true, 301)] as [(Bool, Int64)] {
      var run = try AdHocRun([Floor.builtIn()], exact: exact, asOf: Scan.noon - now)
      run.add(run.reader.hits(of: scan.event, marks: { ["dup-key"] }) { scan.identity })
      let table = try #require(try run.finish().first).table()
      let marks: [Value] = ["dup-key"] + (now > 0 ? ["from the future"] : [])
      #expect(table.rows.first?.last != nil)
      if exact {
        #expect(table.columns.last == "lastTime")
      } else {
        #expect(table.rows.first?.last?.each == marks)
      }
    }
  }

  @Test func aSearchWithoutStatsListsTheNewestFirst() throws {
    let rule = try Floor.rule(
      "name: L\nid: l\ntype: Hunting\nsearch: '`cloudtrail` user_name=test'\n")
    for exact in [true, false] {
      var run = try AdHocRun([rule], exact: exact)
      for hour in [2, 3, 1, 3] {
        let scan = Scan(eventID: "\(hour)", time: Scan.noon + Int64(hour * 3600))
        run.add(scan.event) { scan.identity }
      }
      let table = try #require(try run.finish().first).table()
      let times = (0..<table.rows.count).map { table.value($0, "_time").number?.double }
      let hours = times.map { ($0.map { Int64($0) } ?? 0) - Scan.noon.seconds }.map { $0 / 3600 }
      #expect(hours == (exact ? [3, 3, 2, 1] : [3, 2, 1]))
    }
  }

  @Test func recordsReadInAnyOrderGiveTheSameTables() throws {
    for seed in UInt64(0)..<20 {
      var random = SplitMix64(seed: seed)
      var one = try AdHocRun([Floor.builtIn()])
      var other = one
      let hits = scans.map { scan in one.reader.hits(of: scan.event) { scan.identity } }
      for hit in hits { one.add(hit) }
      for hit in hits.shuffled(using: &random) { other.add(hit) }
      let tables = try [one.finish(), other.finish()].map { try $0.map { try $0.table() } }
      #expect(tables[0] == tables[1], "seed \(seed)")
    }
  }

  private func run(exact: Bool) throws -> AdHocRun.Result {
    var run = try AdHocRun([Floor.builtIn()], exact: exact)
    for scan in scans { run.add(scan.event) { scan.identity } }
    return try #require(try run.finish().first)
  }

  @Test func rowsOfSeveralGroupsHaveTheMarksOfAllOfThem() throws {
    let rule = try Floor.rule(
      """
      name: Tops
      id: tops
      type: Hunting
      search: '`cloudtrail` | stats count by user_name signature | eventstats max(count) as top
        | where count=top'
      """, sidecar: "keep_null: [user_name]\n")
    for (exact, marks) in [(false, ["-", "user_name is null"]), (true, ["-"])] {
      var run = try AdHocRun([rule], exact: exact)
      for scan in [Scan(eventID: "1"), Scan(eventID: "2", user: nil)] {
        run.add(scan.event) { scan.identity }
      }
      let table = try #require(try run.finish().first).table()
      #expect(table.texts("user_name").count == marks.count)
      if !exact { #expect(table.texts("watchfloor_marks") == marks) }
    }
  }
}
