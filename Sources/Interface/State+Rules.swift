import CellGrid
import Events
import Findings

extension State {
  /// The rule that the keys of the rules are about: the selected one, or the one that is shown.
  var ruleAtHand: RuleCard? {
    if case .rule(let name) = view { return rules.first { $0.name == name } }
    if case .rule(let card)? = pane?.selected { return card }
    return nil
  }

  /// Why a rule cannot be turned on or off now.
  var turnReason: String? {
    guard let card = ruleAtHand else { return "there is no rule here" }
    return card.problem != nil && !card.runsEarlier && !card.isOn ? "it cannot run as it is" : nil
  }

  /// Why logs cannot be read again for a rule now.
  var backfillReason: String? {
    guard let card = ruleAtHand else { return "there is no rule here" }
    if card.backfill != nil { return "the logs are being read again for it already" }
    return card.isOn ? nil : "the rule is off; space turns it on"
  }

  /// Turns the rule at hand on or off; its line says so when it is done.
  mutating func turnRule() -> [Effect] {
    ruleAtHand.map { [.turnRule($0.name, on: !$0.isOn)] } ?? []
  }

  mutating func backfillRule() -> [Effect] { ruleAtHand.map { [.backfill($0.name)] } ?? [] }

  /// What is wanted done where a rule's card is opened: its file's tests.
  var testOfRule: [Effect] {
    guard case .rule(let name) = view, let card = rules.first(where: { $0.name == name }),
      card.tests.isEmpty, card.problem == nil
    else { return [] }
    return [.testRule(name)]
  }
}

extension View {
  /// Whether the keys of the rules are of use.
  var isAboutRules: Bool {
    switch self {
    case .rules, .rule: true
    default: false
    }
  }
}

extension RuleCard {
  /// `running since 14:02`, `off`, `cannot run: line 19: ...`, and what is under way.
  func state(today: String) -> CellText {
    if let backfill {
      return CellText("reading again \(Int(backfill * 100)) %", .live)
    }
    if runsEarlier {
      return CellText("old version runs: \(reason ?? "the edit cannot")", .warning)
    }
    if let reason = reason ?? problem { return CellText("cannot run: \(reason)", .warning) }
    guard isOn else { return CellText("off", .muted) }
    guard let since = figures?.since else { return CellText("running", .live) }
    let time = String(since.timeOfDay.prefix(5))
    return CellText(
      "running since " + (since.date == today ? time : "\(since.date) \(time)"), .live)
  }

  /// `7 %`; less than a half is `<1 %`.
  var timeText: String? {
    figures?.timeShare.map { share in
      let percent = Int((share * 100).rounded())
      return percent == 0 && share > 0 ? "<1 %" : "\(percent) %"
    }
  }

  /// Whether something was left out of what it counts.
  var isApproximate: Bool { !notes.isEmpty }

  /// What is worth knowing of how it counts.
  var remarks: [String] {
    let dropped = (figures?.dropped ?? []).map {
      "\(Wording.counted($0.count, "row")) Splunk drops: \($0.name) is null"
    }
    return dropped + notes.map { "approximate: \($0)" }
  }
}
