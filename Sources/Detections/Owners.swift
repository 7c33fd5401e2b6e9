/// Whose repositories are, and how long their findings may stay open: `owners.csv`.
///
/// ```
/// repository,owner,environment,sla_days_high,sla_days_critical
/// payments/*,team-payments,production,14,3
/// *,platform,,,
/// ```
package struct Owners: Equatable, Sendable {
  /// What one line says.
  package struct Line: Equatable, Sendable {
    package var owner: String
    package var environment: String
    /// Days until a finding of that severity should be gone, where the line says so.
    package var highDays: Int?
    package var criticalDays: Int?
  }

  static let columns = [
    "repository", "owner", "environment", "sla_days_high", "sla_days_critical",
  ]

  private var lines: [(pattern: WildcardText, line: Line)] = []

  init() {}

  init(_ table: CSVTable) {
    for record in table.records {
      guard let repository = record["repository"], !repository.isEmpty else { continue }
      lines.append(
        (
          WildcardText(repository),
          Line(
            owner: record["owner"] ?? "", environment: record["environment"] ?? "",
            highDays: record["sla_days_high"].flatMap { Int($0) },
            criticalDays: record["sla_days_critical"].flatMap { Int($0) })
        ))
    }
  }

  /// The first line whose repository fits; nil where none does.
  package func line(of repository: String) -> Line? {
    lines.first { $0.pattern.matches(repository) }?.line
  }

  /// Days until a finding should be gone: 7 for CRITICAL and 30 for HIGH unless the repository's
  /// line says otherwise; nil for other severities.
  package func days(of severity: String, in repository: String) -> Int? {
    switch severity.lowercased() {
    case "critical": line(of: repository)?.criticalDays ?? 7
    case "high": line(of: repository)?.highDays ?? 30
    default: nil
    }
  }

  package static func == (left: Owners, right: Owners) -> Bool {
    left.lines.elementsEqual(right.lines) { $0.pattern == $1.pattern && $0.line == $1.line }
  }
}
