import ArgumentParser
import Configuration
import Glibc
import Interface
import TerminalUI

/// How the dashboard is drawn.
struct ScreenOptions: ParsableArguments {
  // No themes are read for their names here: this is made whenever a line is parsed.
  @Option(
    help: """
      The theme: \(Theme.builtInNames.joined(separator: ", ")), or one of the files in themes/ \
      of the configuration's directory.
      """)
  var theme: String?

  @Flag(help: "Draw with ASCII only.")
  var ascii = false

  @Flag(help: "Let the mouse select, scroll and click.")
  var mouse = false

  @Option(
    name: .customLong("idle-fd"),
    help: ArgumentHelp(
      "Write a byte to this descriptor whenever nothing is left to do: for tests.",
      visibility: .hidden))
  var idleDescriptor: Int32?

  func validate() throws {
    if let theme, Themes.named(theme).name.lowercased() != theme.lowercased() {
      throw ValidationError(
        "there is no theme '\(theme)'; there are \(Themes.names.joined(separator: ", "))")
    }
  }

  /// The command line's theme, else the configuration's.
  var chosenTheme: Theme { Themes.named(theme ?? UserConfiguration.current.text(.theme)) }

  var isASCII: Bool { ascii || UserConfiguration.current.isOn(.ascii) }

  var listensToMouse: Bool { mouse || UserConfiguration.current.isOn(.mouse) }

  /// Who triages: the name of the login.
  private var analyst: String {
    // Not the system's list of users: a static program cannot count on it.
    for name in ["LOGNAME", "USER"] {
      if let value = getenv(name), value.pointee != 0 { return String(cString: value) }
    }
    return "user \(getuid())"
  }

  /// Takes the terminal for a while.
  ///
  /// It is given back before an error goes on, which is to be read on it.
  ///
  /// - Throws: a failure of use where it can show no dashboard.
  func withStage(_ body: (Stage) throws -> Void) throws {
    let stage = try MainActor.assumeIsolated {
      do throws(TerminalProblem) {
        return try Stage(TerminalProfile.detect(onlyASCII: isASCII), mouse: listensToMouse)
      } catch {
        throw Failure(error.sentence, status: .wrongUse)
      }
    }
    defer { MainActor.assumeIsolated { stage.close() } }
    try body(stage)
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
