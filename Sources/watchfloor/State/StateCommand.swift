import ArgumentParser
import Storage

/// `watchfloor state`: what is kept, how large it is, and analysts' words out of it and into it.
struct KeptState: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "state",
    abstract: "Show a state, give its free space back, export and import triage.",
    discussion: """
      A state is the directory that holds findings, triage and file offsets of some paths. Without \
      a path or --state the one used last is meant, and named.

        watchfloor state /var/log/cloudtrail
        watchfloor state vacuum
        watchfloor state export-triage triage.ndjson
      """,
    subcommands: [ShowState.self, VacuumState.self, ExportTriage.self, ImportTriage.self],
    defaultSubcommand: ShowState.self)
}

/// Which state a command is about.
struct StateArgument: ParsableArguments {
  @Option(help: ArgumentHelp("The state's directory.", valueName: "dir"), completion: .directory)
  var state: String?

  /// The directory of a state that is there.
  ///
  /// - Throws: `Failure` where none has been used.
  func directory(of paths: [String]) throws -> String {
    var options = StateOptions()
    options.state = state
    options.noState = false
    guard let directory = try options.knownDirectory(for: paths) else {
      throw Failure(
        "no state has been used yet; name a path that was watched, or a state with --state DIR",
        status: .wrongUse)
    }
    return directory
  }

  /// The state for a command that changes it.
  ///
  /// - Throws: `Failure` where another instance writes it.
  func writable(of paths: [String]) throws -> Store {
    let directory = try directory(of: paths)
    // A viewer finds out whether there is a state at all: a writer would make one.
    let roots = try Store.open(directory: directory, mode: .viewer).roots
    let store = try Store.open(directory: directory, roots: roots)
    if case .viewer(let pid) = store.access {
      throw Failure("process \(pid) writes the state '\(directory)'; end it first")
    }
    return store
  }
}
