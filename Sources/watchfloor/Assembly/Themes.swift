import Detections
import Diagnostics
import TerminalUI

/// The themes that can be chosen: the program's own, and base16 or base24 files of the user's in
/// `themes/` of the configuration directory.
///
/// First asked for on the main thread, when a screen's options are looked at: not to parse them.
enum Themes {
  static let all: [Theme] = {
    let own = MainActor.assumeIsolated { Theme.builtIn }
    let names = Set(own.map { $0.name.lowercased() })
    return own + user.themes.filter { !names.contains($0.name.lowercased()) }
  }()

  /// What is wrong with files of the user's: they are left out.
  static var problems: [String] { user.problems }

  private static let user: (themes: [Theme], problems: [String]) = {
    let (files, unreadable) = RuleFiles.inFolder(Settings.configured("themes"))
    var themes: [Theme] = []
    var problems = unreadable.map { "watchfloor: the theme '\($0)' cannot be read" }
    for file in files {
      do throws(Problems) {
        themes.append(try Theme(yaml: file.text, name: file.name))
      } catch {
        problems.append(error.rendered(in: SourceText(name: file.name, text: file.text)))
      }
    }
    return (themes.sorted { $0.name < $1.name }, problems)
  }()

  static var names: [String] { all.map(\.name) }

  /// The theme of a name in whatever case; the first where there is none.
  static func named(_ name: String?) -> Theme {
    all.first { $0.name.lowercased() == name?.lowercased() } ?? all[0]
  }
}
