import CellGrid
import Events
import Findings

/// A column of a list.
struct Column: Equatable {
  enum Field: Hashable {
    case repository, image, finding, severity, package, user, source, rule, title, marks
    case critical, high, images, readers, users, count, rows, hours
    case lastSeen, age, stillThere, risk24h, risk7d, riskBar, urgency, risk
    case tags, pusher, scan, session, account, sources
    case openDays, team, tactic, technique, techniqueName, events, objects
    case type, condition, attack, cost, dropped, needles, status, owner, time, author, change
    case file, state, format, offset, size, behind, records, rate, integrity, letters, reason, head
    /// A column of a drilldown's table, by its number.
    case cell(Int)
  }

  let field: Field
  let title: String
  /// Its least width, and the most that its contents may take.
  let widths: ColumnWidths
  /// Numbers end at the right.
  let isNumber: Bool
  /// What the store sorts by; nil where it cannot.
  let sort: SortColumn?

  init(
    _ field: Field, _ title: String, _ widths: ColumnWidths, isNumber: Bool = false,
    sort: SortColumn? = nil
  ) {
    self.field = field
    self.title = title
    self.widths = widths
    self.isNumber = isNumber
    self.sort = sort
  }

  /// A picture is made for the width that there is, never cut.
  var isPicture: Bool { field == .hours || field == .riskBar }

  /// Worth nothing when it is cut.
  var isWhole: Bool { Column.wholeFields.contains(field) }

  private static let wholeFields: Set<Field> = [
    .lastSeen, .time, .status, .author, .state, .integrity, .critical, .high,
  ]

  /// A column of counts.
  static func number(
    _ field: Field, _ title: String, _ width: Int, worth: Int, sort: SortColumn? = nil
  ) -> Column {
    Column(field, title, ColumnWidths(width, worth: worth), isNumber: true, sort: sort)
  }
}

extension State {
  /// The columns of a list, from the left, without those that the view says once for all.
  func columns(of pane: Pane) -> [Column] {
    let scope = view.scope
    return allColumns(of: pane).filter { column in
      switch column.field {
      case .repository: pane.kind == .repositories || scope[.repository] == nil
      case .image: pane.kind == .images || scope[.image] == nil
      case .finding: pane.kind == .findings || scope[.finding] == nil
      case .user: pane.kind == .users || scope[.user] == nil
      case .source: pane.kind == .sources || scope[.source] == nil
      case .marks: pane.facts.hasMarks
      case .package:
        pane.facts.hasPackages && (pane.kind == .findings || scope[.finding] == nil)
      case .owner: pane.facts.hasOwners
      case .tags: pane.hasImage { !$0.origin.tags.isEmpty }
      case .pusher: pane.hasImage { $0.origin.push != nil }
      case .scan: pane.hasImage { $0.origin.scan != nil }
      case .openDays: pane.facts.hasLimits
      case .team: pane.facts.hasTeams
      case .dropped: rules.contains { ($0.figures?.droppedRows ?? 0) > 0 }
      case .integrity: pane.has { $0.integrity != nil }
      case .letters: pane.has { $0.deadLetters > 0 }
      case .reason:
        pane.kind == .deadLetters || pane.kind == .suppressions || pane.has { $0.reason != nil }
      default: true
      }
    }
  }

