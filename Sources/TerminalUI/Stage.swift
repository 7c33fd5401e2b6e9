import CTerminal
package import Interface
package import Workers

/// The terminal, taken from the shell: contents are shown on it one after the other, then it is
/// given back as it was.
///
/// The thread that makes it is the one that has the screen: it waits in `poll` alone.
package final class Stage {
  private let screen: CursesScreen
  private let bell: CInt
  private let patience: UInt32
  private var isTaken = true

  /// Whether only ASCII should be drawn.
  package var isASCII: Bool { screen.profile.isASCII }

  /// - Parameters:
  ///   - profile: what the terminal can do.
  ///   - mouse: whether the mouse is listened to; the terminal's own selection then needs a key
  ///     beside.
  ///   - patience: seconds that a terminal may take nothing before the program ends.
  /// - Throws: why there can be no screen.
  package init(
    _ profile: TerminalProfile, mouse: Bool = false, patience: UInt32 = 300
  ) throws(TerminalProblem) {
    self.patience = patience
    // Before curses, which would put handlers of its own in these places.
    bell = ct_listen()
    guard bell >= 0 else { throw .noResources }
    ct_remember_terminal()
    ct_catch_crashes()
    screen = try CursesScreen(profile, patience: patience, mouse: mouse)
    _ = ct_hold_errors()
  }

  /// Sends standard error to a file, and what was said since the terminal was taken along.
  ///
  /// It is open for reading and writing: its end is printed after the screen is gone.
  package func divertErrors(to log: CInt) { _ = ct_redirect_errors(log) }

  /// Shows a content until its end.
  ///
  /// Effects that concern the terminal are done here, `perform` gets the others and must not wait
  /// for anything.
  package func show(
    _ content: some DashboardContent, options: DashboardOptions, mailbox: Mailbox<Message>,
    perform: @escaping (Effect) -> Void
  ) -> DashboardEnd {
    Dashboard(
      content, screen: screen, bell: bell, patience: patience, options: options, mailbox: mailbox,
      perform: perform
    ).run()
  }

  /// Gives the terminal back; once more does nothing.
  package func close() {
    guard isTaken else { return }
    isTaken = false
    screen.close()
    ct_stand_down()
    ct_restore_errors()
  }
}
