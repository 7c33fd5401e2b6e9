import Events
import SafeText

/// Rows by RFC 4180, guarded against spreadsheets that run what begins like a formula.
///
/// What would drive a terminal is written as it is shown; the exact text is in the JSON forms.
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
    let guarded = startsFormula(text) ? "'" + visible(text) : visible(text)
    let needsQuotes = guarded.unicodeScalars.contains {
      $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r"
    }
    guard needsQuotes else { return guarded }
    return "\"\(guarded.replacing("\"", with: "\"\""))\""
  }

  /// Line feeds and tabs stay: they separate values, and quotes hold them.
  private static func visible(_ text: String) -> String {
    if SafeText.isPlain(text) { return text }
    return text.unicodeScalars.reduce(into: "") { shown, scalar in
      let stays = scalar.isShownAsItself || scalar == "\n" || scalar == "\t"
      shown += stays ? String(scalar) : SafeText.visible(String(scalar))
    }
  }

  private static func startsFormula(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first,
      "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first)
    else { return false }
    return text.wholeMatch(of: /-?[0-9]+(\.[0-9]+)?/) == nil
  }
}
