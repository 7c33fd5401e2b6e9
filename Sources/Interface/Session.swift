import Events
import Findings

/// A view with its filter, range and sort, under a name.
package struct SavedView: Equatable, Sendable {
  var view: String
  var filter: String
  var time: String
  /// Column and direction of the list with the focus, `high desc`; empty for its own order.
  var sort: String
  var focus: Int
}

extension State {
  /// What comes back at the next start, a fact a line: `theme night`.
  package var sessionText: String {
    var lines = ["theme \(settings.theme)"]
    if shares != Shares() { lines.append("widths \(shares.across) \(shares.down)") }
    if let shiftMark { lines.append("mark \(shiftMark.iso8601)") }
    if let now = savedView { lines.append("now " + line(of: now)) }
    for (name, view) in savedViews.sorted(by: { $0.key < $1.key }) {
      lines.append("view \(name)\t" + line(of: view))
    }
    return lines.joined(separator: "\n")
  }

  /// The view that is shown, so that it can be shown again; what a search or a row is about does
  /// not outlive the run.
  var savedView: SavedView? {
    let place = stack.last { $0.view.argument != nil }
    guard let place, let argument = place.view.argument else { return nil }
    let pane = place.panes.indices.contains(place.focus) ? place.panes[place.focus] : nil
    let sort = pane?.sort.map { "\($0.column.rawValue) \($0.descending ? "desc" : "asc")" }
    return SavedView(
      view: argument, filter: place.filter.applied,
      time: (replay?.former ?? time).typed, sort: sort ?? "", focus: place.focus)
  }

  private func line(of view: SavedView) -> String {
    [view.view, view.filter, view.time, view.sort, String(view.focus)]
      .map { $0.filter { $0 != "\t" && !$0.isNewline } }.joined(separator: "\t")
  }

  /// Takes over what an earlier session has left; what cannot be read is passed over.
  mutating func restore(_ text: String) {
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { continue }
      switch parts[0] {
      case "theme" where !settings.isThemeGiven && settings.themes.contains(parts[1]):
        settings.theme = parts[1]
      case "widths":
        let steps = parts[1].split(separator: " ").compactMap { Int($0) }
        guard steps.count == 2 else { continue }
        shares.move(\.across, by: min(8, max(-8, steps[0])))
        shares.move(\.down, by: min(8, max(-8, steps[1])))
      case "mark": shiftMark = Timestamp(iso8601: parts[1])
      case "now":
        if settings.firstView == .overview, let view = SavedView(line: parts[1][...]) { show(view) }
      case "view":
        guard let tab = parts[1].firstIndex(of: "\t") else { continue }
        savedViews[String(parts[1][..<tab])] = SavedView(
          line: parts[1][parts[1].index(after: tab)...])
      default: continue
      }
    }
  }

  /// Puts a saved view on the stack, in place of the first one where it is the same.
  mutating func show(_ saved: SavedView) {
    guard let view = View(argument: saved.view) else { return }
    history.leave(stack)
    var place = Place(view)
    if !saved.filter.isEmpty { place.filter.read(saved.filter) }
    place.focus = place.panes.indices.contains(saved.focus) ? saved.focus : 0
    let words = saved.sort.split(separator: " ").map(String.init)
    if words.count == 2, let column = SortColumn(rawValue: words[0]),
      place.panes.indices.contains(place.focus)
    {
      place.panes[place.focus].sort = Sort(column, descending: words[1] == "desc")
    }
    if let choice = TimeChoice(typed: saved.time) { time = choice }
    stack = view == .overview ? [place] : [Place(.overview), place]
  }

  /// `:save NAME`.
  mutating func saveView(_ name: String) -> [Effect] {
    guard !name.contains(" "), name.utf8.count <= 60 else {
      notice = Notice("'\(name)' is no name for a view: one word, up to 60 letters")
      return []
    }
    savedViews[name] = savedView
    notice = Notice("saved; :view \(name) comes back here")
    notice?.isFine = true
    return remember()
  }

  /// `:view NAME`.
  mutating func openSavedView(_ name: String) -> [Effect] {
    guard let saved = savedViews[name] else {
      let names = savedViews.keys.sorted().joined(separator: ", ")
      notice = Notice(
        names.isEmpty
          ? "no view is saved yet; :save NAME saves this one"
          : "there is no saved view '\(name)'; there are \(names)")
      return []
    }
    show(saved)
    moment = nil
    return arrive()
  }

  /// Has the session kept, where it is another than was kept last.
  mutating func remember() -> [Effect] {
    let text = sessionText
    guard hasStarted, !isViewer, settings.keepsSession, text != remembered else { return [] }
    remembered = text
    return [.remember("session", text)]
  }

  /// `Ctrl-R`: back to the layout that the program comes with; saved views stay.
  mutating func forgetSession() -> [Effect] {
    let first = State(settings: settings, clock: clock)
    history.leave(stack)
    time = first.time
    shares = Shares()
    moment = nil
    shiftMark = nil
    settings.theme = settings.firstTheme ?? settings.theme
    stack = [Place(.overview)]
    notice = Notice("layout, filter, sort and theme are as they were at first")
    notice?.isFine = true
    return arrive() + remember()
  }
}

extension SavedView {
  init?(line: Substring) {
    let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 5, View(argument: parts[0]) != nil else { return nil }
    self.init(
      view: parts[0], filter: parts[1], time: parts[2], sort: parts[3], focus: Int(parts[4]) ?? 0)
  }
}

extension View {
  /// The view as `init(argument:)` reads it; nil for those that are not named.
  package var argument: String? {
    switch self {
    case .overview: "overview"
    case .rules: "rules"
    case .files: "files"
    case .attack: "attack"
    case .suppressions: "suppressions"
    case .repository(let name): "repository:\(name)"
    case .image(let digest): "image:\(digest)"
    case .finding(let name, nil): "finding:\(name)"
    case .user(let name): "user:\(name)"
    case .source(let name): "source:\(name)"
    case .rule(let name): "rule:\(name)"
    default: nil
    }
  }
}
