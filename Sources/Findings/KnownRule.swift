/// Names of rules in the pack whose findings are told apart from those of scans.
package enum KnownRule {
  /// Its findings are log files that cannot be trusted.
  package static let integrity = "CloudTrail Log File Integrity"
  /// Its rows are scans that nobody can see into.
  package static let blindSpot = "AWS ECR Blind Spot"
}
