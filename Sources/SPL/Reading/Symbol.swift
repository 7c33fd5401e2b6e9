import Diagnostics

/// What the parser reads: a lexeme with macros expanded, tokens bound and white space gone.
struct Symbol: Equatable {
  enum Kind: Equatable {
    case pipe, comma
    case leftParenthesis, rightParenthesis
    case leftBracket, rightBracket
    case comparison(String)
    case text(Wording)
    /// An operator of an expression.
    case operation(String)
    /// Something that a problem was already reported for.
    case broken
  }

  var kind: Kind
  /// In the text that was compiled: for what a macro brought, the place where it is used.
  var span: SourceSpan
  /// Follows the symbol before without white space.
  var isJoined: Bool
  /// For each macro around it, innermost first, what a diagnostic should say.
  var notes: [String]

  var wording: Wording? {
    guard case .text(let wording) = kind else { return nil }
    return wording
  }

  func fails(_ problem: some Problem) -> Diagnostic {
    problem.diagnostic(at: span, notes: notes)
  }
}

/// A word or a quoted string.
struct Wording: Equatable {
  enum Quotes: Equatable { case none, double, single }

  /// The text; its wildcards are the stars that were written.
  var pattern: Pattern
  /// The text as expressions and regular expressions have it: `\|` keeps its backslash.
  var literal: String
  var quotes: Quotes
  /// Holds the value of a token, so it is never a keyword.
  var isBound: Bool

  var text: String { pattern.runs.joined(separator: "*") }

  var isQuoted: Bool { quotes != .none }

  /// Goes on with a pattern.
  mutating func append(_ other: Pattern) {
    let runs = pattern.runs
    pattern.runs = runs.dropLast() + [runs[runs.count - 1] + other.runs[0]] + other.runs.dropFirst()
    literal += other.runs.joined(separator: "*")
  }

  var hasLiteralStar: Bool { pattern.runs.contains { $0.utf8.contains(UInt8(ascii: "*")) } }

  /// The text if it may be a keyword, a command or an option.
  var bareText: String? { isQuoted || isBound ? nil : text }

  /// `by`, `BY` and `By` are one keyword; a quoted one is a name.
  func isKeyword(_ keyword: String) -> Bool { bareText?.lowercased() == keyword }
}
