package import Diagnostics

extension Search {
  /// The commands that compile and cannot be run, and why, in the order of the text; those of
  /// subsearches have the place of their own stage.
  ///
  /// A rule with one of these is loaded and shown as refused.
  package var refusals: [Diagnostic] { stages.flatMap(\.refusals) }
}

extension Stage {
  fileprivate var refusals: [Diagnostic] {
    let own = command.refusal.map { [$0.diagnostic(at: span)] } ?? []
    let copied = if case .appendPipe(let stages) = command { stages } else { [Stage]() }
    return own + copied.flatMap(\.refusals) + command.subsearches.flatMap(\.refusals)
  }
}

extension Command {
  fileprivate var refusal: RefusalProblem? {
    switch self {
    case .anomalyDetection:
      .undefinedResult(name, unclear: "how the probability of a row is computed")
    case .ipLocation: .unavailableData(name, needs: "a table of where addresses are")
    case .transaction(let transaction):
      transaction.unclear.map { .undefinedResult(name, unclear: $0) }
    default: nil
    }
  }
}

extension Transaction {
  /// What its documentation leaves open.
  fileprivate var unclear: String? {
    if startsWith != nil || endsWith != nil {
      "which transaction an event belongs to when several could begin or end with it"
    } else if fields.count > 1 {
      "how events without some of the fields are put together"
    } else if fields.isEmpty {
      "how events are put together without a field"
    } else {
      nil
    }
  }
}
