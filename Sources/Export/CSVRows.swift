import Events

/// Rows by RFC 4180, guarded against spreadsheets that run what begins like a formula.
enum CSVRows {
  static func text(_ table: Table) -> String {
    guard !table.columns.isEmpty else { return "" }
    let lines =
      [table.columns.map { field($0.string) }]
      + table.rows.map { row in row.map { field($0.text?.string ?? "", of: $0) } }
    return lines.map { $0.joined(separator: ",") + "\r\n" }.joined()
  }

  private static func field(_ text: String, of value: Value) -> String {
    if case .number = value { return text }
    return field(text)
  }

  /// A field, quoted where it must be; `'` goes before what a spreadsheet would take for a
  /// formula, plain numbers excepted.
  static func field(_ text: String) -> String {
    let guarded = startsFormula(text) ? "'" + text : text
    let needsQuotes = guarded.unicodeScalars.contains {
      $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r"
    }
    guard needsQuotes else { return guarded }
    return "\"\(guarded.replacing("\"", with: "\"\""))\""
  }

  private static func startsFormula(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first,
      "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first)
    else { return false }
    return text.wholeMatch(of: /-?[0-9]+(\.[0-9]+)?/) == nil
  }
}
