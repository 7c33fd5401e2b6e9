import Findings
import SafeText

extension State {
  /// What the selected line, else the view, says of a role.
  func role(_ role: PaneRole) -> String? {
    if let value = pane?.selected?.roles[role] { return value }
    if case .row(let card?)? = place.card, view.isDocument { return card.row.roles[role] }
    return view.scope[role]
  }

  func pivotReason(_ pivot: Pivot) -> String? {
    if pivot == .source, letterFile != nil { return nil }
    guard role(pivot.role) == nil, otherPane(of: pivot.kind) == nil else { return nil }
    let sentence = "the selected line names no \(pivot.role.rawValue)"
    guard pane?.kind != pivot.kind else { return sentence }
    switch target {
    case .row?: return sentence + "; Enter opens the row that may"
    case let view? where Place(view).panes.contains { $0.kind == pivot.kind }:
      return sentence + "; Enter opens it and lists them"
    default: return sentence
    }
  }

  /// Goes to what the selected line names, else to the list of such things.
  mutating func pivot(_ pivot: Pivot) -> [Effect] {
    if pivot == .source, let path = letterFile { return enter(.file(path)) }
    if let name = role(pivot.role) { return enter(pivot.view(name)) }
    guard let index = otherPane(of: pivot.kind) else { return [] }
    notice = Notice("the line names no \(pivot.role.rawValue): here they are, Enter opens one")
    return reveal { $0.place.focus = index }
  }

  /// The file that a dead letter comes from.
  private var letterFile: String? {
    switch (pane?.selected, place.card) {
    case (.letter(let line)?, _): line.letter.path
    case (_, .deadLetter(let line?)?): line.letter.path
    default: nil
    }
  }

  /// The list of that kind, unless it has the focus.
  private func otherPane(of kind: PaneKind) -> Int? {
    place.panes.indices.first { place.panes[$0].kind == kind && $0 != place.focus }
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
      case .session(let line)?: line.session
      case .rule(let card)?: card.name
      case .drilldown(_, let title)?: title
      case .entry(let entry)?: entry.sentence
      case .file(let line)?: line.path
      case .letter(let line)?: line.letter.path
      case .suppression(let line)?: line.suppression.term
      case .technique(let line)?: line.techniqueID
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
