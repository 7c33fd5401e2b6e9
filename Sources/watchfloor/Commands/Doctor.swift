import ArgumentParser
import Configuration
import Export

/// `watchfloor doctor`: what this machine lacks, and what mends it.
struct ExamineMachine: ParsableCommand, NeedsNoConfiguration {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Look at terminal, kernel, logs, state and rules, and say what mends what is wrong.",
    discussion: """
      The exit status is 0 when everything works, if less well than it could, and 1 when something \
      does not.

        watchfloor doctor /var/log/cloudtrail
        watchfloor doctor --format json | jq '.[] | select(.state != "ok")'
      """)

  @Option(help: "table (the default on a terminal), ndjson (the default elsewhere), json, csv.")
  var format: TableFormat?

  @OptionGroup var ruleOptions: RuleOptions
  @OptionGroup var stateOptions: StateOptions
  @OptionGroup var arguments: PathArguments

  func run() throws {
    let paths =
      arguments.paths.isEmpty ? UserConfiguration.current.list(.paths) : arguments.paths
    let roots = try realPaths(paths)
    let logs = PathChecks(roots)
    var checks = TerminalChecks.all() + logs.all()
    checks += KernelChecks(directories: logs.directories, files: logs.files).all()
    let state = try stateDirectory(of: roots)
    if let state { checks += StateChecks(directory: state).all() }
    checks += RuleChecks(source: ruleOptions.source(state: state)).all()
    let format = format ?? (StandardOutput.isTerminal ? .table : .ndjson)
    StandardOutput.write(
      format == .table
        ? checks.lines
        : format.text(of: [SearchResult(searchName: "doctor", table: checks.table)]))
    if checks.contains(where: { $0.state == .broken }) {
      throw ExitCode(ExitStatus.failed.rawValue)
    }
  }

  /// That of the paths, else the one used last; nil where there is none to look at.
  private func stateDirectory(of roots: [String]) throws -> String? {
    if roots.isEmpty, stateOptions.state == nil { return LastState.directory }
    return stateOptions.directory(for: roots)
  }
}
