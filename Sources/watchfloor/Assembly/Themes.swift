import TerminalUI

/// The themes that can be chosen.
///
/// First asked for on the main thread, when options are parsed.
enum Themes {
  static let all: [Theme] = MainActor.assumeIsolated { Theme.builtIn }

  static var names: [String] { all.map(\.name) }

  /// The theme of a name in whatever case; the first where there is none.
  static func named(_ name: String?) -> Theme {
    all.first { $0.name.lowercased() == name?.lowercased() } ?? all[0]
  }
}
