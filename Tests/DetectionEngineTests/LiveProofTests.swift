import DetectionEngine
import Detections
import Events
import Findings
import Foundation
import Testing

/// One scan of 104 findings: 2 HIGH, 14 MEDIUM, 22 LOW, 63 INFORMATIONAL and 3 UNDEFINED, of which
/// one has no description.
@Suite("A scan of 104 findings")
struct LiveProofTests {
  private func samples() throws -> Samples {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/scan-of-104-findings.json")
    return Samples(text: try String(contentsOf: file, encoding: .utf8))
  }

  /// A floor on which some rules have read the scan live.
  private func floor(_ isOn: (Rule) -> Bool) throws -> Floor {
    let floor = try Floor(Floor.library.rules.compactMap(\.rule).filter(isOn))
    var engine = floor.engine()
    let later = Scan.noon + 30 * 86_400
    try engine.apply(samples().batch(for: floor.rules), now: later)
    try floor.settle(&engine, now: later)
    return floor
  }

  private func rows(_ floor: Floor) -> [String: Int] {
    Dictionary(
      grouping: floor.rows.filter { !$0.rule.contains("Threshold") }, by: \.rule
    ).mapValues(\.count)
  }

  @Test func rulesThatAreOnAtFirstRaiseAHundred() throws {
    let floor = try floor(\.sidecar.isEnabled)
    #expect(rows(floor) == ["AWS ECR Container Scanning Findings High": 2])
    #expect(floor.risk(of: "triage") == 100)
  }

  @Test func allRulesTogetherRaiseEightHundredAndThirtyFour() throws {
    let floor = try floor { _ in true }
    #expect(
      rows(floor) == [
        "AWS ECR Container Scanning Findings High": 2,
        "AWS ECR Container Scanning Findings Medium": 14,
        "AWS ECR Container Scanning Findings Low Informational Unknown": 85,
        "AWS ECR Container Scanning Findings Undefined Untriaged": 3,
      ])
    #expect(floor.risk(of: "triage") == 834)
    let incidents = floor.rows.filter { $0.rule.contains("Threshold") }
    #expect(Set(incidents.map(\.rule)) == ["Risk Threshold Exceeded For Object Over 24 Hours"])
    // Every hour whose last day holds the scan.
    #expect(incidents.count == 24)
  }

  @Test func splunkLosesTheOneWithoutADescription() throws {
    for (name, byDefault, exact) in [
      ("high", 2, 2), ("medium", 14, 14), ("low_informational_unknown", 85, 85),
      ("undefined_untriaged", 3, 2),
    ] {
      let rule = try #require(
        Floor.library.rule(named: "aws_ecr_container_scanning_findings_\(name)")?.rule)
      #expect(try samples().table(of: rule).rows.count == byDefault, "\(name)")
      #expect(try samples().table(of: rule, exact: true).rows.count == exact, "\(name)")
    }
  }
}
