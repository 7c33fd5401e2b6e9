import CellGrid
import Findings
import SafeText

/// A rule in full: how it runs, its search, and what is known of it.
struct RuleText {
  let card: RuleCard
  /// The calendar day of the clock, `2026-03-16`.
  let today: String

  var lines: [DocumentLine] {
    facts + problems
      + part("Description", [card.description], as: .prose)
      + search
      + part("Risk", card.riskObjects)
      + part("Threat objects", card.threatObjects)
      + part("Drilldowns", card.drilldowns, as: .prose)
      + part("Tests in its file", card.tests.flatMap(Self.broken), as: .prose)
      + part("Known false positives", [card.falsePositives], as: .prose)
      + part("References", card.references)
  }

  private var facts: [DocumentLine] {
    let state = card.state(today: today)
    var lines: [DocumentLine] = [
      fact("rule", [Span(card.name, .title)]), fact("type", [Span(card.type)]),
      fact("state", [Span(state.text, state.role, as: .prose)]),
    ]
    if !card.file.isEmpty { lines.append(fact("file", [Span(card.file)])) }
    if let figures = card.figures {
      lines.append(fact("rows", [Span(counts(figures))]))
      for remark in card.remarks { lines.append(fact("", [Span(remark, .warning, as: .prose)])) }
    }
    if let time = card.timeText { lines.append(fact("time", [Span("\(time) of all rules'")])) }
    if card.readsRecords {
      let needles = card.needles.isEmpty ? "none: any record may count" : joined(card.needles)
      lines.append(fact("needles", [Span(needles)]))
    }
    let techniques = card.attack.isEmpty ? [joined(card.techniques)] : card.attack
    for (index, name) in techniques.enumerated() {
      lines.append(fact(index == 0 ? "techniques" : "", [Span(name)]))
    }
    if let filter = card.filterMacro { lines.append(fact("filter", [Span(filter)])) }
    return lines + [DocumentLine([])]
  }

  private func counts(_ figures: RuleFigures) -> String {
    var parts = [
      Wording.count(figures.rows), "risk \(Wording.count(figures.risk))",
      Wording.counted(figures.records, "record"),
    ]
    if figures.duplicates > 0 {
      parts.append("\(Wording.count(figures.duplicates)) delivered twice")
    }
    if figures.late > 0 { parts.append("\(Wording.count(figures.late)) late") }
    return parts.joined(separator: ", ")
  }

  /// Diagnostics as they are printed: the caret must stand where it points.
  private var problems: [DocumentLine] {
    let title = card.runsEarlier ? "What its file says now cannot run" : "Why it cannot run"
    return part(title, card.problem.map(Self.broken) ?? [], role: .warning)
      + part("Passed over", card.warnings.flatMap(Self.broken))
  }

  private var search: [DocumentLine] {
    guard !card.search.isEmpty else { return [] }
    var colours = SearchColours()
    let lines = Self.broken(card.search).map {
      DocumentLine(colours.spans(of: $0), indent: 2, hang: 2)
    }
    return [DocumentLine([Span("Search", .title)])] + lines + [DocumentLine([])]
  }

  private func fact(_ name: String, _ value: [Span]) -> DocumentLine { .fact(name, 10, value) }

  private func joined(_ texts: [String]) -> String {
    texts.isEmpty ? "-" : texts.joined(separator: ", ")
  }

  private static func broken(_ text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  private func part(
    _ title: String, _ texts: [String], as kind: SafeText.Kind = .identity,
    role: CellRole = .text
  ) -> [DocumentLine] {
    guard texts.contains(where: { !$0.isEmpty }) else { return [] }
    return [DocumentLine([Span(title, .title)])]
      + texts.map {
        DocumentLine([Span(kind == .prose ? Wording.flat($0) : $0, role, as: kind)], indent: 2)
      }
      + [DocumentLine([])]
  }
}
