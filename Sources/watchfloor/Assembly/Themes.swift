import TerminalUI

/// The themes that can be chosen.
///
/// First asked for on the main thread, when options are parsed.
enum Themes {
  static let all: [Theme] = MainActor.assumeIsolated { Theme.builtIn }

  static var names: [String] { all.map(\.name) }

  static func named(_ name: String?) -> Theme { all.first { $0.name == name } ?? all[0] }
}
