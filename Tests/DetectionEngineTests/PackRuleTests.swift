import DetectionEngine
import Detections
import Events
import Findings
import SPL
import Testing

@Suite("Rules of the pack")
struct PackRuleTests {
  private func rule(_ name: String) throws -> Rule {
    try #require(Floor.library.rule(named: name)?.rule)
  }

  @Test func everyRuleFindsSomethingInItsSampleAndDoesSoLive() throws {
    for loaded in Floor.library.rules {
      let rule = try #require(loaded.rule)
      for sample in rule.detection.tests.flatMap(\.attackData).map(\.data)
      where !sample.contains("/") {
        let samples = try Samples(sample)
        #expect(try !samples.table(of: rule).rows.isEmpty, "\(rule.name)")
        let floor = try Floor([rule])
        var engine = floor.engine()
        let later = Scan.noon + 30 * 86_400
        try engine.apply(samples.batch(for: floor.rules), now: later)
        while try engine.evaluateWindow(now: later) != nil {}
        #expect(!floor.rows.isEmpty, "\(rule.name)")
        #expect(floor.rows.allSatisfy { !$0.identity.isEmpty }, "\(rule.name)")
      }
    }
  }

  @Test func everySampleIsThatOfARule() {
    let used = Floor.library.rules.compactMap(\.rule).flatMap(\.detection.tests)
      .flatMap(\.attackData).map(\.data)
    #expect(Set(Pack.samples.map(\.path)).isSubset(of: used))
  }

