import Findings
import SafeText

extension State {
  /// What the selected line, else the view, says of a role.
  func role(_ role: PaneRole) -> String? {
    if let value = pane?.selected?.roles[role] { return value }
    if case .row(let card?)? = place.card, view.isDocument { return card.row.roles[role] }
    return view.scope[role]
  }

  func roleReason(_ role: PaneRole, _ name: String) -> String? {
    self.role(role) == nil ? "the selected line names no \(name)" : nil
  }

  mutating func pivot(_ command: Command) -> [Effect] {
    switch command {
    case .user: role(.user).map { enter(.user($0)) } ?? []
    case .repository: role(.repository).map { enter(.repository($0)) } ?? []
    case .image: role(.image).map { enter(.image($0)) } ?? []
    case .finding: role(.finding).map { enter(.finding($0, repository: nil)) } ?? []
    case .source: role(.source).map { enter(.source($0)) } ?? []
    default: []
    }
  }

  /// The row whose record `J` shows.
  var jsonTarget: RowID? {
    switch (view, pane?.selected) {
    case (.row(let id), _): id
    case (_, .row(let line)?): line.id
    case (_, .finding(let line)?): line.newestRow
    default: nil
    }
  }

  /// Opens the row, if it is not open yet, at the beginning of its record.
  mutating func showJSON() -> [Effect] {
    guard let id = jsonTarget else { return [] }
    let effects = view == .row(id) ? [] : enter(.row(id))
    wantsRecord = true
    goToRecord()
    return effects
  }

  /// Goes to the record once it is there.
  mutating func goToRecord() {
    guard wantsRecord, var document = place.document, let record = document.record else { return }
    wantsRecord = false
    document.go(to: record)
    document.top = document.cursor
    place.document = document
  }

  /// What `y` copies: the name that the selected line is known by, fit to be pasted.
  var copyText: String? {
    let text: String? =
      switch pane?.selected {
      case .repository(let line)?: line.repository
      case .image(let line)?: line.image
      case .finding(let line)?: line.finding ?? line.rule
      case .user(let line)?: line.user
      case .source(let line)?: line.source
      case .row(let line)?: line.roles[.finding] ?? line.rule
      case .rule(let card)?: card.name
      case .drilldown(_, let title)?: title
      case .cells(_, let cells)?: cells.joined(separator: " ")
      case nil: place.document?.selected?.text
      }
    return text.map { text in
      let visible = SafeText.fitted(text, to: 16_000)
      // A cell is 20 bytes at most, and a terminal takes 64 KiB.
      return visible.utf8.count <= 65_536 ? visible : SafeText.fitted(text, to: 3_000)
    }
  }
}
