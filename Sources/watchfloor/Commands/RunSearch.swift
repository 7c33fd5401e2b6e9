import ArgumentParser
import DetectionEngine
import Detections
import Diagnostics
import Events
import Export
import Ingest
import SPL
import Storage
import Streaming

/// `watchfloor search`: any search, over logs or over what was found.
struct RunSearch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Run a search of your own over logs, or over the findings and the risk.",
    discussion: """
      Over the records in the paths, as one window; without a path over those of the state used \
      last. index=notable searches the findings, index=risk and the datamodel Risk.All_Risk the \
      risk events of a state, under Splunk's field names. Macros are those of the rules.

        watchfloor search 'eventName=PutImage | stats count by userIdentity.userName' AWSLogs/
        watchfloor search 'index=risk | stats sum(risk_score) as risk by risk_object'
        watchfloor search --state DIR 'index=notable urgency=critical'

      The exit status is 1 when the search cannot run or a path cannot be read.
      """)

  @Flag(help: "Count duplicate deliveries as Splunk does, and cut spath as Splunk does.")
  var exact = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var folders: RuleFolderOptions
  @OptionGroup var stateOptions: StateOptions
  @OptionGroup var clockOptions: ClockOptions

  @Argument(help: ArgumentHelp("The search, in SPL.", valueName: "spl"))
  var search: String

  @OptionGroup var arguments: PathArguments

  func run() throws {
    let rules = try LoadedRules(folders.source)
    let text = SourceText(name: "(search)", text: search)
    let asOf = clockOptions.now ?? Clock().now()
    let rule: Rule
    let stored: StoredSearch?
    do throws(Problems) {
      rule = try Rule(
        adHoc: text, macros: rules.library.macros, tables: rules.library.tables)
      stored = try StoredSearch(rule, asOf: asOf)
    } catch {
      throw Failure("the search cannot run\n" + error.rendered(in: text))
    }
    // Such as a field that no row can have here: it runs, and finds nothing.
    if !rule.search.warnings.isEmpty {
      StandardError.write(Problems(rule.search.warnings).rendered(in: text))
    }
    guard let stored else { return try scan(rule, asOf: asOf) }
    guard stored.readsStore else { return output.write(stored.table) }
    guard let directory = try stateOptions.knownDirectory(for: arguments.paths) else {
      throw Failure("there is no state to search yet; make one with: watchfloor watch PATH")
    }
    let store = try Store.open(directory: directory, mode: .viewer)
    output.write(try stored.table(of: store, rules: rules.library.rules.compactMap(\.rule)))
  }

  private func scan(_ rule: Rule, asOf: Timestamp) throws {
    var paths = arguments.paths
    if paths.isEmpty, let directory = try stateOptions.knownDirectory(for: []) {
      paths = try Store.open(directory: directory, mode: .viewer).roots
    }
    if paths.isEmpty {
      throw Failure("there is no path to search; try: watchfloor search 'SPL' AWSLogs/")
    }
    let outcome = try AdHocScan(paths: paths, rules: [rule], exact: exact, asOf: asOf).run()
    output.write(outcome.results[0].table.withoutIdleMarks)
    outcome.tell()
    if !outcome.summary.unreadable.isEmpty { throw ExitCode(ExitStatus.failed.rawValue) }
  }
}

extension Table {
  /// The table without the column of marks where no row has one.
  fileprivate var withoutIdleMarks: Table {
    guard columns.last == BatchRun.marksColumn, rows.allSatisfy({ $0.last?.isNull == true })
    else { return self }
    return Table(columns: columns.dropLast(), rows: rows.map { $0.dropLast() })
  }
}
