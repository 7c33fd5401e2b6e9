import CellGrid
import Findings
import SafeText

/// A rule in full: what it looks for, its search, and what is known of it.
enum RuleText {
  static func lines(of card: RuleCard) -> [DocumentLine] {
    let state =
      card.problem.map { Span("cannot run: \($0)", .warning, as: .prose) }
      ?? (card.isOn ? Span("running", .live) : Span("off", .muted))
    let facts: [DocumentLine] = [
      .fact("rule", 10, [Span(card.name, .title)]), .fact("type", 10, [Span(card.type)]),
      .fact("state", 10, [state]),
      .fact("techniques", 10, [Span(joined(card.techniques))]),
    ]
    let limits = card.notes.map {
      DocumentLine.fact("limits", 10, [Span($0, .warning, as: .prose)])
    }
    return facts + limits + [DocumentLine([])] + part("Description", [card.description], as: .prose)
      + part("Search", card.search.split(separator: "\n").map(String.init), as: .identity)
      + part("Drilldowns", card.drilldowns, as: .prose)
      + part("Known false positives", [card.falsePositives], as: .prose)
      + part("References", card.references, as: .identity)
  }

  private static func joined(_ texts: [String]) -> String {
    texts.isEmpty ? "-" : texts.joined(separator: ", ")
  }

  private static func part(
    _ title: String, _ texts: [String], as kind: SafeText.Kind
  ) -> [DocumentLine] {
    guard texts.contains(where: { !$0.isEmpty }) else { return [] }
    return [DocumentLine([Span(title, .title)])]
      + texts.map {
        DocumentLine([Span(kind == .prose ? Wording.flat($0) : $0, .text, as: kind)], indent: 2)
      }
      + [DocumentLine([])]
  }
}
