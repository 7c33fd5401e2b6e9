import SafeText

extension Handover {
  /// The handover as Markdown, log text in it made harmless.
  package var markdown: String {
    let sections = Sections(handover: self)
    var text = "# \(sections.title)\n\n\(sections.summary)\n"
    for section in sections.all {
      text += "\n\(section.isInner ? "###" : "##") \(escaped(section.title))\n"
      if let sentence = section.text { text += "\n\(sentence)\n" }
      guard !section.rows.isEmpty else { continue }
      text += "\n" + line(section.columns) + line(section.columns.map { _ in "---" })
      text += section.rows.map { line($0.map(escaped)) }.joined()
      if section.omitted > 0 { text += "\nand \(section.omitted) more\n" }
    }
    return text
  }

  private func line(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |\n" }

  /// Text as text: no markup, no new cell, nothing that a terminal would obey.
  private func escaped(_ text: String) -> String {
    var result = ""
    for character in SafeText.visible(text) {
      if "\\|<>`*_[]#&".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }
}
