import Diagnostics

/// A piece of a search's text; the lexemes of a text tile it, without gaps or overlaps.
struct Lexeme: Equatable {
  enum Kind: Equatable {
    /// White space, or a comment in triple backticks.
    case space
    case pipe, comma
    case leftParenthesis, rightParenthesis
    /// Around a subsearch.
    case leftBracket, rightBracket
    /// `=`, `!=`, `<`, `<=`, `>`, `>=`, and `==`, which `search` does not know.
    case comparison(String)
    /// A run without white space, `responseElements.findings{}`, `-7d@d`, `aws:cloudtrail`.
    case word([Piece])
    case quoted([Piece])
    /// A name in single quotes, in an expression.
    case quotedField([Piece])
    /// `+`, `-`, `*`, `/`, `%` or `.`, in an expression.
    case operation(String)
    /// What stands between two backticks.
    case macro(String)
    /// Opened and never closed: the rest of the text.
    case unclosed(Delimiter)
  }

  enum Delimiter: String, Equatable {
    case quote = "\""
    case apostrophe = "'"
    case backtick = "`"
    case comment = "```"
  }

  /// A part of a word or quoted string, escapes resolved.
  enum Piece: Equatable {
    /// Text in which `*` is a wildcard.
    case written(String)
    /// Text in which it is a character.
    case literal(String)
    /// `\|`: a pipe to `search`, both characters to an expression or a regular expression.
    case escapedPipe
    /// `$name$`, or `$name|s$` with a filter.
    case token(name: String, filter: String?)
  }

  var kind: Kind
  var span: SourceSpan
}
