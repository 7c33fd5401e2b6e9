import Diagnostics

extension Theme {
  /// The names of the program's own themes, in their order.
  package static let builtInNames = ["Night", "Day", "Beacon", "Harbour"]

  /// The themes of the program itself, the first one being what it starts with.
  @MainActor package static let builtIn: [Theme] = [
    builtIn("night.yaml", PackageResources.night_yaml),
    builtIn("day.yaml", PackageResources.day_yaml),
    builtIn("beacon.yaml", PackageResources.beacon_yaml),
    builtIn("harbour.yaml", PackageResources.harbour_yaml),
  ]

  @MainActor private static func builtIn(_ name: String, _ bytes: [UInt8]) -> Theme {
    do throws(Problems) {
      return try Theme(yaml: String(decoding: bytes, as: UTF8.self), name: name)
    } catch {
      preconditionFailure("the built-in theme \(name) is a scheme: \(error.diagnostics)")
    }
  }
}
