import CellGrid
import Findings
import SafeText

extension State {
  /// Does what a key of the table says.
  mutating func run(_ command: Command) -> [Effect] {
    if let reason = disabledReason(command) {
      notice = Notice(reason)
      return []
    }
    switch command {
    case .up: return move(by: -1)
    case .down: return move(by: 1)
    case .pageUp: return move(by: -pageHeight)
    case .pageDown: return move(by: pageHeight)
    case .first: return move(by: -1_000_000_000)
    case .last: return move(by: 1_000_000_000)
    case .left: return sideways(-1)
    case .right: return sideways(1)
    case .nextPane: return changeFocus(by: 1)
    case .previousPane: return changeFocus(by: -1)
    case .open: return open()
    case .leave: return leave()
    case .back, .forward: return travel(command)
    default: return Pivot(command).map { pivot($0) } ?? runWide(command)
    }
  }

  /// Commands that are about the whole screen.
  private mutating func runWide(_ command: Command) -> [Effect] {
    switch command {
    case .filter:
      overlay =
        view.isDocument
        ? .search(text: "") : .filter(text: place.filter.text)
    case .export: overlay = .export(cursor: 0)
    case .palette: overlay = .palette(Palette())
    case .next: find(forward: true)
    case .previous: find(forward: false)
    case .mark: return mark()
    case .markAll: return markAll()
    case .triage: return openTriage()
    case .undo: return undo()
    case .turnRule: return turnRule()
    case .backfill: return backfillRule()
    case .suppress: return openSuppress()
    case .suppressions: return enter(.suppressions)
    case .attack: return enter(.attack)
    case .earlier: return moveMoment(by: -1)
    case .later: return moveMoment(by: 1)
    case .shift: return markShift()
    case .forget: return forgetSession()
    case .history: return historySubject.map { enter(.history($0)) } ?? []
    case .sort: overlay = .sort(cursor: sortedColumn ?? 0)
    case .time: overlay = .time(cursor: timeChoices.firstIndex(of: time) ?? 0, typed: "")
    case .follow: return changeHold()
    case .json: return showJSON()
    case .copy: overlay = .copy(cursor: 0)
    case .report:
      notice = Notice("the handover is being written")
      return [.report(hours: 8, clock: clock)]
    case .grow: return grow(by: 1)
    case .shrink: return grow(by: -1)
    case .wrap where view.isDocument:
      wraps.toggle()
      return settle()
    case .wrap:
      place.showsWholeSearch.toggle()
      return settle()
    case .sessions: return role(.user).map { enter(.sessions(user: $0)) } ?? []
    case .rules: return enter(.rules)
    case .files: return enter(.files)
    case .theme:
      let cursor = settings.themes.firstIndex(of: settings.theme) ?? 0
      overlay = .themes(cursor: cursor, former: settings.theme)
    case .refresh: return load(.anew)
    case .repaint: return [.repaint]
    case .suspend: return [.suspend]
    case .help: overlay = .help(query: "", cursor: 0)
    case .quit: return remember() + [.quit]
    default: break
    }
    return []
  }

  private var pageHeight: Int {
    view.isDocument ? documentSize.height : paneHeight(place.focus)
  }

  private mutating func move(by distance: Int) -> [Effect] {
    if var document = place.document {
      document.cursor = min(max(0, document.cursor + distance), max(0, document.shown.count - 1))
      place.document = scrolled(document)
      return []
    }
    guard var pane else { return [] }
    pane.select(pane.cursor + distance, height: paneHeight(place.focus))
    self.pane = pane
    return loadMissing()
  }

  private mutating func sideways(_ distance: Int) -> [Effect] {
    if view.isDocument {
      if distance < 0 { place.document?.fold() } else { place.document?.unfold() }
      return settle()
    }
    guard let pane, pane.kind == .table else { return changeFocus(by: distance) }
    let columns = columns(of: pane).count
    self.pane?.left = min(max(0, pane.left + distance), max(0, columns - 1))
    return []
  }

  private mutating func changeFocus(by distance: Int) -> [Effect] {
    let count = place.panes.count
    guard count > 1 else { return [] }
    return reveal { $0.place.focus = ($0.place.focus + distance + count) % count }
  }

  /// Whether a line of a drilldown's table is selected: Enter shows it in full.
  var isTableLine: Bool { if case .cells? = pane?.selected { true } else { false } }

  /// Where Enter leads to.
  var target: View? { pane?.selected?.target(from: view) }

  private mutating func open() -> [Effect] {
    if view.isDocument {
      if let target = place.document?.selected?.target { return enter(target) }
      place.document?.toggleFold()
      return settle()
    }
    if isTableLine { overlay = .line(top: 0) }
    return target.map { enter($0) } ?? []
  }

  private mutating func leave() -> [Effect] {
    if place.document?.search.isEmpty == false {
      place.document?.search = ""
      return []
    }
    if case .search = view, place.cardLoad != nil {
      notice = Notice("the search is being stopped; Esc again leaves it")
      place.cardLoad?.isStale = false
      guard place.searching != State.stopping else { return step() }
      place.searching = State.stopping
      return [.stopSearch]
    }
    if moment != nil {
      moment = nil
      return rangeChanged()
    }
    if replay != nil, stack.count == 1, place.filter.isEmpty { return endReplay() }
    if !place.filter.isEmpty {
      place.filter = place.filter.cleared
      return refilter()
    }
    return step()
  }

  /// What a search says that was told to stop.
  private static let stopping = "stopping"

  /// Back to the view before.
  private mutating func step() -> [Effect] {
    notice = nil
    history.leave(stack)
    stack.removeLast()
    return arrive()
  }

  private mutating func travel(_ command: Command) -> [Effect] {
    let other = command == .back ? history.back(from: stack) : history.forward(from: stack)
    guard let other else { return [] }
    stack = other
    return arrive()
  }

  private mutating func changeHold() -> [Effect] {
    if hold == nil {
      hold = Hold(asOf: asOf, findings: overview?.findings)
      return []
    }
    hold = nil
    return load(.anew)
  }

  /// Asks again after the filter has changed; cursors go to the first line that is left.
  mutating func refilter() -> [Effect] {
    for index in place.panes.indices {
      place.panes[index].cursor = 0
      place.panes[index].top = 0
      place.panes[index].identity = nil
      place.panes[index].isOutdated = true
    }
    return load(.anew)
  }

  /// The index among the columns to sort by of the one that the list is sorted by.
  var sortedColumn: Int? {
    if let sort = pane?.tableSort { return sort.column }
    return sortColumns.firstIndex { $0.sort == pane?.sort?.column }
  }

  /// Sorts by a column, downward first where big or new comes first; again reverses.
  mutating func sort(by index: Int) -> [Effect] {
    guard sortColumns.indices.contains(index) else { return [] }
    if case .cell(let column) = sortColumns[index].field {
      return sortTable(by: column, isNumber: sortColumns[index].isNumber)
    }
    guard let column = sortColumns[index].sort else { return [] }
    let isAgain = pane?.sort?.column == column
    let startsDown = sortColumns[index].isNumber || column == .last || column == .severity
    let descending = isAgain ? !(pane?.sort?.descending ?? false) : startsDown
    guard var pane else { return [] }
    pane.sort = Sort(column, descending: descending)
    pane.identity = pane.selected?.identity
    pane.isSeeking = true
    self.pane = pane
    return ask(for: .pane(place.focus), .anew)
  }
}
