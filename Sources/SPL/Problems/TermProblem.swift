/// What is wrong with the conditions of a `search`.
enum TermProblem: Problem, Equatable {
  case missingField(String)
  case missingValue(field: String, comparison: String)
  case missingTerm(after: String)
  case emptyList(field: String)
  case lowercaseKeyword(String)
  case doubleEquals
  case wildcardOrder(Comparison)
  case misplacedDirective(String)
  case invalidTime(String, modifier: String)
  case misplacedTime(String)
  case unsupportedTime(String)

  var code: ProblemCode {
    switch self {
    case .missingField: .missingField
    case .missingValue: .missingValue
    case .missingTerm: .missingTerm
    case .emptyList: .emptyList
    case .lowercaseKeyword: .lowercaseKeyword
    case .doubleEquals: .doubleEquals
    case .wildcardOrder: .wildcardOrder
    case .misplacedDirective: .misplacedDirective
    case .invalidTime: .invalidTime
    case .misplacedTime: .misplacedTime
    case .unsupportedTime: .unsupportedTime
    }
  }

  var sentence: String {
    switch self {
    case .missingField(let sign): "there is no field before \(quoted(sign))"
    case .missingValue(let field, let comparison):
      "there is no value after \(quoted(field + comparison))"
    case .missingTerm(let keyword): "there is no condition after \(quoted(keyword))"
    case .emptyList(let field): "the list of values for \(quoted(field)) is empty"
    case .lowercaseKeyword(let word): "\(quoted(word)) in small letters is a word to look for"
    case .doubleEquals: "'==' is not a comparison of 'search'"
    case .wildcardOrder(let comparison):
      "a value with a wildcard has no order, so \(quoted(comparison.rawValue)) cannot compare it"
    case .misplacedDirective(let name): "\(quoted(name + "(...)")) cannot be compared with so"
    case .invalidTime(let text, let modifier):
      "\(quoted(text)) is not a time for \(quoted(modifier))"
    case .misplacedTime(let name):
      "\(quoted(name)) is for the whole search, so it cannot stand within OR or NOT"
    case .unsupportedTime(let name): "the time modifier \(quoted(name)) is not run yet"
    }
  }

  var help: String? {
    switch self {
    case .missingField: "quote a value that holds such a sign"
    case .missingValue(let field, _): "'\(clipped(field, to: 40))=*' asks that it has any value"
    case .lowercaseKeyword(let word): "write '\(word.uppercased())'"
    case .doubleEquals: "write '='"
    case .misplacedDirective: "write 'host=CASE(Web1)', or 'TERM(10.0.0.1)' without a field"
    case .invalidTime(_, let modifier) where modifier.hasSuffix("ago"):
      "write a whole number, '\(modifier)=7'"
    case .invalidTime(_, "relative_time"): "write an offset such as \"-24h\" or \"-1d@d\""
    case .invalidTime(_, let modifier):
      "write '10/27/2026:00:00:00', seconds since 1970, 'now', or an offset: '\(modifier)=-24h' or '-7d@d'"
    case .misplacedTime: "put it outside of the parentheses"
    case .unsupportedTime: "write 'earliest=-24h', 'latest=now' or 'starthoursago=24'"
    case .missingTerm, .emptyList, .wildcardOrder: nil
    }
  }
}