  private func allColumns(of pane: Pane) -> [Column] {
    switch pane.kind {
    case .repositories: repositoryColumns(names: pane.repositoryWidth(screen: max(80, size.width)))
    case .images: imageColumns
    case .findings:
      findingColumns(
        names: pane.repositoryWidth(screen: size.width), isTriaged: pane.facts.hasStatuses)
    case .users: userColumns(names: pane.userWidth)
    case .sources: sourceColumns
    case .sessions:
      [
        Column(.session, "SESSION", ColumnWidths(14...60, worth: 99, takesRest: true), sort: .name),
        Column(.account, "ACCOUNT", ColumnWidths(12...14, worth: 70)),
        .number(.risk, "RISK", 6, worth: 80, sort: .risk),
        .number(.rows, "ROWS", 6, worth: 60, sort: .count),
        .number(.sources, "SOURCES", 7, worth: 50, sort: .source),
        Column(.lastSeen, "LAST", ColumnWidths(8...16, worth: 90), sort: .last),
      ]
    case .rows: rowColumns(names: pane.repositoryWidth(screen: size.width))
    case .rules:
      [
        Column(.rule, "RULE", ColumnWidths(26...60, worth: 99, takesRest: true)),
        Column(.condition, "STATE", ColumnWidths(19...90, worth: 90, takesRest: true)),
        Column(.type, "TYPE", ColumnWidths(11, worth: 50)),
        .number(.rows, "ROWS", 6, worth: 80),
        .number(.risk, "RISK", 6, worth: 70),
        .number(.cost, "TIME", 5, worth: 60),
        .number(.dropped, "DROPPED", 7, worth: 65),
        Column(.attack, "MITRE", ColumnWidths(9...20, worth: 40)),
        Column(.needles, "NEEDLES", ColumnWidths(22...30, worth: 30)),
      ]
    case .drilldowns:
      [
        // Rules share their drilldowns' names: what tells them apart must have room.
        Column(.title, "SEARCH", ColumnWidths(24...80, worth: 9, takesRest: true)),
        Column(.rule, "RULE", ColumnWidths(28...44, worth: 8, takesRest: true)),
      ]
    case .history: historyColumns
    case .suppressions: suppressionColumns
    case .techniques: techniqueColumns
    case .files: fileColumns
    case .deadLetters: letterColumns
    case .table: tableColumns
    }
  }

  /// An age takes little room; the date that stands for it on a day long past takes more.
  private func ageColumn(worth: Int) -> Column {
    let widths = isPast ? ColumnWidths(10...16, worth: worth) : ColumnWidths(6, worth: worth)
    return Column(.age, "LAST", widths, isNumber: true, sort: .last)
  }

  /// Other columns go before names of repositories, that wide at most, are cut.
  private func repositoryColumns(names: Int) -> [Column] {
    [
      Column(
        .repository, "REPOSITORY", ColumnWidths(names...60, worth: 99, takesRest: true),
        sort: .repository),
      Column(
        .critical, "CRIT", ColumnWidths(4...7, worth: 91), isNumber: true, sort: .critical),
      Column(.high, "HIGH", ColumnWidths(4...7, worth: 90), isNumber: true, sort: .high),
      .number(.images, "IMAGES", 6, worth: 40, sort: .images),
      Column(.hours, "LAST 24H", ColumnWidths(8...24, worth: 50)),
      Column(.team, "OWNER", ColumnWidths(8...20, worth: 30)),
      ageColumn(worth: 60),
    ]
  }

  private var imageColumns: [Column] {
    [
      Column(.image, "IMAGE", ColumnWidths(12, worth: 99), sort: .name),
      Column(
        .repository, "REPOSITORY", ColumnWidths(10...60, worth: 70, takesRest: true),
        sort: .repository),
      Column(
        .critical, "CRIT", ColumnWidths(4...7, worth: 91), isNumber: true, sort: .critical),
      Column(.high, "HIGH", ColumnWidths(4...7, worth: 90), isNumber: true, sort: .high),
      .number(.readers, "READERS", 7, worth: 40, sort: .readers),
      Column(.tags, "TAGS", ColumnWidths(6...24, worth: 65)),
      Column(.pusher, "PUSHED BY", ColumnWidths(9...20, worth: 55)),
      Column(.scan, "SCAN SEEN", ColumnWidths(10...14, worth: 50)),
      ageColumn(worth: 60),
    ]
  }

  /// A status tells something as soon as there are others than New.
  private func findingColumns(names: Int, isTriaged: Bool) -> [Column] {
    [
      Column(.lastSeen, "LAST", ColumnWidths(8...16, worth: 97), sort: .last),
      Column(.severity, "SEVERITY", ColumnWidths(8...13, worth: 90), sort: .severity),
      Column(.finding, "FINDING", ColumnWidths(14...22, worth: 99), sort: .name),
      Column(
        .package, "PACKAGE",
        ColumnWidths((size.width < 100 ? 10 : 16)...60, worth: 74, takesRest: true),
        sort: .package),
      Column(
        .repository, "REPOSITORY", ColumnWidths(names...60, worth: 80, takesRest: true),
        sort: .repository),
      .number(.images, "IMAGES", 6, worth: 35, sort: .images),
      .number(.readers, "READERS", 7, worth: 30, sort: .readers),
      .number(.count, "COUNT", 5, worth: 70, sort: .count),
      Column(.stillThere, "STILL THERE", ColumnWidths(11, worth: 71)),
      Column(.openDays, "AGE / SLA", ColumnWidths(9...11, worth: 43), isNumber: true),
      Column(.status, "STATUS", ColumnWidths(6...11, worth: isTriaged ? 75 : 73)),
      Column(.owner, "OWNER", ColumnWidths(6...16, worth: 45)),
      Column(.marks, "MARKS", ColumnWidths(8...32, worth: 20)),
    ]
  }

