import Events
import Findings

/// A filter evaluated on one row, character by character.
enum NaiveFilter {
  static func matches(_ filter: Filter, _ row: ResultRow) -> Bool {
    switch filter {
    case .everything: true
    case .and(let parts): parts.allSatisfy { matches($0, row) }
    case .or(let parts): parts.contains { matches($0, row) }
    case .not(let part): !matches(part, row)
    case .matches(let field, let pattern): text(field, row).map { like($0, pattern) } ?? false
    case .compares(let field, let comparison, let number):
      text(field, row).flatMap { Number(Text($0)) }.map { compare($0.double, comparison, number) }
        ?? false
    case .contains(let part):
      FilterField.ofRows.contains { field in
        !untyped.contains(field) && (text(field, row).map { like($0, "*\(part)*") } ?? false)
      }
    }
  }

  /// Fields that a bare word is not looked for in.
  static let untyped: Set<FilterField> = [.count, .status, .owner, .urgency, .disposition]

  static func text(_ field: FilterField, _ row: ResultRow) -> String? {
    switch field {
    case .rule: row.rule
    case .count: String(row.count)
    case .status: "New"
    case .disposition: "Undetermined"
    case .owner: nil
    case .urgency: urgency(row.roles[.severity])
    case .description: row.sample["description"]?.text?.string
    default: PaneRole(rawValue: field.rawValue).flatMap { row.roles[$0] }
    }
  }

  private static func urgency(_ severity: String?) -> String {
    let word = severity?.lowercased() ?? ""
    return ["critical", "high", "medium", "low"].contains(word) ? word : "informational"
  }

  static func like(_ text: String, _ pattern: String) -> Bool {
    match(
      Array(Text(text).foldingASCIICase.string.unicodeScalars)[...],
      Array(Text(pattern).foldingASCIICase.string.unicodeScalars)[...])
  }

  private static func match(
    _ text: ArraySlice<Unicode.Scalar>, _ pattern: ArraySlice<Unicode.Scalar>
  ) -> Bool {
    guard let next = pattern.first else { return text.isEmpty }
    if next == "*" {
      return match(text, pattern.dropFirst())
        || (!text.isEmpty && match(text.dropFirst(), pattern))
    }
    return text.first == next && match(text.dropFirst(), pattern.dropFirst())
  }

  private static func compare(
    _ left: Double, _ comparison: FilterComparison, _ right: Double
  ) -> Bool {
    switch comparison {
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }
}
