import SafeText

/// Text and tables as Markdown.
package enum Markdown {
  /// Text as text: no markup, no new cell, nothing that a terminal would obey.
  package static func escaped(_ text: String) -> String {
    var result = ""
    for character in SafeText.visible(text) {
      if "\\|<>`*_[]#&".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }

  /// A heading line, the rule under it, and the rows; cells are escaped.
  package static func table(_ columns: [String], _ rows: [[String]]) -> String {
    let lines = [columns.map(escaped), columns.map { _ in "---" }] + rows.map { $0.map(escaped) }
    return lines.map { "| \($0.joined(separator: " | ")) |\n" }.joined()
  }
}
