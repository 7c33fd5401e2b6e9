/// What is wrong with the letters of a search.
enum TextProblem: Problem, Equatable {
  case unclosed(Lexeme.Delimiter)
  case unclosedParenthesis
  case unexpected(found: String, expected: String)
  /// A quoted string and more text without a space between.
  case joined(String, String)
  case unclosedBracket
  case tooDeep(limit: Int)

  var code: ProblemCode {
    switch self {
    case .unclosed(.quote): .unclosedQuote
    case .unclosed(.apostrophe): .unclosedApostrophe
    case .unclosed(.backtick): .unclosedBacktick
    case .unclosed(.comment): .unclosedComment
    case .unclosedParenthesis: .unclosedParenthesis
    case .unexpected: .unexpectedText
    case .joined: .joinedText
    case .unclosedBracket: .unclosedBracket
    case .tooDeep: .tooDeep
    }
  }

  var sentence: String {
    switch self {
    case .unclosed(.quote): "this quote is never closed"
    case .unclosed(.apostrophe): "this single quote is never closed"
    case .unclosed(.backtick): "this backtick is never closed"
    case .unclosed(.comment): "this comment is never closed"
    case .unclosedParenthesis: "this parenthesis is never closed"
    case .unexpected(let found, let expected): "found \(found), expected \(expected)"
    case .joined(let first, let second):
      "\(quoted(second)) follows \(quoted(first)) without a space"
    case .unclosedBracket: "this bracket is never closed"
    case .tooDeep(let limit): "more than \(limit) parts are nested in each other"
    }
  }

  var help: String? {
    switch self {
    case .unclosed(.quote): "close it with '\"'; inside quotes write '\\\"' for a quote"
    case .unclosed(.apostrophe): "single quotes hold the name of a field: 'a.b'"
    case .unclosed(.backtick): "a macro is written `name` or `name(value)`"
    case .unclosed(.comment): "close it with three backticks"
    case .unclosedParenthesis: "close it with ')'"
    case .unexpected(found: "','", expected: "a condition"): "quote a value that holds a comma"
    case .unexpected(found: "'IN'", _): "write 'field IN (a, b)' or 'NOT field IN (a, b)'"
    case .unexpected(found: "'NOT IN'", _): "write 'NOT field IN (a, b)'"
    case .unexpected: nil
    case .joined: "put both into one pair of quotes, or a space between them"
    case .unclosedBracket: "close it with ']'; quote a value that begins with '['"
    case .tooDeep: "write a list as 'field IN (a, b, c)'"
    }
  }
}
