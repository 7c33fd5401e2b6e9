import Events
import SafeText

/// Rows in aligned columns for a person; text of records is shown neutralised.
///
/// A column where every row says the same is said once above the table, so that what differs
/// fits the width of a terminal.
enum AlignedRows {
  static func text(_ table: Table) -> String {
    guard !table.rows.isEmpty else { return "no rows\n" }
    let cells = table.rows.map { row in row.map(shown) }
    let columns = table.columns.indices
    let isCommon = columns.map { column in
      table.rows.count > 1 && cells.allSatisfy { $0[column] == cells[0][column] }
    }
    var text = ""
    let names = table.columns.map { SafeText.visible($0.string) }
    let nameWidth = columns.filter { isCommon[$0] }.map { SafeText.width(of: names[$0]) }.max()
    for column in columns where isCommon[column] {
      text += "\(padded(names[column], to: nameWidth ?? 0))  \(cells[0][column])\n"
    }
    let varying = columns.filter { !isCommon[$0] }
    if varying.isEmpty { return text + "\(table.rows.count) rows, all alike\n" }
    if !text.isEmpty { text += "\n" }
    let widths = varying.map { column in
      (cells.map { SafeText.width(of: $0[column]) } + [SafeText.width(of: names[column])]).max()
        ?? 0
    }
    for line in [names] + cells {
      let parts = zip(varying, widths).map { padded(line[$0], to: $1) }
      text += trimmed(parts.joined(separator: "  ")) + "\n"
    }
    return text + "\(table.rows.count) \(table.rows.count == 1 ? "row" : "rows")\n"
  }

  private static func shown(_ value: Value) -> String {
    switch value {
    case .null: "-"
    case .many(let values): values.map(shown).joined(separator: ", ")
    default: SafeText.visible(value.text?.string ?? "")
    }
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - SafeText.width(of: text)))
  }

  private static func trimmed(_ line: String) -> String {
    var line = line
    while line.utf8.last == UInt8(ascii: " ") { line.removeLast() }
    return line
  }
}
