import Findings

/// What a key can do.
package enum Command: String, CaseIterable, Hashable, Sendable {
  case up, down, left, right, pageUp, pageDown, first, last
  case nextPane, previousPane, open, leave, back, forward
  case user, repository, image, finding, source, sessions
  case mark, markAll, triage, suppress, undo, history, suppressions
  case turnRule, backfill
  case filter, palette, export, next, previous, sort, time, follow, earlier, later, shift
  case grow, shrink
  case json, copy, report, wrap, rules, files, attack, theme, forget, refresh, repaint, suspend,
    help, quit
}

/// Where a key works.
package enum Scene: String, Sendable {
  case everywhere
  /// In views that are lists.
  case lists
  /// In views that are one long text: a result row, a rule, the sources.
  case text
  /// In the list of rules and on a rule's card; there before what the keys do elsewhere.
  case rules
}

/// A row of the table that drives dispatch, bottom bar, help and the printed list of keys.
package struct Binding: Equatable, Sendable {
  package let keys: [Key]
  package let command: Command
  package let scene: Scene
  /// The word in the bottom bar; nil keeps it out of there.
  package let hint: String?
  package let description: String

  init(
    _ keys: [Key], _ command: Command, in scene: Scene = .everywhere, hint: String? = nil,
    _ description: String
  ) {
    self.keys = keys
    self.command = command
    self.scene = scene
    self.hint = hint
    self.description = description
  }
}

/// Every key of the screen.
package enum Bindings {
  /// In the order of the bottom bar: what is worth most comes first.
  package static let all: [Binding] = [
    Binding([.character(" ")], .turnRule, in: .rules, hint: "on or off", "turn a rule on or off"),
    Binding(
      [.character("B")], .backfill, in: .rules, hint: "backfill",
      "read the logs that are still there again for a rule"),
    Binding([.tab], .nextPane, in: .lists, hint: "pane", "to the next list"),
    Binding([.enter], .open, in: .lists, hint: "open", "open the selected line"),
    Binding(
      [.enter, .character(" ")], .open, in: .text, hint: "fold",
      "fold or unfold the part at the cursor"),
    Binding([.escape], .leave, hint: "back", "clear filter or search, or leave the view"),
    Binding([.character("u")], .user, hint: "user", "go to the user of the selected line"),
    Binding(
      [.character("r")], .repository, hint: "repository",
      "go to the repository of the selected line"),
    Binding([.character("i")], .image, hint: "image", "go to the image of the selected line"),
    Binding([.character("c")], .finding, hint: "finding", "go to the finding of the selected line"),
    Binding([.character("s")], .source, hint: "source", "go to the source of the selected line"),
    Binding(
      [.character("x")], .sessions, "a user's sessions apart: who took a role, in which account"),
    Binding([.character("/")], .filter, in: .lists, hint: "filter", "filter by terms of a search"),
    Binding([.character("/")], .filter, in: .text, hint: "search", "search in the text"),
    Binding(
      [.character("a")], .triage, hint: "triage",
      "say what a finding is: status, owner, urgency, disposition, comment"),
    Binding([.character(" ")], .mark, in: .lists, "mark a finding for triage"),
    Binding([.character("A")], .markAll, in: .lists, "mark all findings of the list, or none"),
    Binding(
      [.character("z")], .suppress,
      "hide what is like the selected line, with a reason; in the list of these, lift it"),
    Binding([.character("Z")], .suppressions, "what is hidden, why, by whom, until when"),
    Binding([.character("U")], .undo, "undo the last triage, suppression or lifting"),
    Binding([.character("H")], .history, "what has been said of a finding, and by whom"),
    Binding([.character("t")], .time, hint: "time", "choose how far back the lists look"),
    Binding(
      [.character("<")], .earlier, "the timeline's cursor back: the lists show that hour alone"),
    Binding([.character(">")], .later, "the timeline's cursor on"),
    Binding(
      [.character("M")], .shift, "mark where my shift begins; then show what is new since"),
    Binding([.character("S")], .sort, in: .lists, hint: "sort", "sort by a column; again reverses"),
    Binding([.character("f")], .follow, hint: "hold", "hold the lists, or follow again"),
    Binding([.character("J")], .json, hint: "JSON", "go to the record's JSON"),
    Binding(
      [.character(":")], .palette, hint: "command", "run a command or a search; Tab completes"),
    Binding([.character("?")], .help, hint: "help", "all keys; type to search, Enter runs"),
    Binding([.character("q")], .quit, hint: "quit", "quit"),
    Binding([.up, .character("k")], .up, "up"),
    Binding([.down, .character("j")], .down, "down"),
    Binding([.left, .character("h")], .left, in: .lists, "to the list or columns at the left"),
    Binding([.right, .character("l")], .right, in: .lists, "to the list or columns at the right"),
    Binding([.left, .character("h")], .left, in: .text, "fold the part at the cursor"),
    Binding([.right, .character("l")], .right, in: .text, "unfold the part at the cursor"),
    Binding([.pageUp, .control("B")], .pageUp, "a page up"),
    Binding([.pageDown, .control("F")], .pageDown, "a page down"),
    Binding([.character("g"), .home], .first, "to the first line"),
    Binding([.character("G"), .end], .last, "to the last line"),
    Binding([.backTab], .previousPane, in: .lists, "to the list before"),
    Binding([.character("[")], .back, "back to where you were"),
    Binding([.character("]")], .forward, "forward again"),
    Binding([.character("+")], .grow, in: .lists, "more room for the list"),
    Binding([.character("-")], .shrink, in: .lists, "less room for the list"),
    Binding([.character("n")], .next, "to the next place found"),
    Binding([.character("N")], .previous, "to the place found before"),
    Binding([.character("w")], .wrap, in: .text, "wrap long lines, or cut them"),
    Binding(
      [.character("w")], .wrap, in: .lists, "show the whole of a search, or just its beginning"),
    Binding(
      [.character("y")], .copy, "copy a name, the line, its JSON, or the search that finds it"),
    Binding(
      [.character("e")], .export, in: .lists, "export the list: CSV, JSON lines, Markdown"),
    Binding(
      [.character("p")], .report, "write a handover of the last 8 hours: Markdown and HTML"),
    Binding([.character("L")], .rules, "the loaded rules"),
    Binding([.character("F")], .files, "the files that are read, and records that could not be"),
    Binding([.character("K")], .attack, "ATT&CK: tactics by technique, with their risk"),
    Binding([.character("T")], .theme, "choose a theme; it is shown at once"),
    Binding([.control("R")], .forget, "forget the stored layout, filter, sort and theme"),
    Binding([.character("R")], .refresh, "load everything again"),
    Binding([.control("L")], .repaint, "paint the screen again"),
    Binding([.control("Z")], .suspend, "suspend; fg comes back"),
  ]

  /// The table for the documentation.
  package static var markdown: String {
    let rows = all.map { binding in
      let keys = binding.keys.map { "`\($0.label)`" }.joined(separator: " ")
      return "| \(keys) | \(binding.scene.rawValue) | \(binding.description) |"
    }
    return (["| key | where | what it does |", "|---|---|---|"] + rows).joined(separator: "\n")
      + "\n"
  }
}

