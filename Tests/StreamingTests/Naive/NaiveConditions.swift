import Events
import Foundation
import SPL

/// Conditions of `search`, asked of one row.
enum NaiveConditions {
  static func holds(_ predicate: SPL.Predicate, _ row: NaiveSearch.Row) -> Bool {
    switch predicate {
    case .everything: true
    case .and(let parts): parts.allSatisfy { holds($0, row) }
    case .or(let parts): parts.contains { holds($0, row) }
    case .not(let part): !holds(part, row)
    case .compare(let field, let comparison, let pattern):
      row[field].each.contains { compares($0, comparison, pattern) }
    case .compareCase(let field, let comparison, let pattern):
      row[field].each.contains {
        fits($0.text?.string ?? "", pattern, folding: false) == (comparison == .equal)
      }
    case .within(let field, let patterns):
      row[field].each.contains { value in patterns.contains { compares(value, .equal, $0) } }
    case .term(let pattern):
      fits(row["_raw"].text?.string ?? "", pattern, folding: true, anywhere: true)
    case .termCase(let pattern):
      fits(row["_raw"].text?.string ?? "", pattern, folding: false, anywhere: true)
    case .wholeTerm(let pattern):
      (row["_raw"].text?.string ?? "").components(
        separatedBy: CharacterSet(charactersIn: " \t\r\n[]<>(){}|!;,'\"&?+")
      ).contains { !$0.isEmpty && fits($0, pattern, folding: true) }
    case .subsearch: preconditionFailure("filled in before")
    }
  }

  private static func compares(_ value: Value, _ comparison: Comparison, _ pattern: Pattern) -> Bool
  {
    guard let text = value.text else { return false }
    let written = pattern.runs.joined(separator: "*")
    let number = pattern.hasWildcard ? nil : Value.string(written).number
    let areExact = written.utf8.count <= 18 && text.string.utf8.count <= 18
    let isEqual =
      fits(text.string, pattern, folding: true)
      || (areExact && number != nil && value.number == number)
    switch comparison {
    case .equal: return isEqual
    case .notEqual: return !isEqual
    default: break
    }
    if let one = value.number, let two = number {
      return NaiveExpressions.holds(one < two, one > two, comparison)
    }
    let (one, two) = (text.foldingASCIICase, Text(written).foldingASCIICase)
    return NaiveExpressions.holds(one < two, one > two, comparison)
  }

  /// Whether the text is the pattern, or has it somewhere.
  static func fits(
    _ text: String, _ pattern: Pattern, folding: Bool, anywhere: Bool = false
  ) -> Bool {
    func folded(_ text: String) -> String {
      folding ? Text(text).foldingASCIICase.string : text
    }
    let runs = pattern.runs.map { NSRegularExpression.escapedPattern(for: folded($0)) }
    let middle = runs.joined(separator: ".*")
    return matches(
      folded(text), anywhere ? middle : "\\A(?:\(middle))\\z", [.dotMatchesLineSeparators])
  }

  static func matches(
    _ text: String, _ pattern: String, _ options: NSRegularExpression.Options = []
  ) -> Bool {
    found(text, pattern, options).first != nil
  }

  static func found(
    _ text: String, _ pattern: String, _ options: NSRegularExpression.Options = []
  ) -> [NSTextCheckingResult] {
    let pattern = pattern.replacingOccurrences(of: "(?P<", with: "(?<")
    guard let regex = try? NSRegularExpression(pattern: pattern, options: options) else {
      preconditionFailure("a regular expression that both kinds take: \(pattern)")
    }
    return regex.matches(in: text, range: NSRange(location: 0, length: text.utf16.count))
  }

  /// The text of a group of a match; nil where the group took no part.
  static func group(_ index: Int, of match: NSTextCheckingResult, in text: String) -> String? {
    guard index < match.numberOfRanges, match.range(at: index).location != NSNotFound else {
      return nil
    }
    return (text as NSString).substring(with: match.range(at: index))
  }
}
