import ArgumentParser
import DetectionEngine
import Detections
import Events
import Export
import Findings
import Storage
import Workers

/// `watchfloor backfill`: reads what is still there again for rules that came later.
struct Backfill: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backfill",
    abstract: "Read the logs that are still there again for a rule that came later.",
    discussion: """
      A rule that is new, edited or turned on runs on what is read from then on. This reads the \
      logs of the state again for it; what it has counted already is not counted again. Where \
      another watchfloor follows the logs, that one is asked to do it.

        watchfloor backfill aws_ecr_container_scanning_findings_medium
        watchfloor backfill --state DIR my_rule.yml
      """)

  @OptionGroup var output: OutputOptions
  @OptionGroup var folders: RuleFolderOptions
  @OptionGroup var stateOptions: StateOptions

  @Argument(help: ArgumentHelp("Names, base names or paths of rules.", valueName: "rule"))
  var rules: [String]

  func run() throws {
    guard let directory = try stateOptions.knownDirectory(for: []) else {
      throw Failure("there is no state to backfill yet; make one with: watchfloor watch PATH")
    }
    let store = try Store.open(directory: directory)
    var source = folders.source
    source.switchFile = directory + "/" + RuleSource.switchName
    let loaded = try LoadedRules(source)
    for name in rules where loaded.rule(named: name) == nil {
      throw Failure("there is no rule '\(name)' that can run; see: watchfloor rules")
    }
    guard store.access == .writer else {
      try BackfillRequest(directory: directory).leave(rules)
      StandardError.write("watchfloor: the process that follows the logs was asked to do it\n")
      return
    }
    let floor = try Floor(roots: store.roots, store: store, rules: loaded, clock: Clock())
    floor.startEngine {}
    for name in rules { try wait(for: name, on: floor) }
    floor.finish()
    let running = loaded.roster.running.rules
    output.write(
      Table(
        columns: ["rule", "rows", "records"],
        rows: try rules.map { name in
          let rule = loaded.rule(named: name)
          let plan = running.first { $0.rule.fileName == rule?.fileName }?.planHash
          let account = try plan.flatMap { try RuleAccount.of($0, in: store) }
          return [
            Value(rule?.name), .count(account?.counters.rows ?? 0),
            .count(account?.counters.records ?? 0),
          ]
        }))
  }

  private func wait(for name: String, on floor: Floor) throws {
    let isDone = Shared(false)
    try floor.backfill(name) { isDone.withLock { $0 = true } }
    _ = isDone.wait { $0 ? true : nil }
  }
}
