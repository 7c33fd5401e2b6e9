package import JSON

/// Why a line of a job's output is no row.
package enum OutputLineProblem: Error, Equatable, Sendable {
  case notJSON(JSONProblem)
  case notARow(found: JSONKind)
  case otherFormat(Int)
  case field(String, expected: String)

  /// For the list of dead letters.
  package var sentence: String {
    switch self {
    case .notJSON(let problem): "this line of a row file is not JSON: \(problem.sentence)"
    case .notARow(.object):
      "found an object without 'watchfloor_row' in a row file, expected a row"
    case .notARow: "found no object in a row file, expected a row"
    case .otherFormat(let version):
      "found format \(version) of a row, expected 1: a newer watchfloor compiled the job"
    case .field(let key, let expected):
      "'\(key)' of the row is not what it should be: expected \(expected)"
    }
  }
}
