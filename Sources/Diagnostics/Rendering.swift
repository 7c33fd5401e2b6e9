import SafeText

extension Diagnostic {
  /// The diagnostic as shown to the user, each line ended.
  ///
  /// ```
  /// rules/a.yml: line 14, column 11: there is no function 'matchs' [unknown-function]
  ///    |
  /// 14 |   | where matchs(process, "(?i)-enc")
  ///    |           ^^^^^^
  ///    = help: did you mean 'match'?
  /// ```
  package func rendered(in source: SourceText) -> String {
    guard let span else {
      return lines([SafeText.visible("\(source.name): \(sentence)")], gutter: " ")
    }
    let place = source.place(of: span)
    let head = "\(source.name): line \(place.line), column \(place.column): \(sentence)"
    let number = String(place.line)
    let gutter = String(repeating: " ", count: number.count)
    let excerpt = Excerpt(place)
    return lines(
      [
        SafeText.visible(head), "\(gutter) |", "\(number) | \(excerpt.text)",
        "\(gutter) | \(excerpt.carets)",
      ], gutter: gutter)
  }

  private var sentence: String {
    (severity == .warning ? "warning: " : "") + "\(message) [\(code)]"
  }

  private func lines(_ first: [String], gutter: String) -> String {
    var lines = first
    for note in notes { lines.append("\(gutter) = note: \(SafeText.visible(note))") }
    if let help { lines.append("\(gutter) = help: \(SafeText.visible(help))") }
    return lines.map { $0 + "\n" }.joined()
  }
}

/// A source line made safe to print, cut to a window around the span if long, and its carets.
private struct Excerpt {
  var text: String
  var carets: String

  /// In cells: a drilldown is a search of 600 characters in one line.
  private static let widest = 120
  private static let lead = 30

  init(_ place: SourcePlace) {
    let before = Self.shown(place.before)
    let marked = Self.shown(place.marked)
    let after = Self.shown(place.after)
    let whole = SafeText.width(of: before + marked + after)
    let start = whole <= Self.widest ? before : Self.tail(before, cells: Self.lead)
    let room = Self.widest - SafeText.width(of: start)
    let middle = whole <= Self.widest ? marked : Self.head(marked, cells: room)
    let rest =
      whole <= Self.widest ? after : Self.head(after, cells: room - SafeText.width(of: middle))
    text = Self.trimmed(start + middle + rest)
    let indent = String(repeating: " ", count: SafeText.width(of: start))
    carets = indent + String(repeating: "^", count: max(1, SafeText.width(of: middle)))
  }

  /// A tab prints as one space, all else that is not printable as visible marks.
  private static func shown(_ text: Substring) -> String {
    SafeText.visible(
      String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\t" ? " " : $0 })))
  }

  private static func trimmed(_ text: String) -> String {
    String(text.reversed().drop { $0 == " " }.reversed())
  }

  private static func head(_ text: String, cells: Int) -> String {
    guard SafeText.width(of: text) > cells else { return text }
    var kept = ""
    var used = 1
    for character in text {
      used += SafeText.width(of: String(character))
      guard used <= cells else { break }
      kept.append(character)
    }
    return kept + "…"
  }

  private static func tail(_ text: String, cells: Int) -> String {
    guard SafeText.width(of: text) > cells else { return text }
    return "…" + String(head(String(text.reversed()), cells: cells).dropLast().reversed())
  }
}
