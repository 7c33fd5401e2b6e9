import CellGrid
import Events
import Findings

/// A column of a list.
struct Column: Equatable {
  enum Field: Hashable {
    case repository, image, finding, severity, package, user, source, rule, title, marks
    case critical, high, other, images, readers, users, count, rows, hours
    case firstSeen, lastSeen, age, stillThere, risk24h, risk7d, riskBar, urgency, risk
    case type, condition
    /// A column of a drilldown's table, by its number.
    case cell(Int)
  }

  let field: Field
  let title: String
  let widths: ColumnWidths
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

  /// A column of counts.
  static func number(
    _ field: Field, _ title: String, _ width: Int, worth: Int, sort: SortColumn? = nil
  ) -> Column {
    Column(field, title, ColumnWidths(width, worth: worth), isNumber: true, sort: sort)
  }
}

extension State {
  /// The columns of a list, from the left.
  func columns(of pane: Pane) -> [Column] {
    switch pane.kind {
    case .repositories: repositoryColumns
    case .images: imageColumns
    case .findings: findingColumns
    case .users: userColumns
    case .sources: sourceColumns
    case .rows: rowColumns
    case .rules:
      [
        Column(.rule, "RULE", ColumnWidths(from: 20, worth: 9)),
        Column(.type, "TYPE", ColumnWidths(11, worth: 5)),
        Column(.condition, "STATE", ColumnWidths(from: 12, worth: 7)),
      ]
    case .drilldowns:
      [
        Column(.title, "SEARCH", ColumnWidths(from: 24, worth: 9)),
        Column(.rule, "RULE", ColumnWidths(12...40, worth: 3)),
      ]
    case .table: tableColumns
    }
  }

  private var repositoryColumns: [Column] {
    [
      Column(.repository, "REPOSITORY", ColumnWidths(from: 14, worth: 99), sort: .repository),
      .number(.critical, "CRIT", 5, worth: 80, sort: .critical),
      .number(.high, "HIGH", 5, worth: 90, sort: .high),
      .number(.images, "IMAGES", 6, worth: 40, sort: .images),
      Column(.hours, "LAST 24H", ColumnWidths(8...24, worth: 50)),
      .number(.age, "LAST", 6, worth: 60, sort: .last),
    ]
  }

  private var imageColumns: [Column] {
    [
      Column(.image, "IMAGE", ColumnWidths(12, worth: 99), sort: .name),
      Column(.repository, "REPOSITORY", ColumnWidths(from: 10, worth: 70), sort: .repository),
      .number(.critical, "CRIT", 5, worth: 80, sort: .critical),
      .number(.high, "HIGH", 5, worth: 90, sort: .high),
      .number(.readers, "READERS", 7, worth: 40, sort: .readers),
      .number(.age, "LAST", 6, worth: 60, sort: .last),
    ]
  }

  private var findingColumns: [Column] {
    [
      Column(.lastSeen, "LAST", ColumnWidths(lastWidth, worth: 60), sort: .last),
      Column(.severity, "SEVERITY", ColumnWidths(8...13, worth: 90), sort: .severity),
      Column(.finding, "FINDING", ColumnWidths(14...22, worth: 99), sort: .name),
      Column(.package, "PACKAGE", ColumnWidths(from: 10, worth: 50), sort: .package),
      Column(.repository, "REPOSITORY", ColumnWidths(from: 12, worth: 80), sort: .repository),
      .number(.images, "IMAGES", 6, worth: 35, sort: .images),
      .number(.readers, "READERS", 7, worth: 30, sort: .readers),
      .number(.count, "COUNT", 6, worth: 70, sort: .count),
      Column(.stillThere, "STILL THERE", ColumnWidths(11, worth: 40)),
    ]
  }

  /// Times of today are shorter than a date and a time.
  private var lastWidth: Int { 16 }

  private var userColumns: [Column] {
    [
      Column(.user, "USER", ColumnWidths(from: 12, worth: 99), sort: .user),
      .number(.risk24h, "24H", 6, worth: 80, sort: .risk),
      Column(.riskBar, "", ColumnWidths(4...12, worth: 45)),
      .number(.risk7d, "7D", 6, worth: 70),
      .number(.age, "LAST", 6, worth: 60, sort: .last),
      Column(.urgency, "URGENCY", ColumnWidths(8, worth: 40)),
    ]
  }

  private var sourceColumns: [Column] {
    [
      Column(.source, "SOURCE", ColumnWidths(from: 15, worth: 99), sort: .source),
      .number(.users, "USERS", 5, worth: 60, sort: .user),
      .number(.rows, "ROWS", 6, worth: 50, sort: .count),
      .number(.age, "LAST", 6, worth: 80, sort: .last),
    ]
  }

  private var rowColumns: [Column] {
    [
      Column(.lastSeen, "LAST", ColumnWidths(lastWidth, worth: 95), sort: .last),
      Column(.severity, "SEVERITY", ColumnWidths(8...13, worth: 80), sort: .severity),
      Column(.finding, "FINDING", ColumnWidths(14...22, worth: 90), sort: .name),
      Column(.repository, "REPOSITORY", ColumnWidths(from: 12, worth: 70), sort: .repository),
      Column(.image, "IMAGE", ColumnWidths(12, worth: 60)),
      Column(.user, "USER", ColumnWidths(8...20, worth: 65), sort: .user),
      Column(.source, "SOURCE", ColumnWidths(10...20, worth: 40), sort: .source),
      .number(.count, "COUNT", 6, worth: 50, sort: .count),
      .number(.risk, "RISK", 5, worth: 55, sort: .risk),
    ]
  }

  /// The columns of a drilldown's table are as wide as what is in them, up to 40 cells.
  private var tableColumns: [Column] {
    guard case .drilldown(let result)? = place.card else { return [] }
    return result.table.columns.indices.map { index in
      let title = result.table.columns[index].string
      let widest = result.table.rows.prefix(200).reduce(Wording.width(title)) {
        max($0, Wording.width(Wording.cell($1[index])))
      }
      return Column(.cell(index), title, ColumnWidths(min(40, max(1, widest)), worth: -index))
    }
  }

  /// What the list with the focus can be sorted by.
  var sortColumns: [Column] {
    guard let pane else { return [] }
    return columns(of: pane).filter { $0.sort != nil }
  }
}
