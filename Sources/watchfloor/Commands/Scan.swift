import ArgumentParser
import CloudTrail
import DetectionEngine
import Detections
import Diagnostics
import Events
import Export
import Findings
import Ingest
import Workers

/// `watchfloor scan`: the detections once over everything there.
struct Scan: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Run the detections once over logs and print the rows.",
    discussion: """
      An ad-hoc search: one window over everything, no risk raised, nothing kept. For rules with \
      thresholds the rows may differ from what watch shows, which evaluates hour by hour.

        watchfloor scan AWSLogs/
        watchfloor scan --format ndjson AWSLogs/ | jq .repository
        watchfloor scan --exact --format csv --rule myrule.yml old.json.gz

      The exit status is 0 when the scan is done (also without rows), 1 when a path cannot be read \
      or a rule cannot run, 2 for wrong use.
      """)

  @OptionGroup var ruleOptions: RuleOptions

  @Flag(
    help: """
      Print Splunk's rows: nothing deduplicated, rows with a null BY value dropped, no digest \
      taken from the response, no column of marks.
      """)
  var exact = false

  @Option(help: "table (the default on a terminal), ndjson (the default elsewhere), json, csv.")
  var format: TableFormat?

  @Option(
    help: ArgumentHelp(
      "MiB of rows to hold in memory; what is more goes to a temporary file in TMPDIR.",
      valueName: "n"))
  var memory = 32

  @OptionGroup var clockOptions: ClockOptions
  @OptionGroup var arguments: PathArguments

  func validate() throws {
    if memory < 0 {
      throw ValidationError("found --memory \(memory), expected MiB from 0 on, such as 32")
    }
    if arguments.paths.isEmpty {
      throw ValidationError("there is no path to scan; try: watchfloor scan AWSLogs/")
    }
  }

  func run() throws {
    let clock = Clock(startingAt: clockOptions.now)
    var source = ruleOptions.source()
    source.suppressesAt = clock.now()
    source.wantsOnlyNamed = !source.names.isEmpty
    let chosen = try ChosenRules(source)
    for problem in chosen.problems { StandardError.write(problem + "\n") }
    let hiding = chosen.library.suppressions.count
    if hiding > 0 {
      StandardError.write(
        "watchfloor: \(hiding == 1 ? "a suppression" : "\(hiding) suppressions") of "
          + "'\(RuleSource.macroFile)' in force\n")
    }
    let outcome = try AdHocScan(
      paths: arguments.paths, rules: chosen.rules, exact: exact, asOf: clock.now(),
      memory: memory << 20
    ).run()
    let format = format ?? (StandardOutput.isTerminal ? .table : .ndjson)
    do throws(ScratchProblem) {
      try write(outcome.results, as: format)
    } catch {
      throw Failure(error.sentence)
    }
    outcome.tell()
    if !outcome.summary.unreadable.isEmpty || chosen.hasBroken {
      throw ExitCode(ExitStatus.failed.rawValue)
    }
  }

  private func write(
    _ results: [AdHocRun.Result], as format: TableFormat
  ) throws(ScratchProblem) {
    if format == .ndjson {
      try ResultLines(results).write(threads: Machine.cores) { StandardOutput.write($0) }
      return
    }
    var tables: [SearchResult] = []
    for result in results {
      tables.append(
        SearchResult(searchName: result.rule.detection.searchName, table: try result.table()))
    }
    StandardOutput.write(format.text(of: tables))
  }
}

extension TableFormat: ExpressibleByArgument {}
