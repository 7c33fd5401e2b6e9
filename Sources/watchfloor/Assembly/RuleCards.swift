import DetectionEngine
import Detections
import Events
import Findings
import Storage

/// What the screen and `rules` say of every loaded rule: what its file says, and what it has come
/// to on a state.
struct RuleCards: Sendable {
  let store: Store
  let rules: RuleBook

  /// Throws what the store cannot answer.
  func current() throws -> [RuleCard] {
    let totals = try store.ruleTotals()
    let roster = rules.current.roster
    let costs = RuleCosts(of: roster, written: rules.writtenCosts ?? RuleCosts.written(in: store))
    let activity = rules.activity
    return try roster.cards.map { card in
      var card = card
      card.tests = activity.tests[card.name] ?? []
      card.backfill = activity.backfills[card.name]
      guard let rule = roster.compiled[card.name] else { return card }
      guard let account = try RuleAccount.of(rule.planHash, in: store) else { return card }
      card.figures = figures(account, totals[card.name], share: costs.share(of: rule.planHash))
      card.notes = account.counters.notes
      return card
    }
  }

  private func figures(
    _ account: RuleAccount, _ totals: Store.RuleTotals?, share: Double?
  ) -> RuleFigures {
    var figures = RuleFigures(since: account.since)
    let counters = account.counters
    figures.rows = totals?.rows ?? 0
    figures.risk = totals?.risk ?? 0
    figures.records = counters.records
    figures.duplicates = counters.duplicates
    figures.late = counters.late
    figures.dropped = counters.dropped.sorted { $0.key < $1.key }
      .map { Tally(name: $0.key.string, count: $0.value) }
    figures.timeShare = share
    return figures
  }
}
