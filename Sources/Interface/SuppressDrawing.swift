import CellGrid
import Events
import Findings
import SafeText

extension State {
  func drawSuppress(_ form: SuppressForm, in canvas: inout Canvas) {
    let rect = suppressRect
    canvas.clear(rect)
    canvas.box(rect, title: "Suppress", detail: ["hides it from lists and totals"], isFocused: true)
    canvas.within(rect.inset()) { inner in
      let top = inner.height >= 7 ? 1 : 0
      for field in SuppressForm.Field.allCases {
        draw(field, of: form, y: top + field.rawValue, in: &inner)
      }
      let hint = form.filter.problem ?? "Enter hides, Esc forgets; Z lists what is hidden"
      inner.put(
        hint, x: 2, y: inner.height - 1, width: inner.width - 3,
        role: form.filter.problem == nil ? .muted : .warning, kind: .prose)
    }
  }

  var suppressRect: Rect {
    Rect.centred(width: min(84, size.width), height: size.height >= 14 ? 9 : 7, in: size)
  }

  private func draw(
    _ field: SuppressForm.Field, of form: SuppressForm, y: Int, in canvas: inout Canvas
  ) {
    let isSelected = field == form.field
    canvas.put(field.title, x: 2, y: y, role: .heading)
    if isSelected {
      canvas.put(canvas.isASCII ? ">" : "▸", x: 0, y: y)
      canvas.paint(Rect(x: 0, y: y, width: 9, height: 1), role: .selected)
    }
    let width = canvas.width - 11
    switch field {
    case .term, .reason:
      let entry = field == .term ? form.term : form.reason
      if isSelected {
        canvas.put(entry, x: 10, y: y, width: width)
      } else if entry.isEmpty {
        canvas.put("say why", x: 10, y: y, width: width, role: .muted)
      } else {
        canvas.put(entry.text, x: 10, y: y, width: width)
      }
    case .expires:
      let days = form.span
      let until = days.map {
        "\(Wording.minute(clock + $0 * 86400))Z, for \(Wording.counted(Int($0), "day"))"
      }
      canvas.put(until ?? "until it is lifted", x: 10, y: y, width: width)
    case .rule:
      canvas.put(
        form.isOfEveryRule ? "every rule" : form.rule ?? "every rule", x: 10, y: y, width: width)
    }
  }

  /// The lines of the list of suppressions.
  func cell(_ line: SuppressionLine, _ field: Column.Field) -> CellText {
    let suppression = line.suppression
    switch field {
    case .count: return .count(line.hidden)
    case .title: return CellText(suppression.term)
    case .rule: return suppression.rule.map { CellText($0) } ?? CellText("every rule", .muted)
    case .reason: return CellText(suppression.reason)
    case .author: return CellText(suppression.author, .muted)
    case .time:
      guard line.isActive else { return CellText("over", .muted) }
      return suppression.expires.map { CellText(Wording.moment($0, today: clock)) }
        ?? CellText("until lifted", .muted)
    default: return .none
    }
  }

  var suppressionColumns: [Column] {
    [
      .number(.count, "HIDES", 6, worth: 97),
      Column(.title, "TERM", ColumnWidths(16...60, worth: 99, takesRest: true)),
      Column(.reason, "REASON", ColumnWidths(10...50, worth: 90, takesRest: true)),
      Column(.rule, "RULE", ColumnWidths(10...44, worth: 40)),
      Column(.author, "BY", ColumnWidths(5...12, worth: 60)),
      Column(.time, "UNTIL", ColumnWidths(8...16, worth: 70)),
    ]
  }

  /// What the macro of each rule comes to.
  var suppressionCard: [[Span]] {
    let lines = (place.panes.first?.lines?.lines ?? []).compactMap { line in
      if case .suppression(let line) = line { line } else { nil }
    }
    let rules = Set(lines.filter(\.isActive).map(\.suppression.rule))
    return rules.sorted { ($0 ?? "") < ($1 ?? "") }.prefix(4).map { rule in
      label((rule ?? "every rule") + ": filter macro ")
        + [Span(macroText(of: lines, rule: rule))]
    }
  }
}
