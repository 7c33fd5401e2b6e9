import Export

extension Handover {
  /// The handover as Markdown, log text in it made harmless.
  package var markdown: String {
    let sections = Sections(handover: self)
    var text = "# \(sections.title)\n\n\(sections.summary)\n"
    for section in sections.all {
      text += "\n\(section.isInner ? "###" : "##") \(Markdown.escaped(section.title))\n"
      if let sentence = section.text { text += "\n\(sentence)\n" }
      guard !section.rows.isEmpty else { continue }
      text += "\n" + Markdown.table(section.columns, section.rows)
      if section.omitted > 0 { text += "\nand \(section.omitted) more\n" }
    }
    return text
  }
}
