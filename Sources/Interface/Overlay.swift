/// What lies over the view and takes the keys.
package enum Overlay: Equatable, Sendable {
  /// The filter line; what it says is in force as soon as it is typed.
  case filter(text: String)
  /// The search line of a long text.
  case search(text: String)
  /// A line of a drilldown's table in full, from that row of it on.
  case line(top: Int)
  case help(query: String, cursor: Int)
  case sort(cursor: Int)
  case time(cursor: Int, typed: String)
  case triage(TriageForm)
  case palette(Palette)
  case export(cursor: Int)
  case suppress(SuppressForm)
  /// The theme under the cursor is in force; Esc goes back to the former one.
  case themes(cursor: Int, former: String)
  case copy(cursor: Int)
}
