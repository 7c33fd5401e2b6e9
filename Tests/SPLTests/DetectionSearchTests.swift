import Diagnostics
import Testing

@testable import SPL

/// A detection of ESCU's shape, and the two drilldowns that such a detection has.
@Suite struct DetectionSearchTests {
  private let detection = """
    `cloudtrail` eventSource=ecr.amazonaws.com eventName=DescribeImageScanFindings
      | spath path=responseElements.imageScanFindings.findings{} output=findings
      | mvexpand findings
      | spath input=findings
      | search severity=CRITICAL
      | rename name as finding_name, requestParameters.repositoryName as repository
      | rename user_name as user
      | stats count min(_time) as firstTime max(_time) as lastTime
        BY signature dest user
           finding_name repository
      | `security_content_ctime(firstTime)`
      | `some_detection_filter`
    """

  @Test func theDetectionCompilesStageByStage() throws {
    #expect(
      try commands(detection) == [
        .search(
          .and([
            equals("sourcetype", "aws:cloudtrail"), equals("eventSource", "ecr.amazonaws.com"),
            equals("eventName", "DescribeImageScanFindings"),
          ]), .none),
        .spath(
          Spath(output: "findings", path: "responseElements.imageScanFindings.findings{}")),
        .multivalueExpand(field: "findings", limit: nil),
        .spath(Spath(input: "findings")),
        .search(equals("severity", "CRITICAL"), .none),
        .rename([
          Renaming(from: "name", to: "finding_name"),
          Renaming(from: "requestParameters.repositoryName", to: "repository"),
        ]),
        .rename([Renaming(from: "user_name", to: "user")]),
        .stats(
          Stats(
            aggregates: [
              Aggregate(.count, nil, as: "count"), Aggregate(.min, "_time", as: "firstTime"),
              Aggregate(.max, "_time", as: "lastTime"),
            ], by: ["signature", "dest", "user", "finding_name", "repository"])),
        .convert(
          Convert(
            timeFormat: "%Y-%m-%dT%H:%M:%S",
            conversions: [Conversion(field: "firstTime", as: "firstTime")])),
        .search(.everything, .none),
      ])
  }

  @Test func aDrilldownGoesOnFromTheOriginalSearch() throws {
    let original = try SearchCompiler.compile(
      SourceText(name: "rule", text: detection), macros: macros)
    let drilldown = try SearchCompiler.compile(
      SourceText(
        name: "drilldown", text: "%original_detection_search% | search  user = \"$user$\""),
      macros: macros, tokens: .values(["user": "a*b"]), originalSearch: original)
    #expect(drilldown.stages.dropLast() == original.stages[...])
    #expect(
      drilldown.stages.last
        == Stage(
          .search(.compare("user", .equal, Pattern(literal: "a*b")), .none),
          span: SourceSpan(30..<53)))
  }

  @Test func aRiskDrilldownReadsTheLastSevenDays() throws {
    let text = """
      | from datamodel Risk.All_Risk | search normalized_risk_object IN ("$user$") \
      starthoursago=168  | stats count min(_time) as firstTime \
      values(search_name) as "Search Name" values(annotations._all) as "Annotations" \
      values(annotations.mitre_attack.mitre_tactic) as "ATT&CK Tactics" \
      by normalized_risk_object | `security_content_ctime(firstTime)`
      """
    let commands = try commands(text, tokens: .values(["user": "test"]))
    #expect(
      commands.prefix(2) == [
        .from(.allRisk),
        .search(
          .within("normalized_risk_object", [Pattern(literal: "test")]),
          TimeModifiers(startHoursAgo: 168)),
      ])
    guard commands.count == 4, case .stats(let stats) = commands[2] else {
      Issue.record("no stats: \(commands)")
      return
    }
    #expect(
      stats.aggregates.map(\.name) == [
        "count", "firstTime", "Search Name", "Annotations", "ATT&CK Tactics",
      ])
    #expect(stats.aggregates.last?.field == "annotations.mitre_attack.mitre_tactic")
    #expect(stats.by == ["normalized_risk_object"])
  }
}
