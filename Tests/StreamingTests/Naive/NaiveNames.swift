import Events
import Foundation
import SPL

/// Names of fields with stars.
enum NaiveNames {
  /// Whether one of the patterns takes the name; one that begins with a star takes no `_time`.
  static func isTaken(_ name: String, by patterns: [Pattern]) -> Bool {
    patterns.contains { pattern in
      if pattern.hasWildcard, pattern.runs[0].isEmpty, name.hasPrefix("_") { return false }
      return NaiveConditions.fits(name, pattern, folding: false)
    }
  }

  /// What becomes of a name that fits the pattern: each star gets what its fellow stood for.
  static func renamed(_ name: String, _ from: String, _ to: String) -> String? {
    if from.hasPrefix("*"), name.hasPrefix("_") { return nil }
    let regex = from.components(separatedBy: "*").map(NSRegularExpression.escapedPattern)
      .joined(separator: "(.*?)")
    guard let match = NaiveConditions.found(name, "\\A\(regex)\\z").first else { return nil }
    var parts = to.components(separatedBy: "*")
    var result = parts.removeFirst()
    for (index, part) in parts.enumerated() {
      result += (NaiveConditions.group(index + 1, of: match, in: name) ?? "") + part
    }
    return result
  }

  /// The named groups of a regular expression with their numbers.
  static func groups(of pattern: String) -> [(name: String, index: Int)] {
    let opening = #"\\.|\((?!\?)|\(\?P?<([A-Za-z_]\w*)>"#
    var index = 0
    var groups: [(String, Int)] = []
    for match in NaiveConditions.found(pattern, opening) {
      if NaiveConditions.group(0, of: match, in: pattern)?.hasPrefix("\\") == true { continue }
      index += 1
      if let name = NaiveConditions.group(1, of: match, in: pattern) {
        groups.append((name, index))
      }
    }
    return groups
  }
}

/// A value as `sort` ranks it; nil for none.
struct NaiveRank {
  private enum Kind: Int { case number, address, text }

  private let kind: Kind
  private let number: Number
  private let text: Text

  init?(_ value: Value?, _ sort: SortKey.Kind) {
    guard let value, let text = value.text else { return nil }
    // Bytes of an address as characters, which stand in the same order.
    let address = NaiveExpressions.address(text.string).map { bytes in
      Text(bytes.map { String(Unicode.Scalar($0)) }.joined())
    }
    let number = value.number
    let takes = (
      number: sort == .number || sort == .automatic, address: sort == .address || sort == .automatic
    )
    if takes.number, let number {
      (kind, self.number, self.text) = (.number, number, text)
    } else if takes.address, let address {
      (kind, self.number, self.text) = (.address, .whole(0), address)
    } else {
      guard sort == .text || sort == .automatic else { return nil }
      (kind, self.number, self.text) = (.text, .whole(0), text)
    }
  }

  static func < (left: NaiveRank, right: NaiveRank) -> Bool {
    if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
    return left.kind == .number ? left.number < right.number : left.text < right.text
  }
}