  @Test func imagesThatNobodyCanSeeAreBlindSpots() throws {
    let rule = try rule("aws_ecr_blind_spot")
    let samples = try Samples("sample_blind_scan.ndjson")
    let table = try samples.table(of: rule)
    #expect(
      table.texts("why") == ["answer omitted", "counts without findings", "no answer recorded"])
    #expect(table.texts("repository") == ["payments/api", "payments/batch", "payments/web"])
    let counted = try #require(
      table.rows.indices.first { table.value($0, "why") == "counts without findings" })
    #expect(table.value(counted, "critical") == .number(.whole(3)))
    #expect(table.value(counted, "high") == .number(.whole(12)))
    #expect(table.value(counted, "watchfloor_marks") == "digest from response")
    #expect(table.texts("imageDigest").filter { $0 == "-" }.count == 1)
    #expect(try samples.table(of: rule, exact: true).texts("why") == ["no answer recorded"])
    #expect(rule.detection.kind == .hunting)
    for seen in ["sample_basic_scan.ndjson", "sample_enhanced_scan.ndjson"] {
      #expect(try Samples(seen).table(of: rule).rows.isEmpty, "\(seen)")
    }
  }

  @Test func aListShorterThanItsCountsIsABlindSpotUnlessItIsAPage() throws {
    let rule = try rule("aws_ecr_blind_spot")
    for (request, answer, isBlind) in [
      ("", "", true), ("", "\"nextToken\":\"n\",", false), ("\"nextToken\":\"n\",", "", false),
    ] {
      let text = """
        {"eventVersion":"1.11","eventTime":"2026-03-09T12:00:00Z","eventID":"1",\
        "eventSource":"ecr.amazonaws.com","eventName":"DescribeImageScanFindings",\
        "awsRegion":"eu-central-1","sourceIPAddress":"192.0.2.10","userAgent":"aws-cli",\
        "userIdentity":{"userName":"alice","accountId":"111111111111"},\
        "requestParameters":{\(request)"repositoryName":"a","imageId":{"imageDigest":"d"}},\
        "responseElements":{\(answer)"registryId":"1","repositoryName":"a",\
        "imageScanFindings":{"findings":[{"name":"CVE-1","severity":"HIGH"}],\
        "findingSeverityCounts":{"HIGH":1,"LOW":2}}}}
        """
      let table = try Samples(text: text).table(of: rule)
      #expect(table.texts("why") == (isBlind ? ["fewer findings than counted"] : []))
    }
  }

  @Test func aBlindSpotRaisesNoRisk() throws {
    let floor = try Floor([try rule("aws_ecr_blind_spot")])
    var engine = floor.engine()
    try engine.apply(
      Samples("sample_blind_scan.ndjson").batch(for: floor.rules), now: Scan.noon)
    #expect(floor.rows.count == 3)
    #expect(floor.ledger.contents.riskEvents.isEmpty)
  }

  @Test func imagesThatStrangersPutAreFound() throws {
    let samples = try Samples("sample_put_image.ndjson")
    let builtIn = try samples.table(of: rule("aws_ecr_put_image_unknown_user"))
    #expect(builtIn.texts("user") == ["ci-builder", "mallory"])
    let known = TextFile(
      path: "macros.yml",
      text: "- {name: aws_ecr_users, definition: 'userName IN (ci-*)'}\n")
    let told = try #require(
      RuleLibrary(userMacros: known).rule(named: "aws_ecr_put_image_unknown_user")?.rule)
    #expect(try samples.table(of: told).texts("user") == ["mallory"])
    #expect(try samples.table(of: told, exact: true).texts("user") == ["mallory"])
  }

  @Test func imagesThatArePutAtNightAndOnSaturdaysAreFound() throws {
    let table = try Samples("sample_put_image.ndjson")
      .table(of: rule("aws_ecr_put_image_outside_business_hours"))
    #expect(table.texts("firstTime") == ["2026-03-09T02:30:00", "2026-03-14T11:00:00"])
    #expect(table.texts("user") == ["ci-builder", "mallory"])
  }

  @Test func businessHoursGoByTheClocksOfTheUsersZone() throws {
    // Clocks go an hour ahead of UTC before the tenth of March 2026, two hours from then on.
    let change = Timestamp(year: 2026, month: 3, day: 10).seconds
    let hours = TextFile(
      path: "business_hours.csv",
      text: "zone,days,from,to\nEurope/Somewhere,monday-friday,08:00,12:00\n")
    let tables = UserTables(folder: "lookups/", files: [hours]) { _ in
      [ZoneChange(from: .min, offset: 3600), ZoneChange(from: change, offset: 7200)]
    }
    let rule = try #require(
      RuleLibrary(tables: tables).rule(named: "aws_ecr_put_image_outside_business_hours")?.rule)
    for (time, isOutside) in [
      ("2026-03-09T06:59:59", true), ("2026-03-09T07:00:00", false),
      ("2026-03-09T10:59:59", false), ("2026-03-09T11:00:00", true),
      ("2026-03-10T06:00:00", false), ("2026-03-10T05:59:59", true),
      // Sunday in UTC, Monday there but early; and Friday noon here is afternoon there.
      ("2026-03-15T23:30:00", true), ("2026-03-13T10:30:00", true), ("2026-03-13T09:30:00", false),
    ] {
      let text = """
        {"eventVersion":"1.11","eventTime":"\(time)Z","eventID":"1","awsRegion":"eu-central-1",\
        "eventSource":"ecr.amazonaws.com","eventName":"PutImage","sourceIPAddress":"192.0.2.10",\
        "userAgent":"docker","userIdentity":{"userName":"alice","accountId":"111111111111"},\
        "requestParameters":{"repositoryName":"a","imageTag":"1"},\
        "responseElements":{"image":{"imageId":{"imageDigest":"d"}}}}
        """
      #expect(try Samples(text: text).table(of: rule).rows.isEmpty != isOutside, "\(time)")
    }
  }

  @Test func whatOnlyEventBridgeAndSavedAnswersTellIsFound() throws {
    let event = try Samples("sample_image_scan_event.ndjson")
      .table(of: rule("aws_ecr_image_scan_event"))
    #expect(event.texts("repository") == ["payments/api"])
    #expect(event.value(0, "critical") == .number(.whole(1)))
    #expect(event.value(0, "medium") == .number(.whole(9)))
    let finding = try Samples("sample_inspector_finding.ndjson")
      .table(of: rule("aws_inspector_finding_event"))
    #expect(finding.texts("finding_name") == ["CVE-2026-20001"])
    #expect(finding.texts("repository") == ["payments/api"])
    let saved = try Samples("sample_saved_scan.json")
      .table(of: rule("aws_ecr_saved_scan_findings"))
    #expect(saved.texts("finding_name") == ["CVE-2026-10001", "CVE-2026-10002"])
    #expect(saved.texts("severity") == ["CRITICAL", "HIGH"])
  }

  @Test func cloudTrailsRulesTakeNoOthersRecords() throws {
    let others = [
      "sample_image_scan_event.ndjson", "sample_inspector_finding.ndjson", "sample_saved_scan.json",
    ]
    for loaded in Floor.library.rules {
      let rule = try #require(loaded.rule)
      guard rule.search.canonicalText.contains("aws:cloudtrail") else { continue }
      for name in others { #expect(try Samples(name).table(of: rule).rows.isEmpty) }
    }
  }
}
