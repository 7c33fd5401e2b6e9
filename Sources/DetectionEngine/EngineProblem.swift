package import Streaming

/// Why a batch could not be applied, apart from what the ledger itself throws.
package enum EngineProblem: Error, Equatable, Sendable {
  /// Group state in the store cannot be read: damaged, or of another version. The batch can be
  /// applied by an engine that uses the other rules.
  case groupState(rule: String, StreamingProblem)

  package var sentence: String {
    switch self {
    case .groupState(let rule, let problem):
      "what the state holds of rule '\(rule)' cannot be read: \(problem.sentence)"
    }
  }
}
