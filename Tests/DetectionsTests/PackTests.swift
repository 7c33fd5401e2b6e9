import Detections
import Diagnostics
import Foundation
import SPL
import Testing

@Suite("Built-in pack")
struct PackTests {
  private let rule = Pack.rules.first { $0.path == "aws_ecr_container_scanning_findings_high.yml" }

  @Test func everyFileOfTheFolderIsBuiltIn() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Detections/Pack").standardized
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    let files = Pack.rules + Pack.samples + [Pack.macros, Pack.techniques]
    #expect(files.map(\.path).sorted() == names)
    for file in files {
      let text = try String(contentsOf: folder.appending(path: file.path), encoding: .utf8)
      #expect(file.text == text, "\(file.path)")
    }
  }

  @Test func theContainerRuleHasItsFacts() throws {
    let detection = try detection()
    #expect(detection.name == "AWS ECR Container Scanning Findings High")
    #expect(detection.id == "30a0e9f8-f1dd-4f9d-8fc2-c622461d781c")
    #expect(detection.version == 11)
    #expect(detection.date == "2026-03-10")
    #expect(detection.created == nil)
    #expect(detection.author == "Patrick Bareiss, Splunk")
    #expect(detection.status == "production")
    #expect(detection.kind == .ttp)
    #expect(detection.dataSources == ["AWS CloudTrail DescribeImageScanFindings"])
    #expect(
      detection.references == [
        "https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html"
      ])
    #expect(detection.searchName == "ESCU - AWS ECR Container Scanning Findings High - Rule")
    for prose in [
      detection.description, detection.howToImplement, detection.knownFalsePositives,
    ] {
      #expect(prose.count > 80)
    }
  }

  @Test func theContainerRuleHasItsSearch() throws {
    let lines = try detection().search.text.split(separator: "\n")
    #expect(
      lines.first
        == "`cloudtrail` eventSource=ecr.amazonaws.com eventName=DescribeImageScanFindings")
    #expect(lines.contains("  | spath input=findings"))
    #expect(lines.contains("       finding_description imageDigest repository"))
    #expect(lines.last == "  | `aws_ecr_container_scanning_findings_high_filter`")
    #expect(lines.count == 15)
  }

  @Test func theContainerRuleHasItsDrilldowns() throws {
    let drilldowns = try detection().drilldowns
    #expect(
      drilldowns.map(\.name) == [
        "View the detection results for - \"$user$\"",
        "View risk events for the last 7 days for - \"$user$\"",
      ])
    #expect(
      drilldowns[0].search.text == "%original_detection_search% | search  user = \"$user$\"")
    #expect(
      drilldowns[1].search.text.hasPrefix(
        "| from datamodel Risk.All_Risk | search normalized_risk_object IN (\"$user$\") "
          + "starthoursago=168  | stats count min(_time) as firstTime"))
    #expect(drilldowns.map(\.earliest) == [.windowStart, .windowStart])
    #expect(drilldowns.map(\.latest) == [.windowEnd, .windowEnd])
  }

  @Test func theContainerRuleHasItsRiskTagsAndTests() throws {
    let detection = try detection()
    let risk = try #require(detection.risk)
    #expect(
      risk.message == "Vulnerabilities with severity high found in repository $repository$")
    #expect(risk.objects == [RiskObject(field: "user", type: "user", score: 50)])
    #expect(risk.threatObjects.isEmpty)
    #expect(detection.tags.analyticStories == ["Dev Sec Ops"])
    #expect(detection.tags.assetType == "AWS Account")
    #expect(detection.tags.techniques == ["T1204.003"])
    #expect(
      detection.tags.products == [
        "Splunk Enterprise", "Splunk Enterprise Security", "Splunk Cloud",
      ])
    #expect(detection.tags.securityDomain == "network")
    #expect(detection.tests.map(\.name) == ["True Positive Test"])
    let data = try #require(detection.tests.first?.attackData.first)
    #expect(data.data.hasPrefix("https://media.githubusercontent.com/media/splunk/attack_data/"))
    #expect(data.data.hasSuffix("/aws_ecr_scanning_findings_events.json"))
    #expect(data.source == "aws_cloudtrail")
    #expect(data.sourcetype == "aws:cloudtrail")
  }

  @Test func theContainerRuleRunsAndItsDrilldownsToo() throws {
    let library = RuleLibrary()
    #expect(library.problems.isEmpty)
    for name in [
      "AWS ECR Container Scanning Findings High", "aws_ecr_container_scanning_findings_high",
      "aws_ecr_container_scanning_findings_high.yml",
    ] {
      let loaded = try #require(library.rule(named: name))
      #expect(loaded.problems.map(\.rendered).isEmpty, "\(loaded.problems.map(\.rendered))")
      #expect(loaded.warnings.map(\.rendered).isEmpty, "\(loaded.warnings.map(\.rendered))")
      let rule = try #require(loaded.rule)
      #expect(rule.sidecar.identity == ["registry_account", "region", "repository", "finding"])
      #expect(rule.sidecar.isEnabled)
      #expect(rule.search.stages.count == 11)
    }
  }

  @Test func techniquesHaveNames() throws {
    let technique = try #require(RuleLibrary().techniques["T1204.003"])
    #expect(technique.name == "Malicious Image")
    #expect(technique.tactics == [Tactic(id: "TA0002", name: "Execution")])
    #expect(RuleLibrary().techniques["T9999"] == nil)
  }

  private func detection() throws -> Detection {
    let file = try #require(rule)
    let read = DetectionFile(file.text, name: file.path)
    #expect(read.errors.isEmpty)
    #expect(read.warnings.isEmpty)
    return try #require(read.detection)
  }
}
