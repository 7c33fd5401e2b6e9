import CellGrid
import Events
import Findings

extension State {
  /// Risk by day beside what is known of the user; below each other where there is no width.
  func userCard(_ card: UserCard, _ width: Int) -> [[Span]] {
    let facts = userFacts(card)
    guard width >= 70 else {
      let barWidth = max(8, width - 26)
      return [summary(card)] + days(card, barWidth) + facts
    }
    let barWidth = width >= 110 ? 30 : 16
    let left = days(card, barWidth)
    let leftWidth = 12 + 8 + barWidth + 4
    return (0..<max(left.count, facts.count)).map { index in
      let day = index < left.count ? left[index] : []
      let used = day.reduce(0) { $0 + Wording.width($1.text) }
      let blanks = String(repeating: " ", count: max(0, leftWidth - used))
      return day + [Span(blanks)] + (index < facts.count ? facts[index] : [])
    }
  }

  private func summary(_ card: UserCard) -> [Span] {
    label("risk 24h ") + [Span(Wording.count(card.risk24h), role(of: card.risk24h))]
      + label("  7d ") + [Span(Wording.count(card.risk7d), role(of: card.risk7d))]
      + label("  distinct ") + [Span(Wording.count(card.distinct7d))]
  }

  /// A bar for each day, with a mark where the threshold is.
  private func days(_ card: UserCard, _ width: Int) -> [[Span]] {
    let scale = max(card.days.max() ?? 0, State.threshold * 4 / 3)
    let mark = min(width - 1, State.threshold * width / scale)
    return card.days.enumerated().map { index, risk in
      let date = (listsEnd - Int64(card.days.count - 1 - index) * 86400).date
      let number = Wording.count(risk)
      let blanks = String(repeating: " ", count: max(0, 7 - number.count))
      let bar = Bars.bar(risk, of: scale, width: width, isASCII: settings.isASCII)
      return [
        Span(date + " ", .muted), Span(blanks + number + " ", risk == 0 ? .muted : role(of: risk)),
      ] + marked(bar, at: mark, width: width, role: role(of: risk))
    }
  }

  /// The bar, then the threshold's line where the bar does not reach it.
  private func marked(_ bar: String, at mark: Int, width: Int, role: CellRole) -> [Span] {
    let length = bar.count
    let line = settings.isASCII ? "|" : "┊"
    guard length <= mark else { return [Span(bar, role)] }
    return [
      Span(bar, role), Span(String(repeating: " ", count: mark - length)), Span(line, .border),
    ]
  }

  private func role(of risk: Int) -> CellRole { risk >= State.threshold ? .high : .bar }

  private func userFacts(_ card: UserCard) -> [[Span]] {
    [
      fact("tactics", card.tactics), fact("sources", card.sources),
      fact("user agents", card.userAgents), fact("accounts", card.accounts),
      fact("sessions", card.sessions),
      label("first seen   ") + [Span(Wording.moment(card.firstSeen, today: clock))],
      label("last seen    ") + [Span(Wording.moment(card.lastSeen, today: clock))],
    ]
  }

  /// `sources      203.0.113.7 2, 198.51.100.4 1`.
  private func fact(_ name: String, _ tallies: [Tally]) -> [Span] {
    let blanks = String(repeating: " ", count: max(1, 13 - name.count))
    guard !tallies.isEmpty else { return label(name + blanks) + [Span("-", .muted)] }
    return label(name + blanks)
      + tallies.enumerated().flatMap { index, tally in
        [
          Span(index == 0 ? "" : ", "), Span(tally.name),
          Span(" \(Wording.count(tally.count))", .muted),
        ]
      }
  }
}
