/// What is wrong with a command as a whole or its place.
enum StageProblem: Problem, Equatable {
  case emptySearch
  case emptyStage
  case unknownCommand(String, suggestion: String?)
  /// And what does the same, where something does.
  case unsupportedCommand(String, instead: String?)
  /// A command that is left out for a reason of its own.
  case refusedCommand(String, reason: String)
  case notGenerating(String)
  case misplacedGenerating(String)
  case unknownDataset(String)
  case filterPipe
  case filterMacro
  case filterTime(String)
  case filterSubsearch

  var code: ProblemCode {
    switch self {
    case .emptySearch: .emptySearch
    case .emptyStage: .emptyStage
    case .unknownCommand: .unknownCommand
    case .unsupportedCommand: .unsupportedCommand
    case .notGenerating: .notGenerating
    case .misplacedGenerating: .misplacedGenerating
    case .unknownDataset: .unknownDataset
    case .filterPipe: .filterPipe
    case .filterMacro: .filterMacro
    case .filterTime: .filterTime
    case .filterSubsearch: .filterSubsearch
    case .refusedCommand: .refusedCommand
    }
  }

  var sentence: String {
    switch self {
    case .emptySearch: "the search is empty"
    case .emptyStage: "there is no command after this pipe"
    case .unknownCommand(let name, _): "there is no command \(quoted(name))"
    case .unsupportedCommand(let name, _): "the command \(quoted(name)) is not run yet"
    case .refusedCommand(let name, let reason): "the command \(quoted(name)) is refused: \(reason)"
    case .notGenerating(let name):
      "the search begins with \(quoted(name)), which needs rows to work on"
    case .misplacedGenerating(let name):
      "\(quoted(name)) brings rows of its own, so it can only begin a search"
    case .unknownDataset(let name):
      "\(quoted(name)) is not a known dataset, expected 'datamodel Risk.All_Risk'"
    case .filterPipe: "a filter takes search terms only, a pipe begins a command"
    case .filterMacro: "a filter takes search terms only, this is a macro"
    case .filterTime(let name):
      "a filter takes search terms only, \(quoted(name)) sets a time range"
    case .filterSubsearch: "a filter takes search terms only, this is a subsearch"
    }
  }

  var help: String? {
    switch self {
    case .emptySearch: "'*' finds everything"
    case .emptyStage: "take the pipe away, or write '| search *'"
    case .unknownCommand(_, let suggestion):
      didYouMean(suggestion) ?? "these run: \(CommandName.supported.joined(separator: ", "))"
    case .unsupportedCommand(_, let instead?): "write '\(instead)'"
    case .unsupportedCommand: "these run: \(CommandName.supported.joined(separator: ", "))"
    case .notGenerating: "put search terms before the first pipe, '*' for everything"
    case .misplacedGenerating(let name): "begin with '| \(name) ...'"
    case .unknownDataset: "write 'from datamodel Risk.All_Risk'"
    case .filterPipe: "quote a value that holds a pipe"
    case .filterSubsearch: "quote a value that begins with '['"
    case .refusedCommand(let name, _): CommandName.instead[name].map { "write '\($0)'" }
    case .filterMacro, .filterTime: nil
    }
  }
}
