import CellGrid
import Events
import Findings

/// What stands in a cell of a list.
struct CellText: Equatable {
  var text: String
  var role: CellRole

  init(_ text: String, _ role: CellRole = .text) {
    self.text = text
    self.role = role
  }

  /// No value.
  static let none = CellText("-", .muted)

  init(_ text: String?) { self = text.map { CellText($0) } ?? .none }

  /// A count; 0 is quiet.
  static func count(_ number: Int, _ role: CellRole = .text) -> CellText {
    CellText(Wording.count(number), number == 0 ? .muted : role)
  }

  /// How much of a scan has been seen: `100 of 312`.
  static func extent(_ scan: ScanExtent) -> CellText {
    let all = scan.all.map { $0 < scan.seen ? scan.seen : $0 }
    let text = "\(Wording.count(scan.seen)) of \(all.map(Wording.count) ?? "?")"
    return CellText(text, scan.isComplete ? .text : .warning)
  }

  /// A severity by its word and its colour.
  static func severity(_ word: String?) -> CellText {
    word.map { CellText($0, Severity.role($0)) } ?? .none
  }
}

/// The words of ECR's severities, the worst first.
enum Severity {
  static let all = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL", "UNDEFINED"]

  static func role(_ word: String) -> CellRole {
    switch word {
    case "CRITICAL": .critical
    case "HIGH": .high
    case "MEDIUM": .medium
    case "LOW": .low
    default: .informational
    }
  }
}

extension State {
  /// What a line has in a column of that width.
  func cell(_ line: Line, _ field: Column.Field, width: Int) -> CellText {
    switch line {
    case .repository(let line): cell(line, field, width)
    case .image(let line): cell(line, field, width)
    case .finding(let line): cell(line, field, width)
    case .user(let line): cell(line, field, width)
    case .source(let line): cell(line, field, width)
    case .row(let line): cell(line, field, width)
    case .session(let line): cell(line, field, width)
    case .rule(let card): cell(card, field, width)
    case .entry(let entry): cell(entry, field, width)
    case .file(let line): cell(line, field, width)
    case .letter(let line): cell(line, field, width)
    case .suppression(let line): cell(line, field)
    case .technique(let line): cell(line, field, width)
    case .drilldown(let drilldown, let title):
      field == .title
        ? CellText(title)
        : CellText(
          Wording.ends(of: drilldown.rule, width: width, isASCII: settings.isASCII), .muted)
    case .cells(_, let cells):
      if case .cell(let index) = field, cells.indices.contains(index) {
        CellText(cells[index], cells[index] == "-" ? .muted : .text)
      } else {
        CellText("")
      }
    }
  }

  private func cell(_ line: RepositoryLine, _ field: Column.Field, _ width: Int) -> CellText {
    switch field {
    case .repository: CellText(line.repository)
    case .critical: .count(line.severities["CRITICAL"] ?? 0, .critical)
    case .high: .count(line.severities["HIGH"] ?? 0, .high)
    case .images: .count(line.images)
    case .team: CellText(line.ownership?.owner)
    case .hours:
      CellText(
        Bars.sparkline(line.hours, width: width, isASCII: settings.isASCII), .bar)
    case .age: age(line.lastSeen, width)
    default: .none
    }
  }

  private func cell(_ line: ImageLine, _ field: Column.Field, _ width: Int) -> CellText {
    switch field {
    case .image: CellText(Wording.short(digest: line.image))
    case .repository: CellText(line.repository)
    case .critical: .count(line.severities["CRITICAL"] ?? 0, .critical)
    case .high: .count(line.severities["HIGH"] ?? 0, .high)
    case .readers: .count(line.readers)
    case .tags: CellText(line.origin.tags.isEmpty ? nil : line.origin.tags.joined(separator: " "))
    case .pusher: CellText(line.origin.push.map { $0.user ?? Wording.noUser })
    case .scan: line.origin.scan.map(CellText.extent) ?? .none
    case .age: age(line.lastSeen, width)
    default: .none
    }
  }

  private func cell(_ line: FindingLine, _ field: Column.Field, _ width: Int) -> CellText {
    switch field {
    case .lastSeen: moment(line.lastSeen, width)
    case .severity: .severity(line.severity)
    case .finding: CellText(line.finding)
    case .package:
      CellText(line.package.map { name in line.version.map { "\(name) \($0)" } ?? name })
    case .repository: CellText(line.repository)
    case .images: .count(line.images)
    case .readers: .count(line.readers)
    case .count: .count(line.count)
    case .marks: marks(line.marks)
    case .status:
      CellText(line.triage.status.rawValue, line.triage.status.isOpen ? .text : .muted)
    case .owner: CellText(line.triage.owner)
    case .openDays: openDays(line)
    case .stillThere: presence(line.presence)
    default: .none
    }
  }

  /// By the newest complete scan of a tag; `100 of 312` where none was seen whole.
  private func presence(_ presence: Presence) -> CellText {
    switch presence {
    case .stillThere: CellText("yes")
    case .new: CellText("new", .warning)
    case .gone: CellText("gone", .live)
    case .incomplete(let seen, let all):
      CellText("\(Wording.count(seen)) of \(Wording.count(all))", .muted)
    case .unknown: .none
    }
  }

  /// `12d of 30`: how long it has been there, and how long it may.
  private func openDays(_ line: FindingLine) -> CellText {
    guard let since = line.since else { return .none }
    let days = Int(max(0, listsEnd - since) / 86400)
    guard let most = line.mostDays else { return CellText("\(Wording.count(days))d", .muted) }
    let isOver = days > most && line.triage.status.isOpen
    return CellText("\(Wording.count(days))d of \(most)", isOver ? .high : .text)
  }

