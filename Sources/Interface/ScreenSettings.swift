/// What the screen is started with and keeps.
package struct ScreenSettings: Equatable, Sendable {
  /// Only ASCII is drawn.
  package var isASCII: Bool
  /// Names of the themes that there are, in the order in which `T` goes through them.
  package var themes: [String]
  package var theme: String
  package var firstView: View
  /// Who triages.
  package var analyst: String
  /// How the terminal is to tell of an alert; by nothing, unless somebody asked for it.
  package var ring = Ring()
  /// The theme was asked for at this start: the last session's does not come back over it.
  package var isThemeGiven = false
  /// Whether the session is kept for the next start, and what the last one has left.
  package var keepsSession = false
  package var session: String?
  /// The theme to go back to.
  package var firstTheme: String?

  package init(
    isASCII: Bool = false, themes: [String] = [], theme: String = "", firstView: View = .overview,
    analyst: String = "analyst"
  ) {
    self.isASCII = isASCII
    self.themes = themes
    self.theme = theme
    self.firstView = firstView
    self.analyst = analyst
  }
}
