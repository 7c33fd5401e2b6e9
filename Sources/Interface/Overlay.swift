/// What lies over the view and takes the keys.
package enum Overlay: Equatable, Sendable {
  /// The filter line; `before` is what Esc goes back to.
  case filter(text: String, before: FilterTerms)
  /// The search line of a long text.
  case search(text: String)
  case help(query: String, cursor: Int)
  case sort(cursor: Int)
  case time(cursor: Int, typed: String)
}
