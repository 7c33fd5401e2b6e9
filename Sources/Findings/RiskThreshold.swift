/// The risk score of 24 hours at which an incident rule raises a user.
package enum RiskThreshold {
  /// A score above it is too much: Enterprise Security's own bound.
  package static let score = 100
}
