/// A text that was read from a file, by the name that problems should call it.
package struct TextFile: Equatable, Sendable {
  package var path: String
  package var text: String

  package init(path: String, text: String) {
    self.path = path
    self.text = text
  }

  /// The last part of the path.
  var name: String { String(path.split(separator: "/").last ?? "") }

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
  package static let rules = files([
    ("aws_ecr_container_scanning_findings_critical.yml", PackageResources.aws_ecr_container_scanning_findings_critical_yml),
    ("aws_ecr_container_scanning_findings_critical.roles.yml", PackageResources.aws_ecr_container_scanning_findings_critical_roles_yml),
    ("aws_ecr_container_scanning_findings_high.yml", PackageResources.aws_ecr_container_scanning_findings_high_yml),
    ("aws_ecr_container_scanning_findings_high.roles.yml", PackageResources.aws_ecr_container_scanning_findings_high_roles_yml),
    ("aws_ecr_container_scanning_findings_low_informational_unknown.yml", PackageResources.aws_ecr_container_scanning_findings_low_informational_unknown_yml),
    ("aws_ecr_container_scanning_findings_low_informational_unknown.roles.yml", PackageResources.aws_ecr_container_scanning_findings_low_informational_unknown_roles_yml),
    ("aws_ecr_container_scanning_findings_medium.yml", PackageResources.aws_ecr_container_scanning_findings_medium_yml),
    ("aws_ecr_container_scanning_findings_medium.roles.yml", PackageResources.aws_ecr_container_scanning_findings_medium_roles_yml),
    ("aws_ecr_container_scanning_findings_undefined_untriaged.yml", PackageResources.aws_ecr_container_scanning_findings_undefined_untriaged_yml),
    ("aws_ecr_container_scanning_findings_undefined_untriaged.roles.yml", PackageResources.aws_ecr_container_scanning_findings_undefined_untriaged_roles_yml),
    ("aws_ecr_enhanced_scanning_findings_critical.yml", PackageResources.aws_ecr_enhanced_scanning_findings_critical_yml),
    ("aws_ecr_enhanced_scanning_findings_critical.roles.yml", PackageResources.aws_ecr_enhanced_scanning_findings_critical_roles_yml),
    ("aws_ecr_enhanced_scanning_findings_high.yml", PackageResources.aws_ecr_enhanced_scanning_findings_high_yml),
    ("aws_ecr_enhanced_scanning_findings_high.roles.yml", PackageResources.aws_ecr_enhanced_scanning_findings_high_roles_yml),
  ])
  /// Records of our own making that the rules' `tests` find something in.
  package static let samples = files([
    ("sample_basic_scan.ndjson", PackageResources.sample_basic_scan_ndjson),
    ("sample_blind_scan.ndjson", PackageResources.sample_blind_scan_ndjson),
    ("sample_enhanced_scan.ndjson", PackageResources.sample_enhanced_scan_ndjson),
    ("sample_image_scan_event.ndjson", PackageResources.sample_image_scan_event_ndjson),
    ("sample_inspector_finding.ndjson", PackageResources.sample_inspector_finding_ndjson),
    ("sample_put_image.ndjson", PackageResources.sample_put_image_ndjson),
    ("sample_saved_scan.json", PackageResources.sample_saved_scan_json),
  ])
  package static let macros = file("macros.yml", PackageResources.macros_yml)
  package static let techniques = file("attack.yml", PackageResources.attack_yml)

  private static func files(_ files: [(name: String, bytes: [UInt8])]) -> [TextFile] {
    files.map { file($0.name, $0.bytes) }
  }

  private static func file(_ name: String, _ bytes: [UInt8]) -> TextFile {
    TextFile(path: name, text: String(decoding: bytes, as: UTF8.self))
  }
}
