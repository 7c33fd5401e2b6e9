/// A CSV file of the user's: its header and its rows by column name, by RFC 4180.
package struct CSVTable: Equatable, Sendable {
  package private(set) var columns: [String] = []
  /// Each as long as `columns`: what a line lacks is empty, what it has too much is passed over.
  package private(set) var rows: [[String]] = []

  /// Reads a text; a byte order mark and line ends of every kind are taken.
  package init(_ text: String) {
    var lines = CSVTable.records(of: text)
    guard !lines.isEmpty else { return }
    columns = lines.removeFirst()
    rows = lines.filter { $0 != [""] }.map { line in
      Array((line + Array(repeating: "", count: columns.count)).prefix(columns.count))
    }
  }

  /// The rows as values by column.
  package var records: [[String: String]] {
    rows.map { Dictionary(zip(columns, $0), uniquingKeysWith: { first, _ in first }) }
  }

  private static func records(of text: String) -> [[String]] {
    var records: [[String]] = []
    var record: [String] = []
    var field = ""
    var isQuoted = false
    var scalars = Array(text.unicodeScalars)[...]
    if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\"" where isQuoted && scalars.first == "\"":
        field.unicodeScalars.append("\"")
        scalars.removeFirst()
      case "\"" where isQuoted: isQuoted = false
      case "\"" where field.isEmpty: isQuoted = true
      case "," where !isQuoted:
        record.append(field)
        field = ""
      case "\n" where !isQuoted, "\r" where !isQuoted:
        if scalar == "\r", scalars.first == "\n" { scalars.removeFirst() }
        records.append(record + [field])
        record = []
        field = ""
      default: field.unicodeScalars.append(scalar)
      }
    }
    if !field.isEmpty || !record.isEmpty { records.append(record + [field]) }
    return records
  }
}