  private func cell(_ line: UserLine, _ field: Column.Field, _ width: Int) -> CellText {
    switch field {
    case .user: CellText(line.user, line.scannerNote == nil ? .text : .muted)
    case .urgency where line.scannerNote != nil: CellText("scanner", .muted)
    case .risk24h: .count(line.risk24h, line.risk24h >= State.threshold ? .high : .text)
    case .risk7d: .count(line.risk7d, line.risk7d >= State.threshold ? .high : .text)
    case .riskBar:
      CellText(
        Bars.bar(line.risk24h, of: riskScale, width: width, isASCII: settings.isASCII), .bar)
    case .age: age(line.lastSeen, width)
    case .urgency: urgency(line.risk24h)
    default: .none
    }
  }

  /// The highest risk in the list of users: its bar is the full one.
  private var riskScale: Int {
    let lines = place.panes.first { $0.kind == .users }?.lines?.lines ?? []
    return lines.reduce(State.threshold) { highest, line in
      if case .user(let user) = line { max(highest, user.risk24h) } else { highest }
    }
  }

  private func cell(_ line: SourceLine, _ field: Column.Field, _ width: Int) -> CellText {
    switch field {
    case .source: CellText(line.source)
    case .users: .count(line.users)
    case .rows: .count(line.rows)
    case .age: age(line.lastSeen, width)
    default: .none
    }
  }

  private func cell(_ line: RowLine, _ field: Column.Field, _ width: Int) -> CellText {
    switch field {
    case .lastSeen: moment(line.lastSeen, width)
    case .severity: .severity(line.roles[.severity])
    case .finding: CellText(line.roles[.finding] ?? line.rule)
    case .repository: CellText(line.roles[.repository])
    case .package: CellText(line.roles[.package])
    case .image: CellText(line.roles[.image].map(Wording.short(digest:)))
    case .rule:
      CellText(Wording.ends(of: line.rule, width: width, isASCII: settings.isASCII), .muted)
    case .user: CellText(line.roles[.user])
    case .source: CellText(line.roles[.source])
    case .count: .count(line.count)
    case .risk: .count(line.risk)
    case .marks: marks(line.marks)
    default: .none
    }
  }

  private func cell(_ line: SessionLine, _ field: Column.Field, _ width: Int) -> CellText {
    switch field {
    case .session: line.session.map { CellText($0) } ?? CellText("(no session)", .muted)
    case .account: CellText(line.account)
    case .risk: .count(line.risk, line.risk >= State.threshold ? .high : .text)
    case .rows: .count(line.rows)
    case .sources: .count(line.sources)
    case .lastSeen: moment(line.lastSeen, width)
    default: .none
    }
  }

  private func cell(_ entry: TriageEntry, _ field: Column.Field, _ width: Int) -> CellText {
    switch field {
    case .time: entry.after.at.map { moment($0, width) } ?? .none
    case .author: CellText(entry.after.by)
    case .finding: CellText(entry.name)
    case .repository: CellText(entry.repository)
    case .change: CellText(entry.sentence)
    default: .none
    }
  }

  private func cell(_ card: RuleCard, _ field: Column.Field, _ width: Int) -> CellText {
    switch field {
    case .rule:
      CellText(Wording.ends(of: card.name, width: width, isASCII: settings.isASCII))
    case .type: CellText(card.type, .muted)
    case .rows: card.figures.map { .count($0.rows) } ?? .none
    case .risk: card.figures.map { .count($0.risk) } ?? .none
    case .cost: CellText(card.timeText)
    case .dropped: card.figures.map { .count($0.droppedRows, .warning) } ?? .none
    case .attack: CellText(card.techniques.isEmpty ? nil : card.techniques.joined(separator: " "))
    case .needles:
      !card.readsRecords
        ? .none
        : card.needles.isEmpty
          ? CellText("any record", .muted) : CellText(card.needles.joined(separator: " "))
    case .condition: condition(card)
    default: .none
    }
  }

  /// Its state, and behind it whether its counts are approximate.
  private func condition(_ card: RuleCard) -> CellText {
    let state = card.state(today: clock.date)
    guard card.isApproximate else { return state }
    return CellText("\(state.text), approximate", .warning)
  }

  /// The risk of 24 hours at which an incident rule raises a user.
  static let threshold = RiskThreshold.score

  private func marks(_ marks: [String]) -> CellText {
    CellText(marks.joined(separator: "; "), .warning)
  }

  /// The bands in which Enterprise Security's own rule over 24 hours raises a user.
  private func urgency(_ risk: Int) -> CellText {
    switch risk {
    case ...State.threshold: .none
    case ..<250: CellText("medium", .medium)
    case ..<500: CellText("high", .high)
    default: CellText("critical", .critical)
    }
  }

  /// How long ago, or, where the lists end on a day long past, when that was.
  private func age(_ time: Timestamp, _ width: Int) -> CellText {
    if isPast { return CellText(width < 16 ? time.date : Wording.minute(time)) }
    let text = Wording.age(time, at: asOf)
    return CellText(text, text == "future" ? .warning : .text)
  }

  /// A time of a year past is cut to its day where there is no room for more.
  private func moment(_ time: Timestamp, _ width: Int) -> CellText {
    let text = Wording.listed(time, today: clock)
    return CellText(text.utf8.count > width ? time.date : text)
  }
}
