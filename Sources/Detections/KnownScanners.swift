/// Users that look at scan results because that is their work: `known_scanners.csv`.
///
/// ```
/// user,note
/// ci-*,builds look at what they have pushed
/// ```
package struct KnownScanners: Equatable, Sendable {
  static let columns = ["user", "note"]

  private var lines: [Line] = []

  private struct Line: Equatable, Sendable {
    var user: WildcardText
    var note: String
  }

  init() {}

  init(_ table: CSVTable) {
    lines = table.records.compactMap { record in
      guard let user = record["user"], !user.isEmpty else { return nil }
      return Line(user: WildcardText(user), note: record["note"] ?? "")
    }
  }

  /// What is said of a user who is known; nil for one who is not.
  package func note(on user: String) -> String? {
    lines.first { $0.user.matches(user) }?.note
  }
}
