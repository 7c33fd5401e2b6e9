import CellGrid
import Findings

/// What a press on a word or a number that is in no list leads to.
enum PressTarget: Equatable {
  case command(Command)
  case view(View)
  /// A list of the overview.
  case list(PaneKind)
  /// The lists of the view, with this filter.
  case filter(String)
}

extension State {
  mutating func go(to target: PressTarget) -> [Effect] {
    switch target {
    case .command(let command): return run(command)
    case .view(let view): return enter(view)
    case .list(let kind):
      let effects = view == .overview ? [] : enter(.overview)
      guard let index = place.panes.firstIndex(where: { $0.kind == kind }) else { return effects }
      return effects + reveal { $0.place.focus = index }
    case .filter(let text):
      guard place.panes.contains(where: \.kind.isLimited) else { return [] }
      if let index = place.panes.firstIndex(where: { $0.kind == .findings }) {
        place.focus = index
      }
      place.filter = FilterTerms(place.filter.text == text ? "" : text)
      return refilter() + settle()
    }
  }

  /// What the word of a view's card at a cell leads to.
  func cardTarget(at point: Point, _ rect: Rect) -> PressTarget? {
    let inside = rect.inset(horizontally: 2)
    let lines = cardLines(width: inside.width)
    let row = point.y - inside.y
    guard inside.contains(point), lines.indices.contains(row) else { return nil }
    var x = inside.x
    for span in lines[row] {
      let end = x + Wording.width(span.text)
      if (x..<end).contains(point.x) { return target(of: span.text) }
      x = end
    }
    return nil
  }

  private func target(of text: String) -> PressTarget? {
    if let severity = Severity.all.first(where: { text.hasPrefix($0 + " ") }) {
      return .filter("severity=\(severity)")
    }
    switch place.card {
    case .userCard(let card?)?:
      if card.sources.contains(where: { $0.name == text }) { return .view(.source(text)) }
      if card.sessions.contains(where: { $0.name == text }) {
        return .view(.session(user: card.user, session: text))
      }
      if card.accounts.contains(where: { $0.name == text }) {
        return .filter("account=\(text.quoted)")
      }
      return card.tactics.contains { $0.name == text } ? .view(.attack) : nil
    case .imageCard(let card?)?:
      if card.repositories.contains(text) { return .view(.repository(text)) }
      return card.origin.push?.user == text ? .view(.user(text)) : nil
    case .findingCard(let card?)?:
      return card.pushers.contains(text) ? .view(.user(text)) : nil
    default: return nil
    }
  }
}
