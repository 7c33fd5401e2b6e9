import CellGrid
import Findings

extension State {
  func drawTriage(_ form: TriageForm, in canvas: inout Canvas) {
    let rect = triageRect
    canvas.clear(rect)
    canvas.box(rect, title: "Triage", detail: [form.title], isFocused: true)
    canvas.within(rect.inset()) { inner in
      let top = inner.height >= 8 ? 1 : 0
      for field in TriageForm.Field.allCases {
        draw(field, of: form, y: top + field.rawValue, in: &inner)
      }
      inner.put(hint(for: form.field), x: 2, y: inner.height - 1, role: .muted)
    }
  }

  var triageRect: Rect {
    let height = TriageForm.Field.allCases.count + (size.height >= 14 ? 5 : 3)
    return Rect.centred(width: min(76, size.width), height: height, in: size)
  }

  private func draw(
    _ field: TriageForm.Field, of form: TriageForm, y: Int, in canvas: inout Canvas
  ) {
    let isSelected = field == form.field
    canvas.put(field.title, x: 2, y: y, role: .heading)
    let chosen = form.chosen(field)
    let width = canvas.width - 16
    if isSelected {
      canvas.put(canvas.isASCII ? ">" : "▸", x: 0, y: y)
      canvas.paint(Rect(x: 0, y: y, width: 14, height: 1), role: .selected)
    }
    if isSelected, field.isText, let chosen, !chosen.isEmpty {
      canvas.put(Entry(chosen), x: 15, y: y, width: width)
      return
    }
    let empty = field == .owner ? "nobody" : "none"
    switch chosen {
    case nil: canvas.put(form.formerly(field), x: 15, y: y, width: width, role: .muted)
    case ""?: canvas.put(empty, x: 15, y: y, width: width, role: .title)
    case let text?: canvas.put(text, x: 15, y: y, width: width, role: .title)
    }
    if isSelected, field.isText { canvas.showCursor(x: 15, y: y) }
  }

  private func hint(for field: TriageForm.Field) -> String {
    switch field {
    case .owner: "Right: you, or nobody. Enter saves"
    case .comment: "type a comment. Enter saves, Esc forgets"
    default: "Left Right or a letter. Enter saves"
    }
  }
}
