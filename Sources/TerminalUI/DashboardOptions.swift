package import Interface

/// What a dashboard is run with beside its content.
package struct DashboardOptions {
  /// The themes that the content can name; without any it has the terminal's own colours.
  package var themes: [Theme]
  /// Gets a byte whenever the dashboard has shown everything and nothing is left to do: `k` where
  /// keys were answered since the last one, otherwise a dot.
  package var idle: CInt?
  /// Whether the rest of the program has nothing left to do either.
  package var isQuiet: () -> Bool = { true }
  /// The message that says what the clock says; asked for at the start and every second.
  package var tick: () -> Message

  package init(themes: [Theme], tick: @escaping () -> Message) {
    self.themes = themes
    self.tick = tick
  }

  /// The theme of that name; the first one where there is none.
  func theme(named name: String) -> Theme? { themes.first { $0.name == name } ?? themes.first }
}
