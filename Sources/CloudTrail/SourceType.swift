package import Events

/// What kind of record a text is, as the field `sourcetype` says it.
///
/// Only CloudTrail's own records are `aws:cloudtrail`: the `cloudtrail` macro takes no others.
package enum SourceType: String, Sendable, CaseIterable {
  case cloudTrail = "aws:cloudtrail"
  /// EventBridge events of ECR: `ECR Image Scan`, `ECR Image Action` and their like.
  case ecrEvent = "aws:eventbridge:ecr"
  /// EventBridge events of Inspector: `Inspector2 Finding`, `Inspector2 Scan`.
  case inspectorEvent = "aws:eventbridge:inspector2"
  /// Any other EventBridge event that carries no CloudTrail record.
  case otherEvent = "aws:eventbridge"
  /// What `aws ecr describe-image-scan-findings` prints.
  case scanFindings = "aws:ecr:describe-image-scan-findings"
  /// What we ourselves say of a log file that its digests do not vouch for; never read from a file.
  case logIntegrity = "watchfloor:integrity"

  package var text: Text { Text(rawValue) }
}
