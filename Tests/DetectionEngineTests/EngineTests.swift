import Events
import Findings
import TestSupport
import Testing

@testable import DetectionEngine

@Suite("Engine")
struct EngineTests {
  @Test func twoHighFindingsGiveTheirReaderRisk100() throws {
    let floor = try Floor()
    var scan = Scan()
    scan.findings.append(Scan.Finding(name: "CVE-3", severity: "MEDIUM"))
    try floor.apply([[scan]])
    #expect(floor.rows.count == 2)
    #expect(floor.risk(of: "test") == 100)
  }

  @Test func aRowHasWhatPanesAndTriageNeed() throws {
    let floor = try Floor()
    try floor.apply([[Scan()]])
    let row = try #require(floor.rows.first)
    #expect(row.rule == "AWS ECR Container Scanning Findings High")
    #expect(row.ruleID == "30a0e9f8-f1dd-4f9d-8fc2-c622461d781c")
    #expect(row.window == Window(containing: Scan.noon))
    #expect(row.columns.prefix(3) == ["signature", "dest", "user"])
    #expect(row.columns.suffix(3) == ["count", "firstTime", "lastTime"])
    #expect(row.values.last == "2026-03-10T12:00:00")
    #expect(
      row.roles == [
        .repository: "payments/api", .image: "sha256:aa", .finding: "CVE-1", .severity: "HIGH",
        .package: "openssl", .version: "1.1", .user: "test", .source: "192.0.2.1",
        .account: "111111111111", .region: "eu-central-1", .session: "alice@example.com",
      ])
    #expect(row.identity == ["222222222222", "eu-central-1", "payments/api", "CVE-1"])
    #expect(row.sample["uri"] == "https://example.com/CVE-1")
    #expect(row.marks.isEmpty)
    #expect(row.records == [Scan().identity.contentHash])
    #expect(floor.ledger.contents.records.values.map(\.raw) == [Scan().raw])
  }

  @Test func aRiskEventHasEveryFieldUnderSplunksName() throws {
    let floor = try Floor()
    try floor.apply([[Scan(findings: [Scan.Finding(name: "CVE-1")])]])
    let event = try #require(floor.ledger.contents.riskEvents.values.first)
    #expect(event.time == Scan.noon)
    #expect(event.row == floor.rows.first?.id)
    let window = Window(containing: Scan.noon)
    let expected: [Text: Value] = [
      "risk_score": .number(.whole(50)), "calculated_risk_score": .number(.whole(50)),
      "risk_object": "test", "risk_object_type": "user", "normalized_risk_object": "test",
      "risk_message":
        "Vulnerabilities with severity high found in repository payments/api",
      "search_name": "ESCU - AWS ECR Container Scanning Findings High - Rule",
      "source": "ESCU - AWS ECR Container Scanning Findings High - Rule",
      "analyticstories": "Dev Sec Ops", "annotations.mitre_attack": "T1204.003",
      "annotations.mitre_attack.mitre_technique_id": "T1204.003",
      "annotations.mitre_attack.mitre_technique": "Malicious Image",
      "annotations.mitre_attack.mitre_tactic": "Execution",
      "annotations.mitre_attack.mitre_tactic_id": "TA0002",
      "annotations._all": .many(["Dev Sec Ops", "T1204.003"]),
      "risk_event_id": .string(event.id.digits),
      "_time": .number(.whole(Scan.noon.seconds)),
      "info_min_time": .number(.whole(window.start.seconds)),
      "info_max_time": .number(.whole(window.end.seconds)),
    ]
    #expect(event.fields == expected)
  }

  @Test func rowsAreByHourAndAnotherHourIsAnotherRow() throws {
    let floor = try Floor()
    var one = Scan(eventID: "1", findings: [Scan.Finding(name: "CVE-1")])
    var scans: [Scan] = []
    for (number, minute) in [(0, 49), (1, 50), (2, 109), (3, 110)] {
      one.eventID = "\(number)"
      one.time = Scan.noon + Int64(minute * 60)
      scans.append(one)
    }
    try floor.apply([scans])
    #expect(floor.rows.map(\.count).sorted() == [1, 1, 2])
    #expect(Set(floor.rows.map(\.finding)).count == 1)
    #expect(floor.risk(of: "test") == 150)
  }

  @Test func aSecondCopyIsNotCountedAgain() throws {
    let floor = try Floor()
    let engine = try floor.apply([[Scan(), Scan()], [Scan()]])
    #expect(floor.rows.map(\.count) == [1, 1])
    #expect(engine.counters.values.map(\.duplicates) == [2])
    let again = try floor.apply([[Scan()]])
    #expect(floor.rows.map(\.count) == [1, 1])
    #expect(again.counters.values.map(\.duplicates) == [1])
  }

  @Test func aForgedCopyHidesNothingAndBothAreMarked() throws {
    let mark = "another record bears the same eventID"
    let one = Scan(eventID: "x", findings: [Scan.Finding(name: "CVE-1")])
    let other = Scan(eventID: "x", findings: [Scan.Finding(name: "CVE-9")])
    for batches in [[[one, other]], [[other, one]], [[one], [other]], [[other], [one]]] {
      let floor = try Floor()
      for batch in batches { try floor.apply([batch]) }
      #expect(floor.rows.map(\.marks) == [[mark], [mark]])
      #expect(floor.rows.map(\.count) == [1, 1])
    }
    let floor = try Floor()
    try floor.apply([[one, Scan(eventID: nil), Scan(eventID: nil, userAgent: "other")]])
    #expect(floor.rows.allSatisfy { $0.marks.isEmpty })
  }

  @Test func eventIDsThatDifferInBytesOnlyAreTwo() throws {
    let floor = try Floor()
    let long = String(repeating: "x", count: 1000)
    let ids = ["\u{e9}", "e\u{301}", "e", long, long + "x"]
    try floor.apply([ids.map { Scan(eventID: $0, userAgent: $0) }])
    for batch in ids { try floor.apply([[Scan(eventID: batch, userAgent: batch)]]) }
    #expect(floor.rows.count == 2 * ids.count)
    #expect(floor.rows.allSatisfy { $0.count == 1 && $0.marks.isEmpty })
  }

  @Test func whatIsKnownOfAContestedEventIDDoesNotGrowWithItsForgeries() throws {
    let floor = try Floor()
    let forgeries = (0..<300).map {
      Scan(eventID: "x", userAgent: "agent \($0)", findings: [Scan.Finding(name: "CVE-1")])
    }
    for start in stride(from: 0, to: 300, by: 7) {
      try floor.apply([Array(forgeries[start..<min(300, start + 7)])])
    }
    #expect(floor.rows.count == 300)
    #expect(floor.rows.allSatisfy { $0.marks == ["another record bears the same eventID"] })
    let names = floor.ledger.contents.groups.filter {
      $0.key.key.count == 17 && $0.key.key[0] == UInt8(ascii: "#")
    }
    #expect(names.map(\.value.count) == [1])
  }

  @Test func marksOutliveARestartAndComeInAnyOrder() throws {
    let one = Scan(eventID: "x", findings: [Scan.Finding(name: "CVE-1")])
    let other = Scan(eventID: "x", findings: [Scan.Finding(name: "CVE-9")])
    let steps: [([Scan], [Text])] = [
      ([one], ["dup-key"]), ([Scan(eventID: "y")], ["addendum to another record"]), ([other], []),
      ([one, other], []),
    ]
    var expected: [[String]]?
    for order in [[0, 1, 2, 3], [2, 3, 1, 0], [3, 2, 0, 1]] {
      let floor = try Floor()
      for step in order where step < 3 || order == [0, 1, 2, 3] {
        // An engine of its own each time, as after a kill: what is known is what was committed.
        var engine = floor.engine()
        let batch = RowBatch(steps[step].0, rules: floor.rules, marks: steps[step].1)
        try engine.apply(batch, now: Scan.noon)
        try engine.apply(batch, now: Scan.noon)
      }
      let marks = floor.rows.map(\.marks)
      #expect(marks == expected ?? marks)
      expected = marks
    }
    let known = Set(try #require(expected).flatMap(\.self))
    #expect(
      known == [
        "dup-key", "addendum to another record", "another record bears the same eventID",
      ])
  }

  @Test func anEventFromTheFutureIsMarkedAndOneOfAFastClockIsNot() throws {
    for (ahead, marks) in [(300, []), (301, ["from the future"])] as [(Int64, [String])] {
      let floor = try Floor()
      try floor.apply([[Scan()]], now: Scan.noon - ahead)
      #expect(floor.rows.map(\.marks) == [marks, marks])
      #expect(floor.rows.map(\.count) == [1, 1])
    }
  }

  @Test func whatARecordSpeaksOfIsKeptWithIt() throws {
    let floor = try Floor()
    let scan = Scan()
    var origin = RecordOrigin(path: "a", offset: 0, sourcetype: "aws:cloudtrail")
    origin.amends = "id-0"
    origin.sharedID = "s-1"
    var batch = RowBatch()
    floor.rules.evaluate(
      scan.event, from: origin, identity: { scan.identity }, raw: { scan.raw }, into: &batch)
    let stored = try #require(batch.records.first).stored
    #expect(stored.eventID == "id-1" && stored.amends == "id-0" && stored.sharedID == "s-1")
  }

  @Test func whatSplunkLosesIsKeptAndMarked() throws {
    let floor = try Floor()
    let scan = Scan(
      imageDigest: nil, findings: [Scan.Finding(name: "CVE-1", description: nil)])
    try floor.apply([[scan]])
    let row = try #require(floor.rows.first)
    #expect(row.roles[.image] == "sha256:aa")
    #expect(row.marks == ["digest from response", "finding_description is null"])
  }

  @Test func aNullUserIsDroppedAsInSplunkAndCounted() throws {
    let floor = try Floor()
    let engine = try floor.apply([[Scan(user: nil), Scan(user: nil)]])
    #expect(floor.rows.isEmpty)
    #expect(engine.counters.values.map(\.dropped) == [["user": 2]])
  }

  @Test func lateRecordsChangeTheirOwnWindow() throws {
    let floor = try Floor()
    let end = Window(containing: Scan.noon).end
    var engine = floor.engine()
    try engine.apply(RowBatch([Scan()], rules: floor.rules), now: end + 600)
    #expect(engine.counters.values.map(\.late) == [0])
    let late = Scan(eventID: "2")
    try engine.apply(RowBatch([late], rules: floor.rules), now: end + 601)
    #expect(engine.counters.values.map(\.late) == [1])
    #expect(floor.rows.map(\.count) == [2, 2])
  }

  @Test func whatARecordWithoutATimeTellsIsKeptAndMarkedAndALetterSaysSo() throws {
    let floor = try Floor()
    let unwanted = Scan(time: nil, findings: [])
    let one = Scan(time: nil, findings: [Scan.Finding(name: "CVE-1")])
    try floor.apply([[one, unwanted], [one]])
    let row = try #require(floor.rows.first)
    #expect(floor.rows.count == 1 && row.count == 1 && row.marks == ["no readable time"])
    #expect(row.window == Window(containing: Timestamp(seconds: 0)))
    #expect(row.values.suffix(2) == [.null, .null], "Splunk's firstTime and lastTime stay empty")
    #expect(floor.risk(of: "test") == 50)
    let letters = floor.ledger.contents.deadLetters
    #expect(letters.map(\.path) == ["logs/a.json", "logs/a.json"])
    #expect(letters.first?.reason.contains("its time cannot be read") == true)
    #expect(letters.first?.head == Array(one.raw.prefix(256)))
  }

  @Test func aScanMarksWhatARecordWithoutATimeTellsToo() throws {
    let rule = try Floor.builtIn()
    for isExact in [false, true] {
      var run = try AdHocRun([rule], exact: isExact, asOf: Scan.noon)
      let scan = Scan(time: nil, findings: [Scan.Finding(name: "CVE-1")])
      run.add(run.reader.hits(of: scan.event) { scan.identity })
      let table = try #require(try run.finish().first).table()
      #expect(table.rows.count == 1)
      #expect(
        table.value(0, "watchfloor_marks") == (isExact ? .null : .text(TimelessEvents.mark)))
    }
  }

  @Test func filesAndRowsAreOneCommit() throws {
    let floor = try Floor()
    var engine = floor.engine()
    var batch = RowBatch([Scan()], rules: floor.rules)
    let file = SourceFile(
      path: "logs/a.json", state: "following", offset: 10, size: 20, records: 1, reason: nil,
      checkpoint: [1, 2])
    batch.files = [file]
    let changes = try engine.apply(batch, now: Scan.noon + 5)
    #expect(changes.files == [file])
    #expect(changes.rows.count == 2)
    #expect(changes.changedAt == Scan.noon + 5)
    #expect(floor.ledger.contents.commits == 1)
  }

  @Test func afterAFailedCommitTheSameBatchGivesTheSame() throws {
    let floor = try Floor()
    var engine = floor.engine()
    try engine.apply(RowBatch([Scan()], rules: floor.rules), now: Scan.noon)
    let before = floor.ledger.contents
    let counters = engine.counters
    let batch = RowBatch([Scan(eventID: "2")], rules: floor.rules)
    floor.ledger.fill(true)
    #expect(throws: MemoryLedger.Full.self) { try engine.apply(batch, now: Scan.noon) }
    #expect(floor.ledger.contents == before)
    #expect(engine.counters == counters)
    floor.ledger.fill(false)
    try engine.apply(batch, now: Scan.noon)
    #expect(floor.rows.map(\.count) == [2, 2])
  }

  @Test func recordsOfARowAreTheNewestUpToTheCap() throws {
    let floor = try Floor()
    let scans = (0..<30).map { Scan(eventID: "\($0)", time: Scan.noon + Int64($0)) }
    try floor.apply([scans.shuffled()])
    for row in floor.rows {
      #expect(row.count == 30)
      #expect(row.records == scans.reversed().prefix(20).map { $0.identity.contentHash })
    }
    #expect(floor.ledger.contents.records.count == 20)
  }
}
