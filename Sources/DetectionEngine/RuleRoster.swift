package import Detections
import Diagnostics
package import Findings
import Streaming

/// Which of the loaded rules run, and what the screen says of each of them.
package struct RuleRoster: Sendable {
  package let running: RuleSet
  /// Of every loaded rule, in the library's order.
  package let cards: [RuleCard]

  /// Rules that are on by their sidecars, or those that `isOn` says.
  package init(
    _ library: RuleLibrary, isOn: (LoadedRule) -> Bool = { $0.rule?.sidecar.isEnabled ?? false }
  ) {
    var running: [EngineRule] = []
    var cards: [RuleCard] = []
    var writers: [String: String] = [:]
    for loaded in library.rules {
      var problem: String?
      let isOn = isOn(loaded)
      if let rule = loaded.rule, isOn {
        do throws(Problems) {
          let engineRule = try EngineRule(rule)
          if let twice = engineRule.plan.tablesWritten.sorted().first(where: writers.keys.contains)
          {
            problem =
              "it writes the lookup table '\(twice)', as the rule '\(writers[twice] ?? "")' does"
          } else {
            for table in engineRule.plan.tablesWritten { writers[table] = rule.name }
            running.append(engineRule)
          }
        } catch {
          problem = error.rendered(in: rule.detection.search)
        }
      }
      cards.append(RuleCard(loaded, problem: problem, isOn: isOn))
    }
    self.running = RuleSet(running)
    self.cards = cards
  }

  /// The cards with what a state has noted of the rules that run.
  package func cards(with ledger: any Ledger) throws -> [RuleCard] {
    let plans = Dictionary(
      running.rules.map { ($0.rule.name, $0.planHash) }, uniquingKeysWith: { first, _ in first })
    return try cards.map { card in
      var card = card
      if let plan = plans[card.name] {
        card.notes = try RuleAccount.of(plan, in: ledger)?.counters.notes ?? []
      }
      return card
    }
  }
}

extension RuleCard {
  /// What the screen says of a loaded rule; `problem` is why the engine cannot run it, where the
  /// rule itself is fine.
  fileprivate init(_ loaded: LoadedRule, problem: String?, isOn: Bool) {
    let detection = loaded.detection
    let why = loaded.problems.map(\.rendered).joined(separator: "\n")
    self.init(
      name: loaded.name, type: detection?.kind.rawValue ?? "",
      description: detection?.description ?? "", search: detection?.search.text ?? "",
      falsePositives: detection?.knownFalsePositives ?? "",
      references: detection?.references ?? [], techniques: detection?.tags.techniques ?? [],
      drilldowns: detection?.drilldowns.map(\.name) ?? [],
      problem: why.isEmpty ? problem : why, isOn: isOn)
  }
}
