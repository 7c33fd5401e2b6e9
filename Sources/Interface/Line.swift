package import Findings

/// A line of a list, whatever the list is of.
package enum Line: Equatable, Sendable {
  case repository(RepositoryLine)
  case image(ImageLine)
  case finding(FindingLine)
  case user(UserLine)
  case source(SourceLine)
  case row(RowLine)
  case session(SessionLine)
  case rule(RuleCard)
  case drilldown(Drilldown, title: String)
  case entry(TriageEntry)
  case file(FileLine)
  case letter(LetterLine)
  case suppression(SuppressionLine)
  case technique(AttackLine)
  /// A line of a drilldown's table: its number and the texts of its columns.
  case cells(number: Int, [String])

  /// What the selection holds on to when the list is loaded again.
  package var identity: String {
    switch self {
    case .repository(let line): line.repository
    case .image(let line): line.image + "\n" + line.repository
    case .finding(let line): line.id.digits
    case .user(let line): line.user
    case .source(let line): line.source
    case .row(let line): line.id.digits
    case .session(let line): (line.session.map { "=" + $0 } ?? "-") + "\n" + (line.account ?? "")
    case .rule(let card): card.name
    case .drilldown(let drilldown, _): drilldown.rule + "\n" + drilldown.name
    case .entry(let entry): String(entry.number)
    case .file(let line): line.path
    case .letter(let line): String(line.number)
    case .suppression(let line): String(line.suppression.number)
    case .technique(let line): line.tacticID + "\n" + line.techniqueID
    case .cells(let number, _): String(number)
    }
  }

  /// What the line says of each role: where the pivots lead to.
  package var roles: [PaneRole: String] {
    switch self {
    case .repository(let line): [.repository: line.repository]
    case .image(let line): [.image: line.image, .repository: line.repository]
    case .finding(let line):
      [.finding: line.finding, .repository: line.repository].compactMapValues { $0 }
    case .user(let line): [.user: line.user]
    case .source(let line): [.source: line.source]
    case .row(let line): line.roles
    case .session(let line):
      [.user: line.user, .session: line.session, .account: line.account].compactMapValues { $0 }
    case .entry(let entry):
      [.finding: entry.name, .repository: entry.repository].compactMapValues { $0 }
    case .rule, .drilldown, .cells, .file, .letter, .suppression, .technique: [:]
    }
  }

  /// Where Enter leads to from a view.
  package func target(from view: View) -> View? {
    switch self {
    case .repository(let line):
      if case .finding(let name, _) = view {
        return .finding(name, repository: line.repository)
      }
      return .repository(line.repository)
    case .image(let line): return .image(line.image)
    case .finding(let line):
      let isOne = line.images <= 1 && line.readers <= 1
      guard !isOne, let name = line.finding else { return .row(line.newestRow) }
      return .finding(name, repository: line.repository)
    case .user(let line): return .user(line.user)
    case .source(let line): return .source(line.source)
    case .row(let line): return .row(line.id)
    case .session(let line):
      return line.session.map { .session(user: line.user, session: $0) } ?? .user(line.user)
    case .rule(let card): return .rule(card.name)
    case .drilldown(let drilldown, _): return .drilldown(drilldown)
    case .entry(let entry):
      return entry.name.map { .finding($0, repository: entry.repository) }
    case .file(let line): return .file(line.path)
    case .letter(let line): return .deadLetter(line.number)
    case .technique(let line):
      return .search(
        "index=risk annotations.mitre_attack.mitre_technique_id=\(line.techniqueID.quoted)"
          + " | table _time risk_object risk_score search_name risk_message")
    case .suppression: return nil
    case .cells: return nil
    }
  }
}

/// Some lines of a list, and where they stand in it.
package struct Lines: Equatable, Sendable {
  package var offset: Int
  package var total: Int
  package let lines: [Line]
  let facts: LineFacts

  package init(offset: Int = 0, total: Int, lines: [Line]) {
    facts = LineFacts(lines)
    self.offset = offset
    self.total = total
    self.lines = lines
  }

  /// The line at a place in the whole list, nil where it is not loaded.
  package subscript(index: Int) -> Line? {
    lines.indices.contains(index - offset) ? lines[index - offset] : nil
  }

  /// The lines of an answer that is a page of a list; nil for cards.
  init?(_ answer: Answer) {
    switch answer {
    case .repositories(let page): self.init(page, Line.repository)
    case .images(let page): self.init(page, Line.image)
    case .findings(let page): self.init(page, Line.finding)
    case .users(let page): self.init(page, Line.user)
    case .sources(let page): self.init(page, Line.source)
    case .rows(let page): self.init(page, Line.row)
    case .sessions(let page): self.init(page, Line.session)
    case .triageHistory(let page): self.init(page, Line.entry)
    case .fileLines(let page): self.init(page, Line.file)
    case .deadLetters(let page): self.init(page, Line.letter)
    case .suppressions(let lines):
      self.init(total: lines.count, lines: lines.map(Line.suppression))
    case .attack(let lines): self.init(total: lines.count, lines: lines.map(Line.technique))
    case .overview, .imageCard, .findingCard, .userCard, .row, .record, .drilldown, .search, .files,
      .fileCard, .deadLetter, .timeline:
      return nil
    }
  }

  private init<Item>(_ page: Page<Item>, _ line: (Item) -> Line) {
    self.init(offset: page.offset, total: page.total, lines: page.lines.map(line))
  }
}
