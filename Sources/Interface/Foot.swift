import CellGrid
import SafeText

extension State {
  /// The lines at the bottom: the keys that work here, or what is typed.
  func drawFoot(in canvas: inout Canvas) {
    switch overlay {
    case .filter(let text)?:
      drawTyped(text, sign: "/", below: filterHint, in: &canvas)
    case .search(let text)?:
      let found = place.document?.found ?? 0
      let hint = text.isEmpty ? "text to look for" : "in \(Wording.counted(found, "line"))"
      drawTyped(text, sign: "/", below: Span(hint, .muted), in: &canvas)
    case .palette(let palette)?: drawPalette(palette, in: &canvas)
    default: drawKeys(in: &canvas)
    }
  }

  private var filterHint: Span {
    if let problem = place.filter.problem, place.panes.contains(where: \.kind.isLimited) {
      return Span(problem, .warning, as: .prose)
    }
    return Span(
      place.filter.isEmpty
        ? "severity=CRITICAL repository=pay* NOT user=ci  or just a word"
        : "Enter keeps the filter, Esc clears it", .muted)
  }

  /// The line that is typed, its end in view, and what is to be said of it below.
  private func drawTyped(_ text: String, sign: String, below: Span, in canvas: inout Canvas) {
    let y = canvas.height - footLines
    canvas.put(sign, x: 1, y: y, role: .key)
    let room = canvas.width - 4
    var tail = text[...]
    while Wording.width(String(tail)) > room { tail = tail.dropFirst() }
    let used = canvas.put(String(tail), x: 2, y: y, width: room)
    canvas.showCursor(x: 2 + used, y: y)
    if footLines == 3, let place = place.filter.problemPlace, place.upperBound <= text.utf8.count {
      drawCaret(under: text, place, shown: tail, y: y + 1, in: &canvas)
    }
    canvas.put(
      below.text, x: 1, y: canvas.height - 1, width: canvas.width - 2, role: below.role,
      kind: below.kind)
  }

  /// `^^^^` under the part of the line that is meant; a place at its end is a single one.
  private func drawCaret(
    under text: String, _ place: Range<Int>, shown tail: Substring, y: Int,
    in canvas: inout Canvas
  ) {
    let bytes = Array(text.utf8)
    let hidden = text.utf8.count - tail.utf8.count
    let before = bytes[hidden..<max(hidden, place.lowerBound)]
    let meant = bytes[place.lowerBound..<place.upperBound]
    let x = 2 + Wording.width(String(decoding: before, as: UTF8.self))
    let width = max(1, Wording.width(String(decoding: meant, as: UTF8.self)))
    canvas.put(
      String(repeating: "^", count: width), x: x, y: y, width: max(0, canvas.width - x - 1),
      role: .warning)
  }

  private func drawKeys(in canvas: inout Canvas) {
    let y = canvas.height - 1
    if let notice {
      canvas.put(
        notice.sentence, x: 1, y: y, width: canvas.width - 2,
        role: notice.isFine ? .live : .warning, kind: .prose)
      return
    }
    if !typedAhead.isEmpty {
      let keys = typedAhead.map(\.label).joined(separator: " ")
      let used = canvas.put("as soon as it is loaded: ", x: 1, y: y, role: .muted)
      let room = max(0, canvas.width - used - 16)
      let end = 1 + used + canvas.put(keys, x: 1 + used, y: y, width: room, role: .key)
      canvas.put("  Esc forgets", x: end, y: y, role: .muted)
      return
    }
    if let keys = overlayKeys {
      var x = 1
      for (key, word) in keys where x + key.count + word.count + 1 < canvas.width {
        x += canvas.put(key, x: x, y: y, role: .key)
        x += canvas.put(" " + word, x: x, y: y, role: .muted) + 2
      }
      return
    }
    for hint in keyHints { draw(hint.binding, x: hint.columns.lowerBound, y: y, in: &canvas) }
  }

  /// The keys that the bottom line has room for, and where they stand; none where it says something
  /// else.
  var keyHints: [(binding: Binding, columns: Range<Int>)] {
    guard notice == nil, typedAhead.isEmpty, overlay == nil else { return [] }
    let hints = bindings.filter { binding in
      // A pivot that just goes to another list is not worth the room.
      let isShort = Pivot(binding.command).map { role($0.role) != nil } ?? true
      return binding.hint != nil && isShort && disabledReason(binding.command) == nil
    }
    let last = hints.last { $0.command == .help }
    let helpWidth = last.map { width($0) + 2 } ?? 0
    var x = 1
    var placed: [(Binding, Range<Int>)] = []
    for binding in hints where binding.command != .help {
      guard x + width(binding) + helpWidth <= size.width - 1 else { continue }
      placed.append((binding, x..<x + width(binding)))
      x += width(binding) + 2
    }
    if let last { placed.append((last, x..<x + width(last))) }
    return placed
  }

  /// The keys of what lies over the view; nil where nothing does.
  private var overlayKeys: [(String, String)]? {
    let arrows = settings.isASCII ? "Up Down" : "↑ ↓"
    return switch overlay {
    case .help?: [(arrows, "choose"), ("Enter", "run"), ("Esc", "close")]
    case .sort?, .export?, .copy?, .themes?:
      [(arrows, "choose"), ("Enter", "take"), ("Esc", "leave")]
    case .time?: [(arrows, "choose"), ("0-9", "type a range"), ("Enter", "take"), ("Esc", "leave")]
    case .triage?, .suppress?:
      [
        ("Tab", "field"), (settings.isASCII ? "Left Right" : "← →", "choice"), ("Enter", "save"),
        ("Esc", "forget"),
      ]
    case .line?: [(arrows, "scroll"), ("Esc", "close")]
    case .filter?, .search?, .palette?, nil: nil
    }
  }

  private func word(_ binding: Binding) -> String {
    binding.command == .follow && hold != nil ? "follow" : binding.hint ?? ""
  }

  private func width(_ binding: Binding) -> Int {
    (binding.keys.first?.label.count ?? 0) + 1 + word(binding).count
  }

  @discardableResult
  private func draw(_ binding: Binding, x: Int, y: Int, in canvas: inout Canvas) -> Int {
    let key = binding.keys.first?.label ?? ""
    let used = canvas.put(key, x: x, y: y, role: .key)
    return used + canvas.put(" " + word(binding), x: x + used, y: y, role: .muted)
  }
}