extension State {
  /// The bindings that are valid in the view, whether or not they can be used now.
  var bindings: [Binding] {
    Bindings.all.filter { binding in
      switch binding.scene {
      case .everywhere: true
      case .lists: !view.isDocument
      case .text: view.isDocument
      case .rules: view.isAboutRules
      }
    }
  }

  /// Why a command cannot be used now; nil where it can.
  func disabledReason(_ command: Command) -> String? {
    switch command {
    case .user, .repository, .image, .finding, .source:
      Pivot(command).flatMap(pivotReason)
    case .open: openReason
    case .sessions:
      if case .sessions = view {
        "these are the sessions; Enter opens one"
      } else {
        role(.user) == nil ? "the selected line names no user" : nil
      }
    case .time, .follow, .earlier, .later, .shift:
      isSearch || place.panes.contains { $0.kind.isTimed } ? nil : "this view has no time range"
    case .grow, .shrink:
      visiblePanes.count > 1 ? nil : "this list has all the room"
    case .nextPane, .previousPane:
      place.panes.count > 1 ? nil : "this view has just one list"
    case .leave:
      stack.count > 1 || !place.filter.isEmpty || place.document?.search.isEmpty == false
        || moment != nil || replay != nil
        ? nil : "this is the first view; q quits"
    case .back: history.past.isEmpty ? "there is nowhere to go back to" : nil
    case .forward: history.future.isEmpty ? "there is nowhere to go forward to" : nil
    case .sort: sortColumns.isEmpty ? "this list has one order" : nil
    case .json: jsonTarget == nil ? "the selected line is not a result row" : nil
    case .next, .previous: searchReason
    case .theme: settings.themes.count > 1 ? nil : "there is just one theme"
    case .mark, .markAll: markReason
    case .triage: triageReason
    case .undo: undoReason
    case .suppress: suppressReason
    case .wrap where !view.isDocument: place.table == nil ? "there is no search here" : nil
    case .turnRule: turnReason
    case .backfill: backfillReason
    case .history: historySubject == nil ? "the selected line is no finding" : nil
    case .filter:
      filterReason
    case .export: exportReason
    case .copy: copyText == nil ? "there is nothing to copy here" : nil
    default: nil
    }
  }

  private var filterReason: String? {
    switch pane?.kind {
    case .history?: "the history is not filtered"
    case .techniques?: "techniques are not filtered; : runs a search over index=risk"
    case .suppressions?: "suppressions are not filtered: there they all are"
    default: nil
    }
  }

  private var isSearch: Bool { if case .search = view { true } else { false } }

  private var openReason: String? {
    if view.isDocument {
      let leadsOn = place.document?.selected?.target != nil
      return leadsOn || place.document?.hasFolds == true ? nil : "there is nothing to fold here"
    }
    return target != nil || isTableLine ? nil : "there is nothing to open here"
  }

  private var searchReason: String? {
    guard view.isDocument else { return "a list shows just the lines that match" }
    let isSearching = place.document?.search.isEmpty == false
    return isSearching ? nil : "nothing is searched for; / searches"
  }
}
