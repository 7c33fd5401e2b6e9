import ArgumentParser
import DetectionEngine
import Detections
import Events
import Export
import Findings
import Interface
import Storage
import Streaming

/// `watchfloor rules`: the rules that are there, and what became of them.
struct ListRules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List the rules: which are on, what they score, what they have found.",
    discussion: """
      For each: state, type, score, rows, risk, its share of the time that rules take, what a \
      record must contain, and why it cannot run. Counts come from a state: the one of --state or of the paths, else the one used last, which \
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
    let cards: [RuleCard]
    if let directory {
      let store = try Store.open(directory: directory, mode: .viewer)
      cards = try RuleCards(store: store, rules: RuleBook(rules)).current()
    } else {
      cards = rules.roster.cards
    }
    output.write(Table(columns: Self.columns, rows: cards.map(\.row)))
    let broken = cards.filter { $0.reason != nil }
    if output.chosen == .table {
      StandardOutput.write(
        "\(Wording.counted(cards.count, "rule")): \(cards.count { $0.isOn && $0.reason == nil }) on, "
          + "\(broken.count) cannot run\n")
    }
  }

  private static let columns: [Text] = [
    "rule", "state", "type", "score", "rows", "risk", "time_percent", "mitre", "needles", "since",
    "records", "late", "dropped", "approximate", "file", "problem",
  ]
}

extension RuleCard {
  /// Whether nothing must stand in a record, so that each is parsed for the rule.
  private var isForAnyRecord: Bool { readsRecords && needles.isEmpty && reason == nil }

  /// `on`, `off`, `cannot run`.
  private var stateWord: String {
    reason != nil && !runsEarlier ? "cannot run" : isOn ? "on" : "off"
  }

  /// A rule in the list, in the order of its columns.
  fileprivate var row: [Value] {
    let dropped = figures.map { $0.dropped.map { "\($0.name): \($0.count)" } } ?? []
    let score = riskObjects.compactMap { Int($0.prefix { $0 != " " }) }.max()
    return [
      .string(name), .string(stateWord), type.isEmpty ? .null : .string(type),
      score.map { .count($0) } ?? .count(0), figures.map { .count($0.rows) } ?? .null,
      figures.map { .count($0.risk) } ?? .null,
      figures?.timeShare.map { .count(Int(($0 * 100).rounded())) } ?? .null,
      Value(texts: techniques), Value(texts: isForAnyRecord ? ["any record"] : needles),
      Value(figures?.since.map { $0.iso8601 + "Z" }), figures.map { .count($0.records) } ?? .null,
      figures.map { .count($0.late) } ?? .null, Value(texts: dropped), Value(texts: notes),
      .string(file),
      Value(reason),
    ]
  }
}
