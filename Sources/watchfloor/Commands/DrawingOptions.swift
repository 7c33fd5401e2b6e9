import ArgumentParser
import Configuration
import Glibc
import Interface
import TerminalUI

/// How the dashboard looks, on a terminal and in a picture.
struct DrawingOptions: ParsableArguments {
  // No themes are read for their names here: this is made whenever a line is parsed.
  @Option(
    help: """
      The theme: \(Theme.builtInNames.joined(separator: ", ")), or one of the files in themes/ \
      of the configuration's directory.
      """)
  var theme: String?

  @Flag(help: "Draw with ASCII only.")
  var ascii = false

  func validate() throws {
    if let theme, Themes.named(theme).name.lowercased() != theme.lowercased() {
      throw ValidationError(
        "there is no theme '\(theme)'; there are \(Themes.names.joined(separator: ", "))")
    }
  }

  /// The command line's theme, else the configuration's.
  var chosenTheme: Theme { Themes.named(theme ?? UserConfiguration.current.text(.theme)) }

  var isASCII: Bool { ascii || UserConfiguration.current.isOn(.ascii) }

  /// Who triages: the name of the login.
  private var analyst: String {
    // Not the system's list of users: a static program cannot count on it.
    for name in ["LOGNAME", "USER"] {
      if let value = getenv(name), value.pointee != 0 { return String(cString: value) }
    }
    return "user \(getuid())"
  }

  func settings(firstView: View = .overview, isASCII: Bool) -> ScreenSettings {
    var settings = ScreenSettings(
      isASCII: isASCII, themes: Themes.names, theme: chosenTheme.name,
      firstView: firstView, analyst: analyst)
    settings.isThemeGiven = theme != nil
    settings.firstTheme = chosenTheme.name
    return settings
  }
}
