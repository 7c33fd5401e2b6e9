/// Knows, from the lexemes so far, whether the next is one of an expression.
///
/// A pipe or bracket begins a command; `where`, `eval` and `head` take an expression to their end,
/// `eval(...)` takes one to its parenthesis. Macros may hold any part of this, so it is known only
/// while they are expanded.
struct Grammar {
  private struct Place {
    /// Nil until the command's name.
    var command: String?
    /// How many parentheses are open in `eval(...)`; nil outside of it.
    var depth: Int?
  }

  /// From the whole search to the innermost bracket; never empty.
  private var places = [Place(command: "search")]
  private var isAfterEval = false

  private static let expressions: Set<String> = ["eval", "head", "where"]
  private static let aggregating: Set<String> = [
    "chart", "eventstats", "stats", "streamstats", "timechart", "transaction",
  ]

  var isInExpression: Bool {
    let place = places[places.count - 1]
    return place.depth != nil || place.command.map(Self.expressions.contains) ?? false
  }

  mutating func read(_ lexeme: Lexeme.Kind) {
    var place = places.removeLast()
    defer { places.append(place) }
    let wasAfterEval = isAfterEval
    if lexeme != .space { isAfterEval = false }
    switch lexeme {
    case .pipe: place = Place()
    case .leftBracket:
      places.append(place)
      place = Place()
    case .rightBracket: if let outer = places.popLast() { place = outer }
    case .word(let pieces):
      let word = Self.plainText(of: pieces)?.lowercased()
      if place.command == nil { place.command = word ?? "" } else { isAfterEval = word == "eval" }
    case .leftParenthesis:
      if let depth = place.depth {
        place.depth = depth + 1
      } else if wasAfterEval, place.command.map(Self.aggregating.contains) ?? false {
        place.depth = 1
      }
    case .rightParenthesis:
      if let depth = place.depth { place.depth = depth == 1 ? nil : depth - 1 }
    default: break
    }
  }

  private static func plainText(of pieces: [Lexeme.Piece]) -> String? {
    guard pieces.count == 1, case .written(let text) = pieces[0] else { return nil }
    return text
  }
}
