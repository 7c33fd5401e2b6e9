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
        watchfloor search --earliest -24h 'index=notable | stats count by rule_name'
        watchfloor search --state DIR 'index=notable urgency=critical'

      The exit status is 1 when the search cannot run or a path cannot be read.
      """)

  @Flag(help: "Count duplicate deliveries as Splunk does, and cut spath as Splunk does.")
  var exact = false

  @Option(
    parsing: .unconditional,
    help: "From this time on, such as -24h, -7d@d or 2026-03-16T12:00Z.")
  var earliest: String?

  @Option(parsing: .unconditional, help: "Up to before this time.")
  var latest: String?

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
    let range = try range(asOf: asOf)
    let rule: Rule
    let stored: StoredSearch?
    do throws(Problems) {
      rule = try Rule(
        adHoc: text, macros: rules.library.macros, tables: rules.library.tables)
      stored = try StoredSearch(rule, asOf: asOf, range: range)
    } catch {
      throw Failure("the search cannot run\n" + error.rendered(in: text))
    }
    // Such as a field that no row can have here: it runs, and finds nothing.
    if !rule.search.warnings.isEmpty {
      StandardError.write(Problems(rule.search.warnings).rendered(in: text))
    }
    guard let stored else { return try scan(rule, asOf: asOf, range) }
    guard stored.readsStore else { return output.write(stored.table) }
    guard let directory = try stateOptions.knownDirectory(for: arguments.paths) else {
      throw Failure("there is no state to search yet; make one with: watchfloor watch PATH")
    }
    let store = try Store.open(directory: directory, mode: .viewer)
    output.write(try stored.table(of: store, rules: rules.library.rules.compactMap(\.rule)))
  }

  /// The range of the options: times as in a search, or in full.
  private func range(asOf: Timestamp) throws -> SearchRange {
    let terms = [("earliest", earliest), ("latest", latest)].compactMap { name, time in
      time.map { "\(name)=\(Timestamp(iso8601: $0).map { String($0.seconds) } ?? $0)" }
    }
    guard !terms.isEmpty else { return .everything }
    let text = SourceText(name: "(options)", text: terms.joined(separator: " "))
    do throws(Problems) {
      let rule = try Rule(adHoc: text, macros: MacroTable())
      return try Plan(rule.search, settings: PlanSettings(asOf: asOf)).range
    } catch {
      throw Failure(
        "found '\(terms.joined(separator: " "))' as a time range, expected times like -24h, "
          + "-7d@d or 2026-03-16T12:00Z", status: .wrongUse)
    }
  }

  private func scan(_ rule: Rule, asOf: Timestamp, _ range: SearchRange) throws {
    var paths = arguments.paths
    if paths.isEmpty, let directory = try stateOptions.knownDirectory(for: []) {
      paths = try Store.open(directory: directory, mode: .viewer).roots
    }
    if paths.isEmpty {
      throw Failure("there is no path to search; try: watchfloor search 'SPL' AWSLogs/")
    }
    let outcome = try AdHocScan(
      paths: paths, rules: [rule], exact: exact, asOf: asOf, range: range
    ).run()
    output.write(try outcome.results[0].table().withoutIdleMarks)
    outcome.tell()
    if !outcome.summary.unreadable.isEmpty { throw ExitCode(ExitStatus.failed.rawValue) }
  }
}