  private func userColumns(names: Int) -> [Column] {
    [
      Column(.user, "USER", ColumnWidths(names...60, worth: 99, takesRest: true), sort: .user),
      .number(.risk24h, "RISK 24H", 8, worth: 80, sort: .risk),
      Column(.riskBar, "", ColumnWidths(4...12, worth: 45)),
      .number(.risk7d, "7 DAYS", 7, worth: 35),
      ageColumn(worth: 60),
      Column(.urgency, "URGENCY", ColumnWidths(8, worth: 40)),
    ]
  }

  private var sourceColumns: [Column] {
    [
      Column(.source, "SOURCE", ColumnWidths(15...60, worth: 99, takesRest: true), sort: .source),
      .number(.users, "USERS", 5, worth: 60, sort: .readers),
      .number(.rows, "ROWS", 6, worth: 50, sort: .count),
      ageColumn(worth: 80),
    ]
  }

  private func rowColumns(names: Int) -> [Column] {
    [
      Column(.lastSeen, "LAST", ColumnWidths(8...16, worth: 97), sort: .last),
      Column(.severity, "SEVERITY", ColumnWidths(8...13, worth: 80), sort: .severity),
      Column(.finding, "FINDING", ColumnWidths(14...22, worth: 90), sort: .name),
      Column(
        .repository, "REPOSITORY", ColumnWidths(names...60, worth: 70, takesRest: true),
        sort: .repository),
      Column(.package, "PACKAGE", ColumnWidths(14...24, worth: 35)),
      Column(.image, "IMAGE", ColumnWidths(12, worth: 60)),
      Column(.user, "USER", ColumnWidths(8...20, worth: 65), sort: .user),
      Column(.source, "SOURCE", ColumnWidths(10...20, worth: 40), sort: .source),
      .number(.count, "COUNT", 6, worth: 50, sort: .count),
      .number(.risk, "RISK", 5, worth: 55, sort: .risk),
      Column(.rule, "RULE", ColumnWidths(24...60, worth: 15)),
      Column(.marks, "MARKS", ColumnWidths(8...32, worth: 20)),
    ]
  }

  private var historyColumns: [Column] {
    [
      Column(.time, "WHEN", ColumnWidths(8...16, worth: 97)),
      Column(.author, "BY", ColumnWidths(6...12, worth: 70)),
      Column(.finding, "FINDING", ColumnWidths(14...22, worth: 80)),
      Column(.repository, "REPOSITORY", ColumnWidths(10...40, worth: 60)),
      Column(.change, "WHAT", ColumnWidths(16...200, worth: 99, takesRest: true)),
    ]
  }

  /// The columns of a drilldown's table: each as wide as what is in it, up to 40 cells.
  private var tableColumns: [Column] {
    guard let result = place.table else { return [] }
    let rows = result.table.rows.prefix(60)
    let texts = rows.map(tableCells)
    return result.table.columns.indices.map { index in
      let title = result.table.columns[index].string
      let widest = texts.reduce(Wording.width(title)) { max($0, Wording.width($1[index])) }
      let isNumber =
        title != "_time" && rows.allSatisfy { if case .number = $0[index] { true } else { false } }
      return Column(
        .cell(index), title, ColumnWidths(min(40, max(1, widest)), worth: -index),
        isNumber: isNumber)
    }
  }

  /// What the list with the focus can be sorted by.
  var sortColumns: [Column] {
    guard let pane else { return [] }
    if pane.kind == .table { return columns(of: pane) }
    return columns(of: pane).filter { $0.sort != nil }
  }
}
