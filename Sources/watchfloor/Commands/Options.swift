import ArgumentParser
import Events

/// Which rules run.
struct RuleOptions: ParsableArguments {
  @Option(
    name: .customLong("rule"),
    help: ArgumentHelp(
      "Run this rule instead of those that are on: its name, its file's base name, or a path.",
      valueName: "name|file"))
  var rules: [String] = []

  @Option(
    name: .customLong("rules"),
    help: ArgumentHelp(
      "Load the rules in this directory too, beside the built-in ones and those in "
        + "$XDG_CONFIG_HOME/watchfloor/rules; may be repeated.", valueName: "dir"),
    completion: .directory)
  var folders: [String] = []

  /// The rules that the options name; `state` is the directory that holds the user's switches.
  func source(state: String? = nil) -> RuleSource {
    RuleSource(
      folders: folders, names: rules, switchFile: state.map { $0 + "/" + RuleSource.switchName })
  }
}

/// Where findings are kept.
struct StateOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Keep findings and file offsets here, not in $XDG_STATE_HOME/watchfloor.", valueName: "dir"))
  var state: String?

  @Flag(help: "Keep nothing: a temporary state that is removed at the end.")
  var noState = false

  func validate() throws {
    if state != nil, noState {
      throw ValidationError("found --state and --no-state, expected one of them")
    }
  }
}

/// What counts as now.
struct ClockOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Take this for the clock, such as 2026-03-16T12:00Z: for samples and tests.",
      valueName: "time"),
    transform: moment)
  var now: Timestamp?
}

private func moment(_ argument: String) throws -> Timestamp {
  guard let time = Timestamp(iso8601: argument) else {
    throw ValidationError("found '\(argument)' as a time, expected one like 2026-03-16T12:00Z")
  }
  return time
}

/// What is read.
struct PathArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Files or directories of CloudTrail logs, read recursively.", valueName: "path"),
    completion: .file())
  var paths: [String] = []
}
