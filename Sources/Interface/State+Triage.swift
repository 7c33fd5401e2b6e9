import Findings

extension State {
  /// The findings that the next triage is about: the marked ones, else the selected one.
  private var triaged: (ids: [FindingID], title: String, former: Triage?)? {
    if !place.marks.isEmpty {
      let ids = place.marks.sorted { $0.digits < $1.digits }
      return (ids, Wording.counted(ids.count, "marked finding"), nil)
    }
    if case .finding(let line)? = pane?.selected {
      let name = [line.finding ?? line.rule, line.repository].compactMap { $0 }
      return ([line.id], name.joined(separator: " in "), line.triage)
    }
    if case .row(let card?)? = place.card, view.isDocument {
      return ([card.row.finding], place.title, history(of: card.row.finding)?.first?.after)
    }
    return nil
  }

  /// Whether another process writes the store, and this one just looks at it.
  var isViewer: Bool {
    switch report?.progress {
    case .viewing?, .unattended?: true
    default: false
    }
  }

  var triageReason: String? {
    guard !isViewer else { return "this state is only looked at here: it is read only" }
    guard triaged == nil else { return nil }
    return "the selected line is no finding; c goes to the list of findings"
  }

  mutating func openTriage() -> [Effect] {
    guard let (ids, title, former) = triaged else { return [] }
    overlay = .triage(
      TriageForm(title: title, findings: ids, former: former, analyst: settings.analyst))
    return []
  }

  mutating func pressTriage(_ key: Key, _ form: TriageForm) -> [Effect] {
    var form = form
    switch key {
    case .escape: overlay = nil
    case .enter:
      overlay = nil
      guard !form.isUnchanged else {
        notice = Notice("nothing was changed")
        return []
      }
      place.marks = []
      let move = TriageMove(
        findings: form.findings, change: form.change, by: settings.analyst, at: clock)
      awaitsTriage = true
      return [.triage(move)]
    default:
      form.take(key)
      overlay = .triage(form)
    }
    return []
  }

  /// What was said is shown at once: held lists keep others' changes away, not the analyst's own.
  mutating func showTriage() -> [Effect] {
    defer { awaitsTriage = false }
    return awaitsTriage && hold != nil ? loadShown(.changed) : []
  }

  var undoReason: String? {
    isViewer ? "this state is only looked at here: it is read only" : nil
  }

  /// Marks the selected finding, or takes its mark away, and goes on to the next.
  mutating func mark() -> [Effect] {
    guard case .finding(let line)? = pane?.selected else { return [] }
    if place.marks.remove(line.id) == nil { place.marks.insert(line.id) }
    return run(.down)
  }

  var markReason: String? {
    if case .finding? = pane?.selected { return nil }
    return "just findings are marked; c goes to their list"
  }

  /// The most findings that are marked at once.
  private static let mostMarked = 10_000

  /// Marks every finding that the filter leaves, or, where any is marked, none.
  mutating func markAll() -> [Effect] {
    guard place.marks.isEmpty else {
      place.marks = []
      return []
    }
    guard let pane, case .findings(var query)? = request(for: .pane(place.focus)) else { return [] }
    query.offset = 0
    query.limit = State.mostMarked
    if pane.total > State.mostMarked {
      notice = Notice("the first \(Wording.count(State.mostMarked)) of them are marked")
    }
    return ask(.findings(query), for: .marks)
  }

  mutating func takeMarks(_ answer: Answer) {
    guard case .findings(let page) = answer else { return }
    place.marks = Set(page.lines.map(\.id))
  }

  /// The entries of a finding's history that are loaded, the newest first.
  func history(of finding: FindingID) -> [TriageEntry]? {
    guard case .triageHistory(let page)? = place.second else { return nil }
    return page.lines.filter { $0.finding == finding }
  }
}
