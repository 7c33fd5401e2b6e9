import Events
import Findings
import Foundation
import Interface

/// A suppression as a line of JSON, to be read again by `state import-triage`.
struct SuppressionText: Codable {
  /// What it hides, in search syntax.
  var suppress: String
  /// Nil is every rule.
  var rule: String?
  var reason: String
  var author: String
  /// Seconds since 1970, by the wall clock.
  var at: Int64
  var expires: Int64?

  init(_ suppression: Suppression) {
    suppress = suppression.term
    rule = suppression.rule
    reason = suppression.reason
    author = suppression.author
    at = suppression.at.seconds
    expires = suppression.expires?.seconds
  }

  /// The suppression in a line; nil where it is a line of another kind.
  static func read(_ line: Data) -> SuppressionText? {
    // What does not decode is a finding's line, which says itself what is wrong with it.
    try? JSONDecoder().decode(SuppressionText.self, from: line)
  }

  /// - Throws: `Failure` for a term that cannot be read.
  func suppression() throws -> Suppression {
    let terms = FilterTerms(suppress)
    guard !terms.isEmpty, terms.problem == nil else {
      throw Failure("found '\(suppress)' to suppress: \(terms.problem ?? "it is empty")")
    }
    return Suppression(
      rule: rule, term: suppress, filter: terms.filter, reason: reason, author: author,
      at: Timestamp(seconds: at), expires: expires.map { Timestamp(seconds: $0) })
  }
}

extension Suppression {
  /// Whether it is that one, whatever number its store gave it.
  func isSame(as other: Suppression) -> Bool {
    rule == other.rule && term == other.term && at == other.at
  }
}
