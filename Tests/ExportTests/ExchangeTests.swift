import Events
import Findings
import Foundation
import Testing

@testable import Export

/// Findings in the forms of other tools.
@Suite struct ExchangeTests {
  private static let noon = Timestamp(seconds: 1_773_662_400)

  private func row(
    severity: String? = "HIGH", source: String = "203.0.113.7"
  ) -> ResultRow {
    var roles: [PaneRole: String] = [
      .finding: "CVE-2026-21001", .repository: "payments/api", .image: "sha256:aa",
      .package: "openssl", .version: "3.0.11", .user: "test", .source: source,
      .account: "111122223333", .region: "eu-central-1",
    ]
    roles[.severity] = severity
    return ResultRow(
      id: RowID(digits: "01"), rule: "AWS ECR Container Scanning Findings High", ruleID: "30a0",
      window: Window(containing: Self.noon), key: [], columns: ["finding_description"],
      values: ["A \"flaw\".\u{1B}"], count: 3, firstSeen: Self.noon - 60, lastSeen: Self.noon,
      sample: ["uri": "https://example.com/CVE"], roles: roles, finding: FindingID(digits: "ab"),
      identity: [], marks: [], records: [])
  }

  private func object(_ line: String?) throws -> NSDictionary {
    let data = Data(try #require(line).utf8)
    return try #require(try JSONSerialization.jsonObject(with: data) as? NSDictionary)
  }

  @Test func aFindingOfAScanIsAVulnerabilityFinding() throws {
    var triage = Triage()
    triage.status = .closed
    triage.comment = "accepted"
    let found = try object(OCSF(version: "0.1.0").vulnerability(row(), triage))
    #expect(found["class_uid"] as? Int == 2002)
    #expect(found["type_uid"] as? Int == 200_201)
    #expect(found["category_uid"] as? Int == 2)
    #expect(found["time"] as? Int == 1_773_662_400_000)
    #expect(found["severity_id"] as? Int == 4)
    #expect(found["status_id"] as? Int == 4)
    #expect(found["comment"] as? String == "accepted")
    #expect(found.at("metadata.product.version") as? String == "0.1.0")
    #expect(found.at("finding_info.uid") as? String == "ab")
    #expect(found.at("finding_info.desc") as? String == "A \"flaw\".\u{1B}")
    #expect(found.at("cloud.account.uid") as? String == "111122223333")
    let vulnerability = try #require((found["vulnerabilities"] as? [NSDictionary])?.first)
    #expect(vulnerability.at("cve.uid") as? String == "CVE-2026-21001")
    #expect(vulnerability["references"] as? [String] == ["https://example.com/CVE"])
    let package = try #require((vulnerability["affected_packages"] as? [NSDictionary])?.first)
    #expect(package["name"] as? String == "openssl" && package["version"] as? String == "3.0.11")
  }

  @Test func aRowWithoutASeverityIsNoVulnerability() {
    #expect(OCSF(version: "1").vulnerability(row(severity: nil), .untouched) == nil)
  }

  @Test func severitiesOfAWSThatOCSFHasNotAreUnknown() throws {
    for word in ["UNDEFINED", "UNTRIAGED"] {
      let found = try object(OCSF(version: "1").vulnerability(row(severity: word), .untouched))
      #expect(found["severity_id"] as? Int == 0)
    }
  }

  @Test func aDetectionTellsWhoAndFromWhere() throws {
    let found = try object(OCSF(version: "1").detection(row(), .untouched, risk: [risk]))
    #expect(found["class_uid"] as? Int == 2004)
    #expect(found["risk_score"] as? Int == 50)
    #expect(found["message"] as? String == "m")
    let evidence = try #require((found["evidences"] as? [NSDictionary])?.first)
    #expect(evidence.at("actor.user.name") as? String == "test")
    #expect(evidence.at("src_endpoint.ip") as? String == "203.0.113.7")
    let service = try object(
      OCSF(version: "1").detection(row(source: "ecr.amazonaws.com"), .untouched, risk: []))
    let endpoint = (service["evidences"] as? [NSDictionary])?.first?["src_endpoint"]
    #expect(endpoint as? NSDictionary == ["name": "ecr.amazonaws.com"])
    #expect(service["risk_score"] == nil)
  }

  private var risk: RiskEvent {
    RiskEvent(
      id: RiskEventID(digits: "99"), row: RowID(digits: "01"), rule: "R",
      window: Window(containing: Self.noon), time: Self.noon, object: "test", objectType: "user",
      score: 50, message: "m",
      fields: [
        "search_name": "ESCU - R - Rule", "risk_score": .number(.whole(50)),
        "annotations._all": .many(["a", "b"]), "nothing": .null,
      ])
  }

  @Test func aRiskEventIsWhatTheCollectorTakes() {
    #expect(
      HECRisk.line(risk, host: "floor") == #"{"time":1773662400,"host":"floor","#
        + #""source":"ESCU - R - Rule","sourcetype":"stash","index":"risk","event":{"#
        + #""annotations._all":["a","b"],"risk_score":50,"search_name":"ESCU - R - Rule"}}"#)
  }
}

extension NSDictionary {
  /// The value at a path of keys, parted by points.
  fileprivate func at(_ path: String) -> Any? {
    path.split(separator: ".").reduce(self as Any?) { ($0 as? NSDictionary)?[String($1)] }
  }
}
