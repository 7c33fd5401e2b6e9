import CellGrid
import Diagnostics
import SPL
import SafeText

extension State {
  /// The line that is typed, and below it what Enter will do, or where what is wrong and what.
  func drawPalette(_ palette: Palette, in canvas: inout Canvas) {
    let problem = paletteProblem(palette)
    let y = canvas.height - (problem == nil ? 2 : 3)
    canvas.put(":", x: 1, y: y, role: .key)
    canvas.put(palette.line.entry, x: 2, y: y, width: canvas.width - 3)
    if let problem {
      drawCaret(problem, palette.line.entry, y: y + 1, in: &canvas)
      canvas.put(
        problem.message, x: 1, y: y + 2, width: canvas.width - 2, role: .warning, kind: .prose)
      return
    }
    let hint = paletteHint(palette.line.entry.text.trimmed)
    canvas.put(hint.text, x: 1, y: y + 1, width: canvas.width - 2, role: hint.role, kind: hint.kind)
  }

  /// Signs below what a problem is about, where that is in view.
  private func drawCaret(_ problem: Diagnostic, _ entry: Entry, y: Int, in canvas: inout Canvas) {
    guard let span = problem.span else { return }
    func cells(before offset: Int) -> Int {
      Wording.width(String(decoding: entry.text.utf8.prefix(offset), as: UTF8.self))
    }
    let start = cells(before: span.lowerBound)
    let length = max(1, cells(before: span.upperBound) - start)
    // A line that is longer than the screen is drawn from further on.
    guard Wording.width(String(entry.head)) < canvas.width - 3, start < canvas.width - 3 else {
      return
    }
    let room = canvas.width - 3 - start
    canvas.put(
      String(repeating: "^", count: min(length, room)), x: 2 + start, y: y, role: .warning)
  }

  /// What is wrong with a line that is a search.
  func paletteProblem(_ palette: Palette) -> Diagnostic? {
    let text = palette.line.entry.text
    guard let word = text.trimmed.split(separator: " ").first,
      PaletteCommand.named(word) == nil
    else { return nil }
    return searchProblem(text)
  }

  private func paletteHint(_ line: String) -> Span {
    guard let word = line.split(separator: " ").first else {
      return Span("a command or a search; Tab completes, Up is what was run before", .muted)
    }
    if let command = PaletteCommand.named(word) { return Span(command.description, .muted) }
    return Span("Enter searches records; index=risk and index=notable are what was found", .muted)
  }

  /// Why a search cannot be read; what macros stand for is not known here.
  private func searchProblem(_ line: String) -> Diagnostic? {
    do throws(Problems) {
      _ = try SearchCompiler.compile(
        SourceText(name: "search", text: line), macros: MacroTable())
      return nil
    } catch {
      return error.diagnostics.first { !$0.code.contains("macro") }
    }
  }

  /// What could stand there, in a box over the line that is typed.
  func drawCandidates(
    _ completion: Completion, _ line: CompletedEntry, in canvas: inout Canvas
  ) {
    guard let box = CandidateBox(completion, line, above: footLines, in: size) else { return }
    canvas.clear(box.rect)
    let count = completion.candidates.count
    canvas.box(
      box.rect, note: count > box.shown.count ? Wording.count(count) : "", isFocused: true)
    canvas.within(box.rect.inset()) { inner in
      for (y, candidate) in box.shown.enumerated() {
        let used = inner.put(candidate.text, x: 1, y: y, width: inner.width - 2)
        inner.put(
          candidate.note, x: max(used, box.names) + 3, y: y,
          width: max(0, inner.width - box.names - 4), role: .muted)
        if y + box.top == box.chosen {
          inner.paint(Rect(x: 0, y: y, width: inner.width, height: 1), role: .selected)
        }
      }
    }
  }
}

/// Where what could stand in a line lies over it.
struct CandidateBox {
  let rect: Rect
  let shown: ArraySlice<Completion.Candidate>
  /// Index of the first that is shown, and of the one that Tab has put in.
  let top: Int
  let chosen: Int?
  /// Cells of the widest.
  let names: Int

  /// The most that are shown at once.
  private static let most = 8

  /// Nil where there is nothing to show, or no room.
  init?(_ completion: Completion, _ line: CompletedEntry, above foot: Int, in size: Size) {
    let candidates = completion.candidates
    let height = min(Self.most, size.height - foot - 4, candidates.count)
    guard height > 0 else { return nil }
    chosen = line.taken == nil ? nil : line.chosen
    top = max(0, min((chosen ?? 0) - height / 2, candidates.count - height))
    shown = candidates.dropFirst(top).prefix(height)
    names = shown.map { Wording.width($0.text) }.max() ?? 0
    let notes = shown.map { Wording.width($0.note) }.max() ?? 0
    rect = Rect(
      x: 0, y: size.height - foot - 2 - height, width: min(size.width, names + notes + 7),
      height: height + 2)
  }
}
