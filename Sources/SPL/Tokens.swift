/// What `$name$` means in the text of a search.
///
/// A value becomes a literal of the checked tree. It is never read as SPL, so a user name with
/// `"`, `|` or `*` neither injects nor widens.
package enum Tokens: Equatable, Sendable {
  /// The text has no tokens: `$` is a character like others.
  case none
  /// A drilldown's values, by name; a token that has none is a problem. `$$` is a `$`.
  case values([String: String])
  /// Any token stands for a text, to check a drilldown before there is a row.
  case placeholders
}
