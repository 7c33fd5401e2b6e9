import ArgumentParser
import Diagnostics
import Glibc

/// The program: one verb a file, and `watch` where none is named.
@main
struct Watchfloor: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watchfloor",
    abstract:
      "Watch AWS container registries: Splunk's ESCU detections over CloudTrail logs, live.",
    discussion: """
      watchfloor logs/                 follow a directory and open the dashboard
      watchfloor scan logs/ | jq .     run the detections once and print the rows
      watchfloor demo                  see it alive, with made-up traffic
      """,
    version: "0.1.0",
    subcommands: [
      Watch.self, Scan.self, Verify.self, DrawFrame.self, Demo.self, Keys.self,
      Check.self, ListRules.self, Explain.self, Compile.self, Test.self, RunSearch.self,
      Backfill.self, MakeReport.self, ExportFindings.self, ExamineMachine.self, KeptState.self,
      Config.self, Manual.self,
    ],
    defaultSubcommand: Watch.self)

  /// Parses, runs, and ends with the codes that scripts rely on: 0 done, 1 failed at run time,
  /// 2 wrong use.
  static func main() {
    // A reader that has gone is told by the write that fails, and ends the program quietly.
    signal(SIGPIPE, SIG_IGN)
    let arguments = Array(CommandLine.arguments.dropFirst())
    if let corrected = verbFirst(arguments) {
      StandardError.write(
        """
        watchfloor: options follow the verb
          = help: watchfloor \(corrected.joined(separator: " "))

        """)
      end(.wrongUse)
    }
    do {
      var command = try parseAsRoot(arguments)
      if !(command is any NeedsNoConfiguration) { try UserConfiguration.check() }
      try command.run()
    } catch {
      finish(error)
    }
  }

  private static func finish(_ error: any Error) -> Never {
    if let failure = error as? Failure {
      StandardError.write("watchfloor: \(failure.sentence)\n")
      end(failure.status)
    }
    let code = exitCode(for: error)
    if code.isSuccess {
      StandardOutput.write(fullMessage(for: error) + "\n")
      end(.done)
    }
    // A signal's 128 and its number, say.
    if let status = (error as? ExitCode)?.rawValue { Glibc.exit(status) }
    StandardError.write(fullMessage(for: error) + "\n")
    end(code == .validationFailure ? .wrongUse : .failed)
  }

  /// The verb that a word may have been meant to be; nil for a path.
  static func verb(near word: String) -> String? {
    guard !word.contains("/") else { return nil }
    return nearest(to: word, in: configuration.subcommands.map { $0._commandName })
  }

  /// The line as it should read where an option stands before a verb; nil where all is well.
  ///
  /// Without this `watchfloor --no-state scan logs` would watch a directory called `scan`.
  static func verbFirst(_ arguments: [String]) -> [String]? {
    guard let first = arguments.first, first.hasPrefix("-"), first != "--" else { return nil }
    let verbs = configuration.subcommands.map { $0._commandName }
    let ended = arguments.firstIndex(of: "--") ?? arguments.endIndex
    guard let place = arguments[..<ended].firstIndex(where: { verbs.contains($0) }) else {
      return nil
    }
    return [arguments[place]] + arguments[..<place] + arguments[(place + 1)...]
  }
}
