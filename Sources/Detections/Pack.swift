/// A text that was read from a file, by the name that problems should call it.
package struct TextFile: Equatable, Sendable {
  package var path: String
  package var text: String

  package init(path: String, text: String) {
    self.path = path
    self.text = text
  }

  /// The last part of the path.
  package var name: String { String(path.split(separator: "/").last ?? "") }

  /// The name without `.yml` or `.yaml`.
  var baseName: String { Self.baseName(of: name) }

  static func baseName(of name: String) -> String {
    for ending in [".yml", ".yaml"] where name.hasSuffix(ending) {
      return String(name.dropLast(ending.count))
    }
    return name
  }
}

/// The files that are built into the binary: rules, their sidecars and tests, macros, ATT&CK names.
package enum Pack {
  /// Rules and sidecars, as `Sources/Detections/Pack` holds them.
  package static let rules = [
    rule(
      "aws_ecr_blind_spot",
      PackageResources.aws_ecr_blind_spot_yml,
      PackageResources.aws_ecr_blind_spot_roles_yml),
    rule(
      "aws_ecr_container_scanning_findings_critical",
      PackageResources.aws_ecr_container_scanning_findings_critical_yml,
      PackageResources.aws_ecr_container_scanning_findings_critical_roles_yml),
    rule(
      "aws_ecr_container_scanning_findings_high",
      PackageResources.aws_ecr_container_scanning_findings_high_yml,
      PackageResources.aws_ecr_container_scanning_findings_high_roles_yml),
    rule(
      "aws_ecr_container_scanning_findings_low_informational_unknown",
      PackageResources.aws_ecr_container_scanning_findings_low_informational_unknown_yml,
      PackageResources.aws_ecr_container_scanning_findings_low_informational_unknown_roles_yml),
    rule(
      "aws_ecr_container_scanning_findings_medium",
      PackageResources.aws_ecr_container_scanning_findings_medium_yml,
      PackageResources.aws_ecr_container_scanning_findings_medium_roles_yml),
    rule(
      "aws_ecr_container_scanning_findings_undefined_untriaged",
      PackageResources.aws_ecr_container_scanning_findings_undefined_untriaged_yml,
      PackageResources.aws_ecr_container_scanning_findings_undefined_untriaged_roles_yml),
    rule(
      "aws_ecr_enhanced_scanning_findings_critical",
      PackageResources.aws_ecr_enhanced_scanning_findings_critical_yml,
      PackageResources.aws_ecr_enhanced_scanning_findings_critical_roles_yml),
    rule(
      "aws_ecr_enhanced_scanning_findings_high",
      PackageResources.aws_ecr_enhanced_scanning_findings_high_yml,
      PackageResources.aws_ecr_enhanced_scanning_findings_high_roles_yml),
    rule(
      "aws_ecr_image_scan_event",
      PackageResources.aws_ecr_image_scan_event_yml,
      PackageResources.aws_ecr_image_scan_event_roles_yml),
    rule(
      "aws_ecr_put_image_outside_business_hours",
      PackageResources.aws_ecr_put_image_outside_business_hours_yml,
      PackageResources.aws_ecr_put_image_outside_business_hours_roles_yml),
    rule(
      "aws_ecr_put_image_unknown_user",
      PackageResources.aws_ecr_put_image_unknown_user_yml,
      PackageResources.aws_ecr_put_image_unknown_user_roles_yml),
    rule(
      "aws_ecr_saved_scan_findings",
      PackageResources.aws_ecr_saved_scan_findings_yml,
      PackageResources.aws_ecr_saved_scan_findings_roles_yml),
    rule(
      "aws_inspector_finding_event",
      PackageResources.aws_inspector_finding_event_yml,
      PackageResources.aws_inspector_finding_event_roles_yml),
    rule(
      "cloudtrail_log_file_integrity",
      PackageResources.cloudtrail_log_file_integrity_yml,
      PackageResources.cloudtrail_log_file_integrity_roles_yml),
    rule(
      "risk_att_ck_tactic_threshold_7_days",
      PackageResources.risk_att_ck_tactic_threshold_7_days_yml,
      PackageResources.risk_att_ck_tactic_threshold_7_days_roles_yml),
    rule(
      "risk_threshold_24_hours",
      PackageResources.risk_threshold_24_hours_yml,
      PackageResources.risk_threshold_24_hours_roles_yml),
  ].flatMap(\.self)

  /// Records of our own making that the rules' `tests` find something in.
  package static let samples = [
    file("sample_basic_scan.ndjson", PackageResources.sample_basic_scan_ndjson),
    file("sample_blind_scan.ndjson", PackageResources.sample_blind_scan_ndjson),
    file("sample_enhanced_scan.ndjson", PackageResources.sample_enhanced_scan_ndjson),
    file("sample_image_scan_event.ndjson", PackageResources.sample_image_scan_event_ndjson),
    file("sample_inspector_finding.ndjson", PackageResources.sample_inspector_finding_ndjson),
    file("sample_put_image.ndjson", PackageResources.sample_put_image_ndjson),
    file("sample_saved_scan.json", PackageResources.sample_saved_scan_json),
  ]

  package static let macros = file("macros.yml", PackageResources.macros_yml)
  package static let techniques = file("attack.yml", PackageResources.attack_yml)

  /// A rule's file and its sidecar.
  private static func rule(_ name: String, _ rule: [UInt8], _ sidecar: [UInt8]) -> [TextFile] {
    [file(name + ".yml", rule), file(name + ".roles.yml", sidecar)]
  }

  private static func file(_ name: String, _ bytes: [UInt8]) -> TextFile {
    TextFile(path: name, text: String(decoding: bytes, as: UTF8.self))
  }
}
