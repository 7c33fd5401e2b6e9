/// Why group state cannot be read.
package enum StreamingProblem: Error, Equatable, Sendable {
  /// Written by another version of watchfloor.
  case unknownVersion(UInt8)
  /// The bytes end early or hold what no state holds.
  case damaged
  /// The state is that of another plan.
  case otherPlan

  /// The problem in words.
  package var sentence: String {
    switch self {
    case .unknownVersion(let version):
      "group state has format \(version), not \(GroupState.formatVersion)"
    case .damaged: "group state is damaged"
    case .otherPlan: "group state belongs to another search"
    }
  }
}
