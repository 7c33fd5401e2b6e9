import Diagnostics
import Documents
import SPL

/// A term that a rule's filter macro gets for a while: rows that somebody does not want to see.
///
/// ```yaml
/// - suppress: aws_ecr_container_scanning_findings_high_filter
///   search: finding_name=CVE-2026-21001 repository=payments/api
///   rule: AWS ECR Container Scanning Findings High
///   term: finding=CVE-2026-21001 repository=payments/api
///   reason: the vendor says no
///   author: carol
///   at: 2026-03-04T14:02:31
///   expires: 2026-04-03T14:02:31
/// ```
package struct MacroSuppression: Equatable, Sendable {
  /// The macro that gets it.
  package var macro: String
  /// What is hidden, by the columns that the macro meets.
  package var search: String
  package var rule: String
  /// The same as the dashboard has it, by roles.
  package var term: String
  package var reason: String
  package var author: String
  /// UTC, as `2026-03-04T14:02:31`; nil lasts until it is taken out.
  package var at: String
  package var expires: String?

  package init(
    macro: String, search: String, rule: String, term: String, reason: String, author: String,
    at: String, expires: String?
  ) {
    self.macro = macro
    self.search = search
    self.rule = rule
    self.term = term
    self.reason = reason
    self.author = author
    self.at = at
    self.expires = expires
  }

  init?(_ fields: DocumentFields) {
    fields.warn(
      ofKeysNotIn: ["suppress", "search", "rule", "term", "reason", "author", "at", "expires"])
    guard let macro = fields.requiredText("suppress"), let search = fields.requiredText("search")
    else { return nil }
    self.init(
      macro: macro, search: search, rule: fields.text("rule") ?? "",
      term: fields.text("term") ?? "", reason: fields.text("reason") ?? "",
      author: fields.text("author") ?? "", at: fields.text("at") ?? "",
      expires: fields.text("expires"))
  }

  /// Whether it still hides at a time, written as `expires` is.
  package func isActive(at now: String) -> Bool {
    expires.map { now.utf8.lexicographicallyPrecedes($0.utf8) } ?? true
  }

  /// As it stands in `macros.yml`.
  package var yaml: String {
    let known: [(String, String?)] = [
      ("search", search), ("rule", rule), ("term", term), ("reason", reason),
      ("author", author), ("at", at), ("expires", expires),
    ]
    let fields = known.compactMap { key, value in
      value.map { "  \(key): \(Self.quoted($0))\n" }
    }
    return "- suppress: \(Self.quoted(macro))\n" + fields.joined()
  }

  /// A scalar in double quotes, whatever is in it.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\" + String(scalar)
      case "\u{20}"..."\u{7E}", "\u{A1}"..."\u{D7FF}": quoted.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }
    }
    return quoted + "\""
  }
}

/// The part of a `macros.yml` that suppressions stand in: what is before it is the user's, and is
/// never touched.
package enum SuppressionBlock {
  static let mark = "# Suppressions, kept by watchfloor: Z in the dashboard lists and lifts them."

  /// The text with these suppressions in place of those that it has.
  package static func replaced(in text: String, by suppressions: [MacroSuppression]) -> String {
    let own = text.firstRange(of: mark).map { String(text[..<$0.lowerBound]) } ?? text
    guard !suppressions.isEmpty else { return own }
    let gap = own.isEmpty || own.utf8.last == UInt8(ascii: "\n") ? "" : "\n"
    return own + gap + mark + "\n" + suppressions.map(\.yaml).joined()
  }
}
