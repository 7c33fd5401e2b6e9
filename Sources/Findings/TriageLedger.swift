package import Events

/// The analyst's side of the store: what people say of findings, and their settings.
///
/// Each call is one transaction; a viewer's store refuses all of them.
package protocol TriageLedger: Sendable {
  /// Applies moves in their order.
  ///
  /// - Returns: the batch to undo them by; nil where nothing changed.
  func apply(_ moves: [TriageMove]) throws -> Int64?
  /// Gives every finding of a batch what that batch took from it, as a batch of its own.
  ///
  /// What was changed since in other fields stays. An undo can be undone.
  /// - Returns: the new batch; nil where everything is as it was before.
  func undo(batch: Int64, by: String, at: Timestamp) throws -> Int64?
  /// The newest batch of a person that is not itself an undo and has not been undone.
  func lastBatch(by: String) throws -> Int64?

  /// Starts hiding; answers its number.
  func suppress(_ suppression: Suppression) throws -> Int64
  /// Stops hiding.
  func lift(suppression number: Int64) throws

  /// Something that a user has set: a rule's switch, the last session.
  func setting(_ name: String) throws -> String?
  /// Nil forgets it.
  func set(_ name: String, to value: String?) throws
}
