package import JSON

/// Why a part of some text gave no record; the other parts are not affected.
package enum UnwrapProblem: Error, Hashable, Sendable {
  /// The text is not JSON.
  case unreadable(JSONProblem)
  /// What a wrapper carries as text is not JSON; the wrapper is named by its key.
  case unreadableContent(key: String, JSONProblem)
  /// A wrapper whose content is no text.
  case noText(key: String, found: JSONKind)
  /// JSON, but neither a record nor anything that holds some.
  case noRecord(found: JSONKind)
  /// Wrappers in wrappers beyond any that exist.
  case wrappedTooOften(limit: Int)

  /// The problem in words, without any value of the text.
  package var sentence: String {
    switch self {
    case .unreadable(let problem): problem.sentence
    case .unreadableContent(let key, let problem):
      "the text in '\(key)' is not a record: \(problem.sentence)"
    case .noText(let key, let found):
      "found \(UnwrapProblem.spelled(found)) in '\(key)', expected a string that holds a record"
    case .noRecord(let found):
      "found \(UnwrapProblem.spelled(found)) without 'eventName' and 'eventSource', "
        + "expected a CloudTrail record or an envelope of some"
    case .wrappedTooOften(let limit):
      "found a record wrapped more than \(limit) times"
    }
  }

  private static func spelled(_ kind: JSONKind) -> String {
    switch kind {
    case .object: "an object"
    case .array: "an array"
    case .string: "a string"
    case .number: "a number"
    case .true, .false: "a truth value"
    case .null: "null"
    }
  }
}
