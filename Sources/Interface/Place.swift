import Events
package import Findings

/// A view on the stack: its lists, its card, and where in it one was.
package struct Place: Equatable, Sendable {
  package let view: View
  package var panes: [Pane]
  package var focus = 0
  package var filter = FilterTerms()
  /// What the upper part of the view tells; nil until it is loaded.
  package var card: Answer?
  package var cardLoad: Load?
  /// How far the search that runs has come.
  var searching: String?
  /// Whether the whole of a long search is shown.
  var showsWholeSearch = false
  /// What the store is asked for once the card is there: the history of a row's finding.
  package var second: Answer?
  package var secondLoad: Load?
  /// Findings that the next triage is about.
  package var marks: Set<FindingID> = []
  var marksLoad: Load?
  /// What the list that is on its way will be written as, and which list it is.
  var exportFormat: ExportFormat?
  var exportPane = 0
  var exportLoad: Load?
  /// Findings by the hour, over the whole range.
  var timeline: Timeline?
  var timelineLoad: Load?
  /// The text of a view that is one long text.
  package var document: Document?

  package init(_ view: View) {
    self.view = view
    panes = Place.kinds(of: view).map(Pane.init)
    document = view.isDocument ? Document() : nil
    if view == .files { filter = FilterTerms(fields: FilterField.ofFiles) }
  }

  /// What a drilldown or a search has found.
  var table: DrilldownResult? {
    switch card {
    case .drilldown(let result)?, .search(let result)?: result
    default: nil
    }
  }

  /// What it is about: a row by its finding, once that is known.
  package var title: String {
    if case .row(let card?)? = card { return card.row.roles[.finding] ?? card.row.rule }
    return view.title
  }

  /// What the breadcrumb calls it: a row by its time, as its finding often stands before it.
  func step(today: Timestamp) -> String {
    if case .row(let card?)? = card { return Wording.moment(card.row.lastSeen, today: today) }
    return view.title
  }

  /// The lists of a view, the most important first.
  private static func kinds(of view: View) -> [PaneKind] {
    switch view {
    case .overview: [.repositories, .users, .findings]
    case .repository: [.findings, .images, .users]
    case .image: [.findings, .users, .sources]
    case .finding: [.rows, .repositories, .images]
    case .user: [.rows, .drilldowns]
    case .source: [.rows, .users]
    case .sessions: [.sessions]
    case .session: [.rows, .sources]
    case .drilldown, .search: [.table]
    case .rules: [.rules]
    case .history: [.history]
    case .attack: [.techniques]
    case .suppressions: [.suppressions]
    case .files: [.files, .deadLetters]
    case .row, .record, .rule, .file, .deadLetter: []
    }
  }
}

extension View {
  /// Shown as one text that is scrolled, not as lists.
  package var isDocument: Bool {
    switch self {
    case .row, .record, .rule, .file, .deadLetter: true
    default: false
    }
  }

  /// Whether it is about something that is scanned: its users are who read the scans.
  var isScanned: Bool {
    switch self {
    case .repository, .image: true
    default: false
    }
  }

  /// What the lists of the view are limited to.
  package var scope: [PaneRole: String] {
    switch self {
    case .repository(let name): [.repository: name]
    case .image(let digest): [.image: digest]
    case .finding(let name, let repository):
      [.finding: name, .repository: repository].compactMapValues { $0 }
    case .user(let name): [.user: name]
    case .source(let name): [.source: name]
    case .sessions(let user): [.user: user]
    case .session(let user, let session): [.user: user, .session: session]
    case .overview, .row, .record, .drilldown, .search, .rules, .rule, .files, .file, .deadLetter,
      .attack, .suppressions,
      .history:
      [:]
    }
  }

  /// What the breadcrumb calls it.
  package var title: String {
    switch self {
    case .overview: "Overview"
    case .repository(let name): name
    case .image(let digest): Wording.short(digest: digest)
    case .finding(let name, nil): name
    case .finding(let name, let repository?): "\(name) in \(repository)"
    case .user(let name): name
    case .source(let name): name
    case .sessions: "Sessions"
    case .session(_, let session): session
    case .row: "Result row"
    case .record: "Record"
    case .drilldown(let drilldown): drilldown.title
    case .search(let text): text
    case .rules: "Rules"
    case .rule(let name): name
    case .files: "Sources"
    case .file(let path): path.split(separator: "/").last.map(String.init) ?? path
    case .deadLetter: "Dead letter"
    case .history: "History"
    case .attack: "ATT&CK"
    case .suppressions: "Suppressions"
    }
  }
}

extension Drilldown {
  /// The name with its tokens filled in: `View risk events for - "test"`.
  package var title: String { Drilldown.filled(name, tokens) }

  /// A text with `$name$` replaced where the name is known.
  static func filled(_ text: String, _ tokens: [String: String]) -> String {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
    var filled = parts[0]
    var index = 1
    while index < parts.count {
      if index + 1 < parts.count, let value = tokens[parts[index]] {
        filled += value + parts[index + 1]
        index += 2
      } else {
        filled += "$" + parts[index]
        index += 1
      }
    }
    return filled
  }
}
