package import Events

/// The forms in which result rows leave the program.
package enum TableFormat: String, CaseIterable, Sendable {
  /// Aligned columns for reading.
  case table
  /// A JSON object a line.
  case ndjson
  /// One JSON array of objects.
  case json
  /// RFC 4180, safe to open in a spreadsheet.
  case csv
}

/// The rows of one search, and whose they are where several searches were run.
package struct SearchResult: Sendable {
  /// The search's name as Splunk has it: `ESCU - NAME - Rule`.
  package var searchName: String
  package var table: Table

  package init(searchName: String, table: Table) {
    self.searchName = searchName
    self.table = table
  }
}

extension TableFormat {
  /// The results as text, ready to write.
  ///
  /// With several results each row tells its search: a leading `search_name` in JSON, a block a
  /// search with its name in tables and CSV.
  package func text(of results: [SearchResult]) -> String {
    switch self {
    case .ndjson: JSONRows.lines(results)
    case .json: JSONRows.array(results)
    case .csv: blocks(results, CSVRows.text)
    case .table: blocks(results, AlignedRows.text)
    }
  }

  private func blocks(_ results: [SearchResult], _ text: (Table) -> String) -> String {
    guard results.count > 1 else { return results.map { text($0.table) }.joined() }
    return results.map { result in
      let name = self == .csv ? CSVRows.field(result.searchName) : result.searchName
      return "\(name)\n\(text(result.table))"
    }.joined(separator: "\n")
  }
}
