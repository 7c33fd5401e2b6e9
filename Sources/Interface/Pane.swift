package import Findings

/// What a list in a view is of.
package enum PaneKind: String, CaseIterable, Hashable, Sendable {
  case repositories, images, findings, users, sources, rows, rules, drilldowns, table, history
  case sessions, files, deadLetters, suppressions, techniques

  package var title: String {
    switch self {
    case .repositories: "Repositories"
    case .images: "Images"
    case .findings: "Findings"
    case .users: "Users"
    case .sources: "Sources"
    case .rows: "Result rows"
    case .sessions: "Sessions"
    case .rules: "Rules"
    case .drilldowns: "Drilldowns"
    case .table: "Results"
    case .history: "History"
    case .files: "Files"
    case .deadLetters: "Dead letters"
    case .suppressions: "Suppressions"
    case .techniques: "Techniques"
    }
  }

  /// Whether the store is asked for it, over a time range; others are made from what is known.
  package var isStored: Bool {
    switch self {
    case .rules, .drilldowns, .table: false
    default: true
    }
  }

  /// Whether a filter limits it.
  package var isLimited: Bool {
    isStored && self != .history && self != .suppressions && self != .techniques
  }

  /// Whether a time range limits it.
  package var isTimed: Bool {
    isLimited && self != .files && self != .deadLetters || self == .techniques
  }

  /// The order in which the store lists it where none is asked for.
  package var order: String? {
    switch self {
    case .repositories, .images: "CRITICAL, HIGH"
    case .users: "risk 24h"
    case .findings, .sources, .rows, .sessions: "last"
    case .history, .deadLetters: "newest"
    case .files: "what wants attention"
    case .rules, .drilldowns, .table, .techniques: nil
    case .suppressions: "newest"
    }
  }
}

/// An answer that is being waited for.
package struct Load: Equatable, Sendable {
  package var generation: Int
  package var request: Request
  /// The store has changed since: ask again when the answer is there.
  package var isStale = false
  /// How far it is, once it takes so long that one wants to know.
  var progress: String?
}

/// A list: where its cursor is and what of it is loaded.
package struct Pane: Equatable, Sendable {
  package var kind: PaneKind
  package var sort: Sort?
  /// What a search's table is sorted by; nil is the search's own order.
  var tableSort: TableSort?
  /// Index of the selected line in the whole list.
  package var cursor = 0
  /// Index of the uppermost line shown.
  package var top = 0
  /// First column shown, of tables wider than the screen.
  package var left = 0
  /// The selected line; nil until the cursor is moved, then the first line stays selected.
  package var identity: String?
  package var lines: Lines?
  package var load: Load?
  /// The offset that was last asked for and answered: what is still missing then is not there.
  package var answeredOffset: Int?
  /// Another filter or range is in force than the lines were loaded with.
  package var isOutdated = false
  /// Sorted anew: the selected line may be anywhere, and is looked for further down than usual.
  package var isSeeking = false

  package init(_ kind: PaneKind) { self.kind = kind }

  package var total: Int { lines?.total ?? 0 }
  package var selected: Line? { lines?[cursor] }

  /// What of the loaded lines decides which columns are worth their room.
  var facts: LineFacts { lines?.facts ?? LineFacts() }

  /// Whether any image that is loaded is so.
  func hasImage(_ isSo: (ImageLine) -> Bool) -> Bool {
    guard kind == .images else { return false }
    return lines?.lines.contains { line in
      if case .image(let line) = line { isSo(line) } else { false }
    } ?? false
  }

  /// There are findings, and of none is it known whether it is still there: their logs were read
  /// before scans were noted.
  var lacksScans: Bool { kind == .findings && total > 0 && !facts.hasPresence }

  /// Cells that names of repositories in the list need, up to a share of the screen.
  func repositoryWidth(screen width: Int) -> Int {
    // What stands before it takes 44 cells.
    max(12, min(36, width * 3 / 10, width - 44, facts.repositoryWidth))
  }

  /// Cells that names of users in the list need, up to what a small screen has for them.
  var userWidth: Int { max(12, min(19, facts.userWidth)) }

  /// Moves the cursor to a line; it stays within the list, and in view of so many lines.
  mutating func select(_ index: Int, height: Int) {
    cursor = min(max(0, index), max(0, total - 1))
    identity = selected?.identity
    show(height: height)
  }

  /// Scrolls as little as is needed to have the cursor in view and no room unused.
  mutating func show(height: Int) {
    let height = max(1, height)
    top = min(top, cursor, max(0, total - height))
    top = max(top, cursor - height + 1, 0)
  }

  /// Takes what was loaded; the selection stays with its line, at its place on the screen.
  mutating func take(_ loaded: Lines, height: Int) {
    let row = cursor - top
    lines = loaded
    if let identity, let found = loaded.lines.firstIndex(where: { $0.identity == identity }) {
      cursor = loaded.offset + found
      top = max(0, cursor - row)
    } else if isSeeking {
      cursor = 0
    }
    isSeeking = false
    isOutdated = false
    cursor = min(cursor, max(0, total - 1))
    if identity != nil, let selected { identity = selected.identity }
    show(height: height)
  }

  /// Lines that are wanted in one load.
  static let window = 200

  /// Whether a part of what is in view is not loaded.
  func isMissing(height: Int) -> Bool {
    guard let lines else { return true }
    guard wanted.offset != answeredOffset else { return false }
    let end = min(total, top + max(1, height))
    return top < lines.offset || end > lines.offset + lines.lines.count
  }

  /// Which lines to load: with the cursor in the middle, or many from the first while seeking.
  var wanted: (offset: Int, limit: Int) {
    isSeeking ? (0, 2000) : (max(0, cursor - Pane.window / 2), Pane.window)
  }
}
