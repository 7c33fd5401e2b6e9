import ArgumentParser
import Configuration
import Events
import Export

/// `watchfloor config`: the settings, where each was set, and whether the file is right.
struct Config: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Show the settings that hold and where each was set; check the file.",
    discussion: """
      The file is $XDG_CONFIG_HOME/watchfloor/config.yml. Variables of the environment \
      (WATCHFLOOR_THEME=day) stand over it, options of the command line over both.

        watchfloor config
        watchfloor config check
        watchfloor config template > ~/.config/watchfloor/config.yml
      """,
    subcommands: [ShowConfig.self, CheckConfig.self, ConfigTemplate.self],
    defaultSubcommand: ShowConfig.self)
}

/// A command that also runs where the configuration cannot be used.
protocol NeedsNoConfiguration {}

/// `watchfloor config show`.
struct ShowConfig: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print every setting, its value and where it was set.")

  @Option(help: "table (the default on a terminal), ndjson (the default elsewhere), json, csv.")
  var format: TableFormat?

  func run() throws {
    let configuration = UserConfiguration.current
    let table = Table(
      columns: ["setting", "value", "set_by"].map { Text($0) },
      rows: Setting.allCases.map { setting in
        let entry = configuration[setting]
        return [setting.rawValue, entry.value.shown, entry.origin.shown].map { .text(Text($0)) }
      })
    let format = format ?? (StandardOutput.isTerminal ? .table : .ndjson)
    StandardOutput.write(format.text(of: [SearchResult(searchName: "config", table: table)]))
  }
}

/// `watchfloor config check`.
struct CheckConfig: ParsableCommand, NeedsNoConfiguration {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say everything that is wrong with the configuration file; exit 2 where it is.",
    discussion: """
        watchfloor config check
        watchfloor config check new-config.yml
      """)

  @Argument(
    help: ArgumentHelp("Another file than the one that is used.", valueName: "file"),
    completion: .file())
  var file: String?

  func run() throws {
    let path = file ?? UserConfiguration.path
    let configuration = try UserConfiguration.load(path)
    let set = Setting.allCases.count { configuration[$0].origin != .fallback }
    StandardOutput.write(
      "'\(path)' is right; \(set) of \(Setting.allCases.count) settings are set\n")
  }
}

/// `watchfloor config template`.
struct ConfigTemplate: ParsableCommand, NeedsNoConfiguration {
  static let configuration = CommandConfiguration(
    commandName: "template", abstract: "Print a configuration file that shows every setting.")

  @Flag(help: "As a page of documentation, in Markdown.")
  var markdown = false

  func run() throws {
    StandardOutput.write(markdown ? Configuration.page : Configuration.template)
  }
}
