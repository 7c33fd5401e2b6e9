import Events
import Export
import Interface
import SafeText

/// A list on its way into a file of the working directory.
struct ExportFile {
  let format: ExportFormat
  let name: String
  let table: Table

  /// Writes the list as its form has it.
  ///
  /// - Returns: The name that the file got.
  func write() throws -> String { try NewFile.write(text, name) }

  private var text: String {
    let results = [SearchResult(searchName: "", table: table)]
    return switch format {
    case .csv: TableFormat.csv.text(of: results)
    case .jsonLines: TableFormat.ndjson.text(of: results)
    case .markdown: markdown
    }
  }

  private var markdown: String {
    let rows =
      [table.columns.map(\.string), table.columns.map { _ in "---" }]
      + table.rows.map { $0.map(Wording.cell) }
    return rows.map { cells in
      "| " + cells.map(escaped).joined(separator: " | ") + " |\n"
    }.joined()
  }

  /// A cell's text as text: no markup, no new column, no control characters.
  private func escaped(_ cell: String) -> String {
    guard cell != "---" else { return cell }
    var text = ""
    for character in SafeText.visible(Wording.flat(cell)) {
      if "\\|<>`*_[]".contains(character) { text.append("\\") }
      text.append(character)
    }
    return text
  }
}
