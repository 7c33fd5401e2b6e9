import Events
import Export
import Interface

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
    Markdown.table(
      table.columns.map(\.string), table.rows.map { $0.map { Wording.flat(Wording.cell($0)) } })
  }
}
