package import Detections
import Diagnostics
package import Findings
import SPL
import Streaming

/// Which of the loaded rules run, and what the screen says of each of them.
package struct RuleRoster: Sendable {
  package let running: RuleSet
  /// Of every loaded rule, in the library's order.
  package let cards: [RuleCard]
  /// Every loaded rule that could run, by name.
  package let compiled: [String: EngineRule]

  /// Rules that are on by their sidecars, or those that `isOn` says; plans that are in an earlier
  /// roster too go on with its clocks.
  package init(
    _ library: RuleLibrary, after earlier: RuleRoster? = nil,
    isOn: (LoadedRule) -> Bool = { $0.rule?.sidecar.isEnabled ?? false }
  ) {
    let clocks = Dictionary(
      earlier?.compiled.values.map { ($0.planHash, $0.clock) } ?? [],
      uniquingKeysWith: { first, _ in first })
    var running: [EngineRule] = []
    var cards: [RuleCard] = []
    var compiled: [String: EngineRule] = [:]
    var writers: [String: String] = [:]
    for loaded in library.rules {
      var refusals: [RuleProblem] = []
      let isOn = isOn(loaded)
      if let rule = loaded.rule {
        do throws(Problems) {
          var engineRule = try EngineRule(rule)
          engineRule.clock = clocks[engineRule.planHash] ?? engineRule.clock
          compiled[loaded.name] = engineRule
          let written = engineRule.plan.tablesWritten.sorted()
          if isOn, let twice = written.first(where: writers.keys.contains) {
            refusals = [.writtenTwice(twice, by: writers[twice] ?? "", rule)]
          } else if isOn {
            for table in written { writers[table] = rule.name }
            running.append(engineRule)
          }
        } catch {
          refusals = error.diagnostics.map { RuleProblem($0, in: rule.detection.search) }
        }
      }
      var card = RuleCard(loaded, problems: loaded.problems + refusals, isOn: isOn, in: library)
      card.readsRecords = compiled[loaded.name].map { $0.plan.source == .records } ?? false
      card.needles = compiled[loaded.name]?.firstNeedles ?? []
      cards.append(card)
    }
    self.running = RuleSet(running)
    self.cards = cards
    self.compiled = compiled
  }
}

extension RuleCard {
  /// What the screen says of a loaded rule; `problems` is why it, or its newest edit, cannot run.
  fileprivate init(
    _ loaded: LoadedRule, problems: [RuleProblem], isOn: Bool, in library: RuleLibrary
  ) {
    let detection = loaded.detection
    self.init(
      name: loaded.name, type: detection?.kind.rawValue ?? "",
      description: detection?.description ?? "", search: detection?.search.text ?? "",
      falsePositives: detection?.knownFalsePositives ?? "",
      references: detection?.references ?? [], techniques: detection?.tags.techniques ?? [],
      drilldowns: detection?.drilldowns.map(\.name) ?? [],
      problem: problems.isEmpty ? nil : problems.map(\.rendered).joined(separator: "\n"),
      isOn: isOn)
    reason = problems.first.map { problem in
      let place = problem.diagnostic.span.map { "line \(problem.source.place(of: $0).line): " }
      return (place ?? "") + problem.diagnostic.message
    }
    runsEarlier = loaded.rule != nil && !loaded.problems.isEmpty
    file = loaded.path
    warnings = loaded.warnings.map(\.rendered)
    if detection?.kind.raisesRisk == true, let risk = detection?.risk {
      riskObjects = risk.objects.map { "\($0.score) on the \($0.type) in \($0.field)" }
      threatObjects = risk.threatObjects.map { "\($0.type) in \($0.field)" }
    }
    attack = techniques.compactMap { id in
      library.techniques[id].map { technique in
        "\(id) \(technique.name): \(technique.tactics.map(\.name).joined(separator: ", "))"
      }
    }
    filterMacro = Self.filterMacro(in: search).map { name in
      "\(name) = \(library.macros.macro(named: name, arity: 0)?.definition ?? "search *")"
    }
  }
}

extension RuleCard {
  /// The name of the last macro of a search that ends in `_filter`: where Splunk's users put their
  /// exceptions.
  private static func filterMacro(in search: String) -> String? {
    // Between the first two backticks, the third and the fourth, and so on.
    let parts = search.utf8.split(separator: UInt8(ascii: "`"), omittingEmptySubsequences: false)
    return stride(from: 1, to: parts.count - 1, by: 2).reversed().lazy
      .map { String(Substring(parts[$0])) }
      .first { name in
        name.hasSuffix("_filter")
          && name.utf8.allSatisfy {
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 || $0 == UInt8(ascii: "_")
              || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
          }
      }
  }
}

extension EngineRule {
  /// What a record must contain one of; empty where any may be wanted.
  package var firstNeedles: [String] {
    plan.source == .records
      ? (plan.needles.groups.first ?? []).map { String(decoding: $0, as: UTF8.self) } : []
  }
}

extension RuleProblem {
  /// Two rules that write a table would each undo what the other does.
  fileprivate static func writtenTwice(
    _ table: String, by other: String, _ rule: Rule
  ) -> RuleProblem {
    RuleProblem(
      Diagnostic(
        code: "table-written-twice",
        message: "it writes the lookup table '\(table)', as the rule '\(other)' does", span: nil),
      in: rule.detection.search)
  }
}
