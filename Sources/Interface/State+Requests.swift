import Events
import Findings

extension State {
  /// The end of the lists' range: held lists keep theirs.
  var listsEnd: Timestamp { hold?.asOf ?? asOf }

  /// What to ask the store for; nil for what the screen knows itself.
  func request(for slot: Slot) -> Request? {
    switch slot {
    case .overview: .overview(Query(range: range(upTo: asOf)))
    case .timeline: timelineRequest
    case .card: cardRequest
    case .second: secondRequest
    case .marks, .export: nil
    case .pane(let index): request(for: place.panes[index])
    }
  }

  private var timelineRequest: Request? {
    guard timelineLines > 0 else { return nil }
    return .timeline(
      Query(
        scope: view.scope, filter: place.filter.filter, range: time.range(upTo: listsEnd)))
  }

  private var cardRequest: Request? {
    let query = Query(scope: view.scope, range: shownRange, limit: 1)
    switch view {
    case .repository: return .repositories(query)
    case .image: return .imageCard(query)
    case .finding: return .findingCard(query)
    case .user(let name): return .userCard(user: name, asOf: listsEnd)
    case .source: return .sources(query)
    case .row(let id): return .row(id)
    case .record(let hash): return .record(hash)
    case .drilldown(let drilldown): return .drilldown(drilldown)
    case .search(let text):
      return .search(SearchRequest(text: text, range: shownRange))
    case .files: return .files
    case .file(let path): return .fileCard(path)
    case .deadLetter(let number): return .deadLetter(number)
    case .overview, .rules, .rule, .history, .attack, .suppressions, .sessions, .session:
      return nil
    }
  }

  private var secondRequest: Request? {
    guard case .row(let card?)? = place.card else { return nil }
    return .triageHistory(.finding(card.row.finding), offset: 0, limit: 50)
  }

  /// Whose history `H` shows: the selected finding's, the row's, the repository's, or all.
  var historySubject: TriageSubject? {
    if case .finding(let line)? = pane?.selected { return .finding(line.id) }
    switch (view, place.card, pane?.selected) {
    case (_, .row(let card?)?, _): return .finding(card.row.finding)
    case (_, _, .repository(let line)?): return .repository(line.repository)
    case (.repository(let name), _, _): return .repository(name)
    case (.overview, _, _): return .everything
    default: return nil
    }
  }

  private func request(for pane: Pane) -> Request? {
    if case .history(let subject) = view {
      return .triageHistory(subject, offset: pane.wanted.offset, limit: pane.wanted.limit)
    }
    let query = Query(
      scope: view.scope, filter: place.filter.filter, range: shownRange,
      sort: pane.sort, offset: pane.wanted.offset, limit: pane.wanted.limit)
    switch pane.kind {
    case .repositories: return .repositories(query)
    case .images: return .images(query)
    case .findings: return .findings(query)
    case .users: return .users(query)
    case .sources: return .sources(query)
    case .rows: return .rows(query)
    case .sessions: return .sessions(query)
    case .suppressions: return .suppressions(Query(range: shownRange))
    case .techniques: return .attack(shownRange)
    case .files: return .fileLines(unranged(query))
    case .deadLetters: return .deadLetters(unranged(query))
    case .rules, .drilldowns, .table, .history: return nil
    }
  }

  /// Files have no time: a query that stays the same as the clock goes on.
  private func unranged(_ query: Query) -> Query {
    var query = query
    query.range = TimeRange(from: nil, to: Timestamp(seconds: 0))
    return query
  }

  /// Fills the lists whose lines come from what the screen knows already.
  mutating func refreshOwnLines() {
    for index in place.panes.indices {
      guard let lines = ownLines(place.panes[index]) else { continue }
      place.panes[index].take(
        Lines(total: lines.count, lines: lines), height: paneHeight(index))
    }
  }

  private func ownLines(_ pane: Pane) -> [Line]? {
    switch pane.kind {
    case .rules: return rules.filter { isWanted($0.name) }.map(Line.rule)
    case .drilldowns: return drilldownLines
    case .table:
      guard place.table != nil else { return nil }
      return tableRows(pane.tableSort).map { number, values in
        Line.cells(number: number, tableCells(values))
      }.filter { line in
        guard case .cells(_, let cells) = line else { return true }
        return isWanted(cells.joined(separator: " "))
      }
    default: return nil
    }
  }

  /// Whether a line of a list of our own holds every word of the filter.
  private func isWanted(_ text: String) -> Bool {
    place.filter.text.split(separator: " ").allSatisfy {
      !ranges(of: String($0), in: text).isEmpty
    }
  }

  /// Every drilldown search of every rule that the user has rows of.
  private var drilldownLines: [Line]? {
    guard case .userCard(let card?)? = place.card else { return nil }
    let tokens = ["user": card.user]
    return card.rules.flatMap { user in
      (rules.first { $0.name == user.rule }?.drilldowns ?? []).map { name in
        let drilldown = Drilldown(
          rule: user.rule, name: name, tokens: tokens, earliest: user.earliest,
          latest: user.latest, asOf: listsEnd)
        return Line.drilldown(drilldown, title: drilldown.title)
      }
    }
  }
}
