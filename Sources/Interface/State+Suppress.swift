package import Findings

/// Something that an analyst did here, and that `U` takes back.
package enum OwnStep: Equatable, Sendable {
  case triaged
  case suppressed(Suppression)
  case lifted(Suppression)
}

extension State {
  var suppressReason: String? {
    guard !isViewer else { return "this state is only looked at here: it is read only" }
    if case .suppressions = view { return pane?.selected == nil ? "nothing is hidden" : nil }
    return suppressedTerm == nil ? "the selected line has nothing to hide it by" : nil
  }

  /// The term that hides the selected line, and the rule that found it.
  private var suppressedTerm: (term: String, rule: String?)? {
    var rule: String?
    var roles = pane?.selected?.roles ?? [:]
    switch (pane?.selected, place.card) {
    case (.finding(let line)?, _): rule = line.rule
    case (.row(let line)?, _): rule = line.rule
    case (nil, .row(let card?)?) where view.isDocument:
      rule = card.row.rule
      roles = card.row.roles
    default: break
    }
    let order: [PaneRole] = [.finding, .repository, .image, .user, .source]
    var chosen = order.filter { roles[$0] != nil }
    // A finding is hidden whoever reads it, in whichever image of its repository.
    if roles[.finding] != nil { chosen = chosen.filter { $0 == .finding || $0 == .repository } }
    let terms = chosen.compactMap { role in roles[role].map { "\(role.rawValue)=\($0.quoted)" } }
    return terms.isEmpty ? nil : (terms.joined(separator: " "), rule)
  }

  /// Opens the form for the selected line; in the list of suppressions, lifts the selected one.
  mutating func openSuppress() -> [Effect] {
    if case .suppression(let line)? = pane?.selected {
      return [lift(line.suppression, isUndo: false)]
    }
    guard let (term, rule) = suppressedTerm else { return [] }
    overlay = .suppress(SuppressForm(term: term, rule: rule))
    return []
  }

  mutating func pressSuppress(_ key: Key, _ form: SuppressForm) -> [Effect] {
    var form = form
    switch key {
    case .escape: overlay = nil
    case .enter:
      if let problem = form.problem {
        notice = Notice(problem)
        return []
      }
      overlay = nil
      awaitsTriage = true
      return [
        .suppress(form.suppression(by: settings.analyst, at: clock), isUndo: false)
      ]
    default:
      form.take(key)
      overlay = .suppress(form)
    }
    return []
  }

  private func lift(_ suppression: Suppression, isUndo: Bool) -> Effect {
    .lift(suppression, by: settings.analyst, at: clock, isUndo: isUndo)
  }

  /// Takes the last thing back that was said here; before that, what the store remembers.
  mutating func undo() -> [Effect] {
    awaitsTriage = true
    switch ownSteps.popLast() {
    case .suppressed(let suppression)?: return [lift(suppression, isUndo: true)]
    case .lifted(let suppression)?: return [.suppress(suppression, isUndo: true)]
    case .triaged?, nil: return [.undoTriage(by: settings.analyst, at: clock)]
    }
  }

  /// How a rule's filter macro reads with its suppressions: what can go to `macros.yml`.
  func macroText(of suppressions: [SuppressionLine], rule: String?) -> String {
    let terms = suppressions.filter { $0.isActive && $0.suppression.rule == rule }
      .map { "NOT (\($0.suppression.term))" }
    return (["search *"] + terms).joined(separator: " ")
  }
}
