/// What is wrong with a macro, a token or the use of the original search.
enum MacroProblem: Problem, Equatable {
  case invalid(String)
  case unknown(String, suggestion: String?)
  case arguments(String, given: Int, taken: [Int])
  /// The macros on the way, the first also at the end.
  case cycle([String])
  case size(String)
  case unknownToken(String, suggestion: String?)
  case unsupportedTokenFilter(token: String, filter: String)
  case noOriginalSearch
  case misplacedOriginalSearch

  static let originalSearch = "%original_detection_search%"

  var code: ProblemCode {
    switch self {
    case .invalid: .invalidMacro
    case .unknown: .unknownMacro
    case .arguments: .macroArguments
    case .cycle: .macroCycle
    case .size: .macroSize
    case .unknownToken: .unknownToken
    case .unsupportedTokenFilter: .unsupportedTokenFilter
    case .noOriginalSearch: .noOriginalSearch
    case .misplacedOriginalSearch: .misplacedOriginalSearch
    }
  }

  var sentence: String {
    switch self {
    case .invalid(let text): "\(quoted(text)) is not the use of a macro"
    case .unknown(let name, _): "there is no macro \(quoted(name))"
    case .arguments(let name, let given, let taken):
      "macro \(quoted(name)) is given \(counted(given, "argument")), it takes "
        + taken.map(String.init).joined(separator: " or ")
    case .cycle(let names):
      "macro \(quoted(names[0])) stands for itself: "
        + names.map { clipped($0, to: 40) }.joined(separator: ", then ")
    case .size(let name): "macro \(quoted(name)) stands for too much text"
    case .unknownToken(let name, _): "there is no value for the token '$\(clipped(name, to: 40))$'"
    case .unsupportedTokenFilter(let token, let filter):
      "the filter \(quoted(filter)) of token '$\(clipped(token, to: 40))$' is not known"
    case .noOriginalSearch: "'\(Self.originalSearch)' has no meaning here"
    case .misplacedOriginalSearch:
      "'\(Self.originalSearch)' stands for whole commands, so nothing may stand beside it"
    }
  }

  var help: String? {
    switch self {
    case .invalid: "a macro is written `name` or `name(value)`"
    case .unknown(let name, let suggestion):
      didYouMean(suggestion)
        ?? "add it to macros.yml: {name: \(clipped(name, to: 40)), definition: 'search terms'}"
    case .unknownToken(_, let suggestion):
      didYouMean(suggestion.map { "$\($0)$" }) ?? "write '$$' for a dollar sign"
    case .unsupportedTokenFilter(let token, _): "write '$\(clipped(token, to: 40))$'"
    case .noOriginalSearch: "only the drilldowns of a detection have an original search"
    case .misplacedOriginalSearch: "begin with '\(Self.originalSearch) | search ...'"
    case .arguments, .cycle, .size: nil
    }
  }
}
