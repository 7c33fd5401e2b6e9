import Foundation
import TerminalUI

/// The terminal, its locale and its colours.
enum TerminalChecks {
  static func all() -> [Checked] { [terminal, locale, colours] }

  private static let environment = ProcessInfo.processInfo.environment

  private static var name: String { environment["TERM"] ?? "" }

  private static var terminal: Checked {
    do throws(TerminalProblem) {
      let profile = try TerminalProfile.detect()
      return .fine("terminal", "TERM=\(name), drawn as \(profile.terminal)")
    } catch .notATerminal {
      return .doubtful(
        "terminal", "standard input and output are not both a terminal",
        help: "run it in a terminal for the dashboard; elsewhere: watchfloor watch --plain")
    } catch {
      return .broken("terminal", error.sentence, help: "TERM=xterm-256color watchfloor ...")
    }
  }

  private static var locale: Checked {
    let named = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }
      .first { !$0.isEmpty }
    guard let named, named.lowercased().contains("utf") else {
      return .doubtful(
        "locale", "\(named ?? "none is set"): lines and bars are drawn with ASCII",
        help: "export LANG=C.UTF-8")
    }
    return .fine("locale", named)
  }

  private static var colours: Checked {
    if environment["NO_COLOR"]?.isEmpty == false {
      return .doubtful("colours", "NO_COLOR is set: none are used", help: "unset NO_COLOR")
    }
    if ["truecolor", "24bit"].contains(environment["COLORTERM"]) {
      return .fine("colours", "COLORTERM=\(environment["COLORTERM"] ?? "")")
    }
    guard name.contains("256color") || name.contains("direct") else {
      return .doubtful(
        "colours", "TERM=\(name.isEmpty ? "-" : name) has few: the nearest are used",
        help: "export TERM=\(name.hasPrefix("screen") ? "screen" : "xterm")-256color")
    }
    return .fine("colours", "256 by TERM=\(name)")
  }
}
