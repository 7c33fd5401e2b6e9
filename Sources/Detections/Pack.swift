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

/// The files that are built into the binary: rules, their sidecars, macros, ATT&CK names.
package enum Pack {
  /// Rules and sidecars, as `Sources/Detections/Pack` holds them.
  package static let rules = [
    file(
      "aws_ecr_container_scanning_findings_high.yml",
      PackageResources.aws_ecr_container_scanning_findings_high_yml),
    file(
      "aws_ecr_container_scanning_findings_high.roles.yml",
      PackageResources.aws_ecr_container_scanning_findings_high_roles_yml),
  ]
  package static let macros = file("macros.yml", PackageResources.macros_yml)
  package static let techniques = file("attack.yml", PackageResources.attack_yml)

  private static func file(_ name: String, _ bytes: [UInt8]) -> TextFile {
    TextFile(path: name, text: String(decoding: bytes, as: UTF8.self))
  }
}
