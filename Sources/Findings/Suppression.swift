package import Events

/// Rows that an analyst does not want to see for a while, and why.
///
/// Lists and totals pass over what it hides; the risk that was raised stays.
package struct Suppression: Hashable, Sendable {
  /// Given by the store.
  package var number: Int64
  /// The rule that it is about; nil is every rule.
  package var rule: String?
  /// The term as typed, and what it was lowered to.
  package var term: String
  package var filter: Filter
  package var reason: String
  package var author: String
  /// By the wall clock.
  package var at: Timestamp
  /// Hides until then; nil until it is lifted.
  package var expires: Timestamp?

  package init(
    number: Int64 = 0, rule: String?, term: String, filter: Filter, reason: String,
    author: String, at: Timestamp, expires: Timestamp?
  ) {
    self.number = number
    self.rule = rule
    self.term = term
    self.filter = filter
    self.reason = reason
    self.author = author
    self.at = at
    self.expires = expires
  }
}

package struct SuppressionLine: Equatable, Sendable {
  package var suppression: Suppression
  /// Rows in range that it matches, also when another hides them too.
  package var hidden: Int
  /// Not yet expired at the end of the range.
  package var isActive: Bool

  package init(suppression: Suppression, hidden: Int, isActive: Bool) {
    self.suppression = suppression
    self.hidden = hidden
    self.isActive = isActive
  }
}
