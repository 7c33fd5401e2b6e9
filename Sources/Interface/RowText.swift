import CellGrid
import Events
import Findings
import SafeText

/// A result row in full: what the search printed, what it came from, the risk it raised, and the
/// record.
struct RowText {
  private let card: RowCard
  private let history: [TriageEntry]
  private let today: Timestamp

  init(_ card: RowCard, history: [TriageEntry] = [], today: Timestamp) {
    self.card = card
    self.history = history
    self.today = today
  }

  /// The text, and the line at which the newest record begins.
  var lines: (lines: [DocumentLine], record: Int?) {
    var lines = head + columns + sample + risk + triage
    guard !card.records.isEmpty else { return (lines, nil) }
    let first = lines.count
    for (index, record) in card.records.enumerated() {
      lines.append(heading(title(of: record, index)))
      lines += card.links.filter { $0.from == record.contentHash }.map {
        Self.line(of: $0, today: today)
      }
      lines += JSONLayout.lines(of: record.raw, from: lines.count)
      lines.append(DocumentLine([]))
    }
    return (lines, first)
  }

  private var head: [DocumentLine] {
    let row = card.row
    var facts = [
      ("rule", [Span(row.rule, .title)]),
      ("window", [Span(windowText)]),
      ("seen", [Span(seenText)]),
      ("count", [Span(Wording.counted(row.count, "event"))]),
    ]
    if !row.marks.isEmpty {
      facts.append(("marks", [Span(row.marks.joined(separator: "; "), .warning, as: .prose)]))
    }
    return facts.map { .fact($0, 8, $1) } + [DocumentLine([])]
  }

  private var windowText: String {
    let window = card.row.window
    let end =
      window.end.date == window.start.date
      ? String(window.end.timeOfDay.prefix(5)) : Wording.minute(window.end)
    return "\(Wording.minute(window.start)) to \(end) UTC"
  }

  private var seenText: String {
    let first = card.row.firstSeen
    let last = card.row.lastSeen
    let start = "\(first.date) \(first.timeOfDay)"
    if first == last { return start }
    return "\(start) to \(first.date == last.date ? "" : last.date + " ")\(last.timeOfDay)"
  }

  private var columns: [DocumentLine] {
    let row = card.row
    let width = nameWidth(row.columns.map(\.string))
    return [heading("Columns")]
      + zip(row.columns, row.values).map { .fact($0.string, width, value($1)) } + [DocumentLine([])]
  }

  private var sample: [DocumentLine] {
    let fields = card.row.sample.sorted { $0.key < $1.key }
    guard !fields.isEmpty else { return [] }
    let width = nameWidth(fields.map(\.key.string))
    return [heading("Sample: other fields of the newest event")]
      + fields.map { .fact($0.key.string, width, value($0.value)) } + [DocumentLine([])]
  }

  private var risk: [DocumentLine] {
    guard !card.riskEvents.isEmpty else {
      return [heading("Risk"), DocumentLine([Span("this row raises no risk", .muted)], indent: 2)]
        + [DocumentLine([])]
    }
    return [heading("Risk")]
      + card.riskEvents.map { event in
        DocumentLine(
          [
            Span(Wording.count(event.score), .high), Span("  \(event.objectType) ", .muted),
            Span(event.object), Span("  " + Wording.moment(event.time, today: today), .muted),
            Span("  " + event.message, .text, as: .prose),
          ], indent: 2)
      } + [DocumentLine([])]
  }

  private var triage: [DocumentLine] {
    let now = history.first?.after ?? .untouched
    let state = [now.status.rawValue, now.owner.map { "owner \($0)" }].compactMap { $0 }
    return [
      DocumentLine([
        Span("Triage", .title), Span("  " + state.joined(separator: ", "), .text, as: .prose),
      ])
    ]
      + history.map { entry in
        let when = entry.after.at.map { Wording.moment($0, today: today) } ?? "-"
        return .fact(
          when, 16,
          [
            Span((entry.after.by ?? "-") + "  ", .muted),
            Span(entry.sentence, .text, as: .prose),
          ])
      } + [DocumentLine([])]
  }

  /// A record by itself: the others that it is linked to, and its text.
  static func lines(of card: RecordCard, today: Timestamp) -> [DocumentLine] {
    let head: [DocumentLine] = [
      .fact("source", 8, [Span(card.record.source)]),
      .fact("seen", 8, [Span(Wording.moment(card.record.time, today: today))]),
    ]
    let links = card.links.map { line(of: $0, today: today) }
    let lines = head + links + [DocumentLine([])]
    return lines + JSONLayout.lines(of: card.record.raw, from: lines.count)
  }

  /// `amended by 9f1c... 14:02:11`: Enter goes there.
  private static func line(of link: RecordLink, today: Timestamp) -> DocumentLine {
    let when = link.time.map { Wording.moment($0, today: today) } ?? "not kept here"
    var line = DocumentLine(
      [
        Span(link.kind.rawValue + " ", .warning), Span(link.name), Span("  " + when, .muted),
      ], indent: 2)
    line.target = link.to.map(View.record)
    return line
  }

  private func title(of record: StoredRecord, _ index: Int) -> String {
    let count = card.records.count
    let number = count > 1 ? " \(index + 1) of \(count)" : ""
    return "Record\(number) from \(record.source)"
  }

  private func value(_ value: Value) -> [Span] {
    value.isNull ? [Span("-", .muted)] : [Span(Wording.cell(value), .text, as: .prose)]
  }

  private func heading(_ text: String) -> DocumentLine { DocumentLine([Span(text, .title)]) }

  private func nameWidth(_ names: [String]) -> Int {
    min(36, names.reduce(4) { max($0, Wording.width($1)) })
  }
}

extension DocumentLine {
  /// A name, padded to a width, and its value.
  static func fact(_ name: String, _ width: Int, _ value: [Span]) -> DocumentLine {
    let blanks = String(repeating: " ", count: max(0, width - Wording.width(name)) + 2)
    return DocumentLine(
      [Span(name, .muted), Span(blanks)] + value, indent: 2, hang: width + 2)
  }
}
