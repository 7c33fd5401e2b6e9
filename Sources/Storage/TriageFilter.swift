internal import Findings

/// Terms about the triage of a row's finding, as SQL over `rows r`.
///
/// Most findings are untouched and not in the table: a pattern that their defaults match is put
/// as what is not among the others.
enum TriageFilter {
  /// The condition that the field has a value like the argument of that name.
  static func condition(_ field: FilterField, _ bound: String) -> String {
    let like = "LIKE \(bound) ESCAPE '\\'"
    return switch field {
    case .owner: "(r.finding_pk IN (SELECT finding FROM triage WHERE owner \(like)))"
    case .urgency:
      """
      (r.finding_pk IN (SELECT finding FROM triage WHERE urgency \(like))
        OR (\(bySeverity) \(like)
          AND r.finding_pk NOT IN (SELECT finding FROM triage WHERE urgency IS NOT NULL)))
      """
    case .status: orDefault("status", TriageStatus.new.rawValue, like)
    default: orDefault("disposition", Disposition.undetermined.rawValue, like)
    }
  }

  private static func orDefault(_ column: String, _ word: String, _ like: String) -> String {
    """
    (CASE WHEN '\(word)' \(like)
      THEN r.finding_pk NOT IN (SELECT finding FROM triage WHERE NOT (\(column) \(like)))
      ELSE r.finding_pk IN (SELECT finding FROM triage WHERE \(column) \(like)) END)
    """
  }

  private static let bySeverity: String = {
    let cases = ["critical", "high", "medium", "low"].map { word in
      "WHEN \(SeverityRank.of(word)) THEN '\(Urgency(severity: word).rawValue)'"
    }
    let rest = Urgency(severity: nil).rawValue
    return "(CASE r.severity_rank \(cases.joined(separator: " ")) ELSE '\(rest)' END)"
  }()
}
