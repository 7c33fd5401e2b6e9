extension Configuration {
  /// A configuration file that sets nothing and shows everything: each setting with what it does
  /// and a value, in comments.
  package static var template: String {
    let heading = """
      # Settings of watchfloor. Options of the command line stand over variables of the
      # environment, those over this file. Check it with: watchfloor config check

      """
    let settings = Setting.allCases.map { setting in
      """

      # \(setting.summary)
      # Default: \(setting.fallback.shown)   Variable: \(setting.variable)
      # \(setting.rawValue): \(setting.example)

      """
    }
    return heading + settings.joined()
  }

  /// The same as a page of documentation.
  package static var page: String {
    let rows = Setting.allCases.map { setting in
      "| `\(setting.rawValue)` | `\(setting.variable)` | `\(setting.fallback.shown)` "
        + "| \(setting.summary) | `\(setting.example)` |\n"
    }
    return """
      # Settings

      `$XDG_CONFIG_HOME/watchfloor/config.yml` (`~/.config/watchfloor/config.yml`) is a YAML mapping.
      An option of the command line stands over the variable of the environment, that over the
      file, the file over the default. Items of a list are parted by colons in a variable. Paths start
      with `/` or `~/`. `watchfloor config` shows what holds and where it was set, `watchfloor config
      check` says what is wrong with the file, `watchfloor config template` prints one to start from.
      The file names commands to run, so it is refused when others could write it.

      | setting | variable | default | what it does | example |
      |---|---|---|---|---|

      """ + rows.joined()
  }
}
