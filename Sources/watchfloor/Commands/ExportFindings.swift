import ArgumentParser
import Events
import Export
import Findings
import Storage

/// `watchfloor export`: findings and risk in the forms that other tools take.
struct ExportFindings: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Print findings as OCSF, or risk events as Splunk's HEC takes them, a line each.",
    discussion: """
      Without a path the state used last is read; it is never written.

        watchfloor export ocsf-vulnerability > findings.ndjson
        watchfloor export hec-risk --hours 24 | curl -H "Authorization: Splunk $TOKEN" \
      --data-binary @- https://splunk.example:8088/services/collector
      """)

  enum Form: String, CaseIterable, ExpressibleByArgument {
    case vulnerability = "ocsf-vulnerability"
    case detection = "ocsf-detection"
    case risk = "hec-risk"
  }

  @Argument(help: "ocsf-vulnerability, ocsf-detection or hec-risk.")
  var form: Form

  @Option(help: "Only what was seen in so many hours before the end.")
  var hours: Int?

  @OptionGroup var ruleOptions: RuleOptions
  @OptionGroup var stateOptions: StateOptions
  @OptionGroup var clockOptions: ClockOptions
  @OptionGroup var arguments: PathArguments

  func run() throws {
    let opened = try OpenedState(
      stateOptions, rules: ruleOptions, paths: arguments.paths, clock: clockOptions.now)
    let end = try opened.answers.asOf(opened.clock.now())
    let range = TimeRange(from: hours.map { end - Int64($0) * 3600 }, to: end)
    try Exchange(store: opened.answers.store, form: form).write(range)
  }
}

/// Goes through a store, a day at a time, so that what is held does not grow with what there is.
private struct Exchange {
  let store: Store
  let form: ExportFindings.Form
  private let ocsf = OCSF(version: Watchfloor.configuration.version)

  init(store: Store, form: ExportFindings.Form) {
    self.store = store
    self.form = form
  }

  private static let day: Int64 = 86_400

  func write(_ range: Findings.TimeRange) throws {
    guard var start = try range.from ?? oldest(upTo: range.to) else { return }
    while start <= range.to {
      let end = min(range.to, start + (Self.day - 1))
      try write(from: start, to: end)
      start = end + 1
    }
  }

  private func write(from start: Timestamp, to end: Timestamp) throws {
    let slice = Findings.TimeRange(from: start, to: end)
    if form == .risk {
      for risk in try store.riskEvents(in: slice).reversed() {
        StandardOutput.write(HECRisk.line(risk, host: Settings.host) + "\n")
      }
      return
    }
    let rows = try store.rows(seenIn: slice)
    let triage = try store.triage(of: Set(rows.map(\.finding)))
    let risk = form == .detection ? try store.riskEvents(in: slice) : []
    let riskByRow = Dictionary(grouping: risk, by: \.row)
    for row in rows.reversed() {
      let touched = triage[row.finding] ?? .untouched
      let line =
        form == .vulnerability
        ? ocsf.vulnerability(row, touched)
        : ocsf.detection(row, touched, risk: riskByRow[row.id] ?? [])
      if let line { StandardOutput.write(line + "\n") }
    }
  }

  private func oldest(upTo end: Timestamp) throws -> Timestamp? {
    let query = Query(
      range: Findings.TimeRange(from: nil, to: end), sort: Sort(.last, descending: false), limit: 1)
    guard case .rows(let page) = try store.answer(.rows(query)) else { return nil }
    return page.lines.first?.lastSeen
  }
}
