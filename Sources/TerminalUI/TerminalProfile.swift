import CTerminal
import Glibc

/// What the terminal of this process can do, found out without asking it anything.
package nonisolated struct TerminalProfile: Equatable, Sendable {
  /// The terminal description to use: that of `TERM`, or its variant that takes colours as
  /// numbers.
  package var terminal: String
  package var depth: ColourDepth
  /// Whether only ASCII should be drawn.
  package var isASCII: Bool

  /// Looks at the environment and the terminal descriptions of this machine, and sets the process's
  /// locale to the user's.
  package static func detect(onlyASCII: Bool = false) throws(TerminalProblem) -> TerminalProfile {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
    guard let name = variable("TERM") else { throw .unnamed }
    let colours = ct_describe(name)
    guard name != "dumb", colours != -2 else { throw .cannotPlaceText(terminal: name) }
    guard colours >= 0 else { throw .unknown(terminal: name) }
    let writesUTF8 = takeLocale()
    var profile = TerminalProfile(
      terminal: name, depth: depth(colours: Int(colours)),
      isASCII: onlyASCII || !writesUTF8 || name == "linux")
    if profile.depth == .palette, ["truecolor", "24bit"].contains(variable("COLORTERM")),
      let direct = directVariant(of: name)
    {
      profile.terminal = direct
      profile.depth = .direct
    }
    return profile
  }

  private static func depth(colours: Int) -> ColourDepth {
    if variable("NO_COLOR") != nil { return .mono }
    return switch colours {
    case 1 << 24: .direct
    case 256...: .palette
    case 8...: .ansi
    default: .mono
    }
  }

  /// `xterm-256color` -> `xterm-direct`, where this machine knows it: the plain descriptions have
  /// no way to set a colour by number.
  private static func directVariant(of name: String) -> String? {
    var stem = name
    for suffix in ["-256color", "-color"] where stem.hasSuffix(suffix) {
      stem.removeLast(suffix.utf8.count)
      break
    }
    let candidate = stem + "-direct"
    return ct_describe(candidate) == 1 << 24 ? candidate : nil
  }

  /// Whether text goes out as UTF-8.
  ///
  /// A UTF-8 locale that is named but not installed, as over SSH,
  /// counts as the C library's own.
  private static func takeLocale() -> Bool {
    if setlocale(LC_CTYPE, "") == nil {
      let named = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(variable).first ?? ""
      guard named.lowercased().contains("utf"), setlocale(LC_CTYPE, "C.UTF-8") != nil else {
        return false
      }
    }
    guard let codeset = nl_langinfo(CInt(CODESET)) else { return false }
    return String(cString: codeset) == "UTF-8"
  }

  /// An environment variable; nil where it is not set or empty.
  private static func variable(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }
}
