import Diagnostics

/// What is wrong with the arguments of a command.
enum ArgumentProblem: Problem, Equatable {
  case unknownOption(String, command: String, options: [String])
  case unsupportedOption(String, command: String)
  case repeatedOption(String)
  case missing(String, command: String, example: String)
  case invalidNumber(String, option: String)
  /// Not one of a few words.
  case invalidChoice(String, option: String, choices: [String])
  case invalidSpan(String)
  case invalidSed(String)
  case invalidPath(String)
  case emptyField
  case wildcardField(String)
  case renameWildcards(from: String, to: String)
  case unknownFunction(String, functions: [String])
  case unsupportedFunction(String, functions: [String])
  case missingAggregate(String)
  case repeatedColumn(String)
  case invalidTable(String)
  /// `rex` without a named group.
  case noGroups

  var code: ProblemCode {
    switch self {
    case .unknownOption: .unknownOption
    case .unsupportedOption: .unsupportedOption
    case .repeatedOption: .repeatedOption
    case .missing: .missingArgument
    case .invalidNumber: .invalidNumber
    case .invalidChoice: .invalidChoice
    case .invalidSpan: .invalidSpan
    case .invalidSed: .invalidSed
    case .invalidPath: .invalidPath
    case .emptyField: .emptyField
    case .wildcardField: .wildcardField
    case .renameWildcards: .renameWildcards
    case .unknownFunction: .unknownFunction
    case .unsupportedFunction: .unsupportedFunction
    case .missingAggregate: .missingAggregate
    case .repeatedColumn: .repeatedColumn
    case .invalidTable: .invalidTable
    case .noGroups: .noGroups
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
    case .invalidChoice(let text, let option, _):
      "\(quoted(text)) is not something that \(quoted(option)) can be"
    case .invalidSpan(let text): "\(quoted(text)) is not a span"
    case .invalidSed(let text): "\(quoted(text)) is not a replacement"
    case .invalidPath(let path): "\(quoted(path)) is not a path into JSON"
    case .emptyField: "the name of a field is empty"
    case .wildcardField(let name): "\(quoted(name)) has a wildcard, expected the name of one field"
    case .renameWildcards(let from, let to):
      "\(quoted(from)) and \(quoted(to)) do not have the same number of '*'"
    case .unknownFunction(let name, _): "there is no function \(quoted(name))"
    case .unsupportedFunction(let name, _): "the function \(quoted(name)) is not run yet"
    case .missingAggregate(let command): "\(quoted(command)) has nothing to compute"
    case .repeatedColumn(let name): "two columns have the name \(quoted(name))"
    case .invalidTable(let name): "\(quoted(name)) is not the name of a table"
    case .noGroups: "this regular expression has no named group, so it makes no field"
    }
  }

  var help: String? {
    switch self {
    case .unknownOption(let name, _, let options):
      didYouMean(nearest(to: name, in: options)) ?? Self.list("its options", options)
    case .missing(_, _, let example): "write '\(example)'"
    case .invalidNumber: "write a whole number, 0 for no limit"
    case .invalidChoice(let text, _, let choices):
      didYouMean(nearest(to: text, in: choices)) ?? Self.list("it can be", choices)
    case .invalidSpan: "write 'span=5m' for time, 'span=10' for numbers"
    case .invalidSed: "write 's/regex/replacement/g' or 'y/abc/xyz/'"
    case .invalidPath: "write 'a.b{}.c' for every element of b, 'a.b{0}.c' for the first"
    case .unknownFunction(let name, let functions):
      didYouMean(nearest(to: name, in: functions)) ?? Self.list("these run", functions)
    case .unsupportedFunction(_, []): nil
    case .unsupportedFunction(_, let functions): Self.list("these run", functions)
    case .missingAggregate("tstats"): "write 'tstats count from datamodel=Risk.All_Risk'"
    case .missingAggregate(let command):
      "write '\(command) count', or '\(command) count by user'"
    case .repeatedColumn: "name one of them otherwise with 'as'"
    case .noGroups: "write '(?<name>...)'; 'regex' only keeps or drops rows"
    case .invalidTable: "write 'users.csv' or a name that 'outputlookup' writes"
    case .unsupportedOption, .repeatedOption, .emptyField, .wildcardField, .renameWildcards: nil
    }
  }

  private static func list(_ title: String, _ words: [String]) -> String {
    "\(title): \(words.joined(separator: ", "))"
  }
}
