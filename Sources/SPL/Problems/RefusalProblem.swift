/// Why a command of a search that compiles cannot be run.
enum RefusalProblem: Problem, Equatable {
  /// No documentation says what its rows are.
  case undefinedResult(String, unclear: String)
  case unavailableData(String, needs: String)

  var code: ProblemCode {
    switch self {
    case .undefinedResult: .undefinedResult
    case .unavailableData: .unavailableData
    }
  }

  var sentence: String {
    switch self {
    case .undefinedResult(let command, let unclear):
      "\(quoted(command)) cannot be run: nothing documents \(unclear)"
    case .unavailableData(let command, let needs):
      "\(quoted(command)) cannot be run: it needs \(needs)"
    }
  }

  var help: String? {
    switch self {
    case .undefinedResult("transaction", _):
      "write 'stats min(_time) as start max(_time) as end values(eventName) by user'"
    case .undefinedResult:
      "write 'eventstats avg(count) as mean stdev(count) as dev | where count > mean + 3 * dev'"
    case .unavailableData: "write 'lookup places.csv ip as src_ip' with a table of your own"
    }
  }
}
