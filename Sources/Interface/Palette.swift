/// The line that runs commands and searches, with what was run before.
package struct Palette: Equatable, Sendable {
  package var line = CompletedEntry()
  /// How far back in history the line is from; 0 is what is typed.
  private var back = 0
  private var typed = ""

  package init() {}

  /// Puts an earlier line in, or a later one; the last is what was typed.
  mutating func recall(_ history: [String], older: Bool) {
    let next = older ? min(history.count, back + 1) : max(0, back - 1)
    guard next != back else { return }
    if back == 0 { typed = line.entry.text }
    back = next
    line.set(back == 0 ? typed : history[history.count - back])
  }

  mutating func take(_ key: Key) {
    if line.take(key) { back = 0 }
  }
}

/// A command of the palette that is no search.
struct PaletteCommand: Equatable {
  enum Argument: Equatable {
    case none, repository, image, finding, user, source, rule, terms, time, column, theme
    case replay, newView, savedView
  }

  let name: String
  let argument: Argument
  let description: String

  init(_ name: String, _ argument: Argument = .none, _ description: String) {
    self.name = name
    self.argument = argument
    self.description = description
  }

  static let all: [PaletteCommand] = [
    PaletteCommand("overview", "the first view"),
    PaletteCommand("repository", .repository, "go to a repository"),
    PaletteCommand("image", .image, "go to an image by its digest"),
    PaletteCommand("finding", .finding, "go to a finding by its name"),
    PaletteCommand("user", .user, "go to a user"),
    PaletteCommand("source", .source, "go to a source address"),
    PaletteCommand("rules", "the loaded rules"),
    PaletteCommand("rule", .rule, "go to a rule"),
    PaletteCommand("sources", "the files that are read"),
    PaletteCommand("history", "who said what of findings"),
    PaletteCommand("filter", .terms, "filter the lists by terms of a search"),
    PaletteCommand("time", .time, "how far back the lists look: -24h, 7d, all"),
    PaletteCommand("sort", .column, "sort the list by a column"),
    PaletteCommand("theme", .theme, "draw with a theme"),
    PaletteCommand("attack", "tactics by technique, with their risk"),
    PaletteCommand("suppressions", "what is hidden, why, and until when"),
    PaletteCommand(
      "replay", .replay, "watch a range again: 2026-01-01T10:00..2026-01-01T12:00 60x, stop"),
    PaletteCommand("save", .newView, "save this view, its filter, range and sort by a name"),
    PaletteCommand("view", .savedView, "go to a saved view"),
    PaletteCommand("views", "the names of the saved views"),
    PaletteCommand("hold", "hold the lists, or follow again"),
    PaletteCommand("refresh", "load everything again"),
    PaletteCommand("undo", "undo the last triage"),
    PaletteCommand("help", "all keys"),
    PaletteCommand("quit", "quit"),
  ]

  private init(_ name: String, _ description: String) { self.init(name, .none, description) }

  /// The command of that name; `q` is short for `quit`.
  static func named(_ name: some StringProtocol) -> PaletteCommand? {
    all.first { name == "q" ? $0.name == "quit" : $0.name.elementsEqual(name) }
  }
}
