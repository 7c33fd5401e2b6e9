import ArgumentParser
import DetectionEngine
import Detections
import Events
import Findings
import Storage
import Streaming

/// `watchfloor rules`: the rules that are there, and what became of them.
struct ListRules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List the rules: which are on, what they score, what they have found.",
    discussion: """
      Counts come from a state: the one of --state or of the paths, else the one used last, which \
      is then named on standard error.

        watchfloor rules
        watchfloor rules --on aws_ecr_container_scanning_findings_medium logs/
        watchfloor rules --format ndjson | jq 'select(.state != "on")'
      """)

  @Option(help: ArgumentHelp("Turn this rule on, in that state.", valueName: "rule"))
  var on: [String] = []

  @Option(help: ArgumentHelp("Turn this rule off.", valueName: "rule"))
  var off: [String] = []

  @OptionGroup var output: OutputOptions
  @OptionGroup var folders: RuleFolderOptions
  @OptionGroup var stateOptions: StateOptions
  @OptionGroup var arguments: PathArguments

  func run() throws {
    let directory = try stateOptions.knownDirectory(for: arguments.paths)
    var source = folders.source
    source.switchFile = directory.map { $0 + "/" + RuleSource.switchName }
    var rules = try LoadedRules(source)
    if !on.isEmpty || !off.isEmpty {
      for name in on { try rules.turn(name, on: true) }
      for name in off { try rules.turn(name, on: false) }
      rules = try LoadedRules(source)
    }
    let store = try directory.map { try Store.open(directory: $0, mode: .viewer) }
    let lines = try rules.library.rules.map { loaded in
      try RuleLine(loaded, in: rules, ledger: store)
    }
    output.write(Table(columns: RuleLine.columns, rows: lines.map(\.row)))
  }
}

extension RuleLine {
  /// Why the rows of a rule may not say all that there was; nil where they do.
  private static func approximation(_ counters: RuleCounters) -> String? {
    let parts = [
      (counters.cappedWindows, "hours had too many groups"),
      (counters.leftOut, "events were left out of these"),
      (counters.truncated, "events had too many combinations"),
      (counters.patternLimits, "regular expressions were given up"),
    ].filter { $0.0 > 0 }
    return parts.isEmpty ? nil : parts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
  }
}

/// A rule in the list.
private struct RuleLine {
  let row: [Value]

  static let columns: [Text] = [
    "rule", "file", "state", "type", "score", "rows", "records", "late", "dropped", "approximate",
    "since", "needles", "problem",
  ]

  init(_ loaded: LoadedRule, in rules: LoadedRules, ledger: (any Ledger)?) throws {
    let running = rules.roster.running.rules.first { $0.rule.fileName == loaded.fileName }
    let card = rules.roster.cards.first { $0.name == loaded.name }
    let account = try running.flatMap { running in
      try ledger.flatMap { try RuleAccount.of(running.planHash, in: $0) }
    }
    let state = running != nil ? "on" : card?.problem != nil ? "cannot run" : "off"
    let needles = running?.plan.needles.groups.first?.map { String(decoding: $0, as: UTF8.self) }
    let score = loaded.detection?.risk?.objects.map(\.score).max()
    row = [
      .string(loaded.name), .string(loaded.path), .string(state),
      Value(loaded.detection?.kind.rawValue),
      loaded.detection?.kind.raisesRisk == true ? score.map { .count($0) } ?? .null : .count(0),
      account.map { .count($0.counters.rows) } ?? .null,
      account.map { .count($0.counters.records) } ?? .null,
      account.map { .count($0.counters.late) } ?? .null,
      account.map { .count($0.counters.dropped.values.reduce(0, +)) } ?? .null,
      Value(account.flatMap { Self.approximation($0.counters) }),
      Value(account?.since.map { $0.iso8601 + "Z" }), Value(texts: needles ?? []),
      Value(card?.problem?.split(separator: "\n").first.map(String.init)),
    ]
  }
}
