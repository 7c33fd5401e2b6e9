/// What is wrong with an expression, or doubtful.
enum ExpressionProblem: Problem, Equatable {
  case arity(String, given: Int, taken: ClosedRange<Int>)
  /// An odd number of arguments where conditions and values alternate.
  case unpaired(String, given: Int)
  case notCondition(String)
  case fieldAsCondition(String)
  case notNumber(String, for: String)
  case notField(function: String)
  case truthValue(field: String)
  case random
  case literalStar(String)
  case dottedField(String)

  var code: ProblemCode {
    switch self {
    case .arity, .unpaired: .functionArguments
    case .notCondition, .fieldAsCondition: .notCondition
    case .notNumber: .notNumber
    case .notField: .notField
    case .truthValue: .truthValue
    case .random: .refusedFunction
    case .literalStar: .literalStar
    case .dottedField: .dottedField
    }
  }

  var sentence: String {
    switch self {
    case .arity(let name, let given, let taken):
      "\(quoted(name)) is given \(counted(given, "argument")), it takes \(Self.shown(taken))"
    case .unpaired(let name, let given):
      "\(quoted(name)) is given \(counted(given, "argument")), it takes pairs of condition and value"
    case .notCondition(let text): "\(quoted(text)) is a value, expected a condition"
    case .fieldAsCondition(let name): "the field \(quoted(name)) is a value, expected a condition"
    case .notNumber(let text, let title):
      "the text \(quoted(text)) is not a number, which \(title) needs"
    case .notField("mvfilter"): "the condition of 'mvfilter' does not read just one field"
    case .notField(let function): "the first argument of \(quoted(function)) is not a field"
    case .truthValue(let field):
      "\(quoted(field)) would be true or false, which a field cannot hold"
    case .random: "'random' is refused: a search has to give the same rows each time"
    case .literalStar(let text): "the '*' in \(quoted(text)) stands for itself here"
    case .dottedField(let name):
      "\(quoted(name)) without quotes joins the texts of several fields"
    }
  }

  var help: String? {
    switch self {
    case .arity: nil
    case .unpaired: "end with 'true(), value' for all other rows"
    case .notCondition: "compare it: 'count > 5'"
    case .fieldAsCondition(let name) where ["false", "true"].contains(name.lowercased()):
      "write '\(name.lowercased())()'"
    case .fieldAsCondition(let name):
      "write 'isnotnull(\(clipped(name, to: 40)))' or '\(clipped(name, to: 40))=\"true\"'"
    case .notNumber: "field names have no quotes, or single ones: 'a.b'"
    case .notField("mvfilter"): "write 'mvfilter(match(user, \"^a\"))'"
    case .notField: "write 'mvmap(user, lower(user))'"
    case .truthValue: "write 'if(condition, \"true\", \"false\")'"
    case .random: nil
    case .literalStar(let text): "write 'like(field, \"\(Self.percent(text))\")'"
    case .dottedField(let name): "write single quotes around the name of one field: '\(name)'"
    }
  }

  private static func shown(_ arity: ClosedRange<Int>) -> String {
    if arity.count == 1 { return "\(arity.lowerBound)" }
    if arity.upperBound == FunctionSignature.many { return "\(arity.lowerBound) or more" }
    return "\(arity.lowerBound) to \(arity.upperBound)"
  }

  private static func percent(_ text: String) -> String {
    clipped(String(text.map { $0 == "*" ? "%" : $0 }), to: 40)
  }
}
