import Diagnostics

/// What is wrong with the arguments of a command.
enum ArgumentProblem: Problem, Equatable {
  case unknownOption(String, command: String, options: [String])
  case unsupportedOption(String, command: String)
  case repeatedOption(String)
  case missing(String, command: String, example: String)
  case invalidNumber(String, option: String)
  case invalidPath(String)
  case emptyField
  case wildcardField(String)
  case renameWildcards(from: String, to: String)
  case unknownFunction(String, functions: [String])
  case unsupportedFunction(String, functions: [String])
  case missingAggregate
  case repeatedColumn(String)

  var code: ProblemCode {
    switch self {
    case .unknownOption: .unknownOption
    case .unsupportedOption: .unsupportedOption
    case .repeatedOption: .repeatedOption
    case .missing: .missingArgument
    case .invalidNumber: .invalidNumber
    case .invalidPath: .invalidPath
    case .emptyField: .emptyField
    case .wildcardField: .wildcardField
    case .renameWildcards: .renameWildcards
    case .unknownFunction: .unknownFunction
    case .unsupportedFunction: .unsupportedFunction
    case .missingAggregate: .missingAggregate
    case .repeatedColumn: .repeatedColumn
    }
  }

  var sentence: String {
    switch self {
    case .unknownOption(let name, let command, _):
      "\(quoted(command)) has no option \(quoted(name))"
    case .unsupportedOption(let name, let command):
      "the option \(quoted(name)) of \(quoted(command)) is not run yet"
    case .repeatedOption(let name): "\(quoted(name)) is given twice"
    case .missing(let what, let command, _): "\(quoted(command)) has no \(what)"
    case .invalidNumber(let text, let option):
      "\(quoted(text)) is not a number that \(quoted(option)) can be"
    case .invalidPath(let path): "\(quoted(path)) is not a path into JSON"
    case .emptyField: "the name of a field is empty"
    case .wildcardField(let name): "\(quoted(name)) has a wildcard, expected the name of one field"
    case .renameWildcards(let from, let to):
      "\(quoted(from)) and \(quoted(to)) do not have the same number of '*'"
    case .unknownFunction(let name, _): "there is no function \(quoted(name))"
    case .unsupportedFunction(let name, _): "the function \(quoted(name)) is not run yet"
    case .missingAggregate: "'stats' has nothing to compute"
    case .repeatedColumn(let name): "two columns have the name \(quoted(name))"
    }
  }

  var help: String? {
    switch self {
    case .unknownOption(let name, _, let options):
      didYouMean(nearest(to: name, in: options)) ?? Self.list("its options", options)
    case .missing(_, _, let example): "write '\(example)'"
    case .invalidNumber: "write a whole number, 0 for no limit"
    case .invalidPath: "write 'a.b{}.c' for every element of b, 'a.b{0}.c' for the first"
    case .unknownFunction(let name, let functions):
      didYouMean(nearest(to: name, in: functions)) ?? Self.list("these run", functions)
    case .unsupportedFunction(_, let functions): Self.list("these run", functions)
    case .missingAggregate: "write 'stats count', or 'stats count by user'"
    case .repeatedColumn: "name one of them otherwise with 'as'"
    case .unsupportedOption, .repeatedOption, .emptyField, .wildcardField, .renameWildcards: nil
    }
  }

  private static func list(_ title: String, _ words: [String]) -> String {
    "\(title): \(words.joined(separator: ", "))"
  }
}
