package import Interface

/// What a dashboard is run with beside its content.
package struct DashboardOptions {
  /// The themes that the content can name.
  package var themes: [Theme] = Theme.builtIn
  /// Where standard error goes while the screen is up: a file open for reading and writing.
  ///
  /// The end of what it got is printed after the screen is gone.
  package var log: CInt?
  /// Gets a byte whenever the dashboard has shown everything and nothing is left to do: `k` where
  /// keys were answered since the last one, otherwise a dot.
  package var idle: CInt?
  /// Whether the rest of the program has nothing left to do either.
  package var isQuiet: () -> Bool = { true }
  /// Whether the mouse is listened to; the terminal's own selection then needs a key beside.
  package var mouse = false
  /// The message that says what the clock says; asked for at the start and every second.
  package var tick: () -> Message
  /// Seconds that a terminal may take nothing before the program ends.
  package var patience: UInt32 = 300

  package init(tick: @escaping () -> Message) { self.tick = tick }

  /// The theme of that name; the first one where there is none.
  func theme(named name: String) -> Theme {
    themes.first { $0.name == name } ?? themes.first ?? Theme.builtIn[0]
  }
}
