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
