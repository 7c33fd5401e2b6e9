package import Streaming

/// Why a batch could not be applied, apart from what the ledger itself throws.
package enum EngineProblem: Error, Equatable, Sendable {
  /// Group state in the store cannot be read: damaged, or of another version. The batch can be
  /// applied by an engine that uses the other rules.
  case groupState(rule: String, StreamingProblem)

  /// A lookup table that a rule has written cannot be read.
  case lookupTable(String, StreamingProblem)
  /// What is kept of a rule's counters cannot be read.
  case account(StreamingProblem)

  package var sentence: String {
    switch self {
    case .groupState(let rule, let problem):
      "what the state holds of rule '\(rule)' cannot be read: \(problem.sentence)"
    case .lookupTable(let name, let problem):
      "what rules have written to the lookup table '\(name)' cannot be read: \(problem.sentence)"
    case .account(let problem): "a rule's counters cannot be read: \(problem.sentence)"
    }
  }
}
