import CellGrid

/// The colours of a search's text: commands, strings, macros and comments told apart.
struct SearchColours {
  /// A comment that an earlier line has begun.
  private var isComment = false
  /// What comes next is the name of a command.
  private var isCommand = false

  /// The pieces of a line of the search; nothing of it is left out.
  mutating func spans(of line: String) -> [Span] {
    var spans: [Span] = []
    var rest = line[...]
    while let first = rest.first {
      let (piece, role) = next(rest, first)
      if spans.last?.role == role {
        spans[spans.count - 1].text += piece
      } else {
        spans.append(Span(String(piece), role))
      }
      rest = rest[piece.endIndex...]
    }
    return spans.isEmpty ? [Span("")] : spans
  }

  private mutating func next(
    _ rest: Substring, _ first: Character
  ) -> (Substring, CellRole) {
    if isComment || rest.hasPrefix("```") {
      let body = isComment ? rest : rest.dropFirst(3)
      isComment = true
      guard let end = body.ranges(of: "```").first else { return (rest, .muted) }
      isComment = false
      return (rest[..<end.upperBound], .muted)
    }
    switch first {
    case "\"", "'": return (quoted(rest, first), .low)
    case "`": return (quoted(rest, first), .key)
    case "|":
      isCommand = true
      return (rest.prefix(1), .heading)
    case _ where Self.isWord(first):
      let word = rest.prefix(while: Self.isWord)
      defer { isCommand = false }
      if isCommand { return (word, .title) }
      return (word, Self.operators.contains(word.uppercased()) ? .heading : .text)
    default: return (rest.prefix(1), .text)
    }
  }

  /// Up to the closing quote, or to the end of the line.
  private func quoted(_ rest: Substring, _ quote: Character) -> Substring {
    var isEscaped = false
    var end = rest.index(after: rest.startIndex)
    while end < rest.endIndex {
      let character = rest[end]
      end = rest.index(after: end)
      if character == quote, !isEscaped { break }
      isEscaped = character == "\\" && !isEscaped
    }
    return rest[..<end]
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_" || character == "."
  }

  private static let operators: Set<String> = ["AND", "OR", "NOT", "IN", "BY", "AS", "OUTPUT"]
}
