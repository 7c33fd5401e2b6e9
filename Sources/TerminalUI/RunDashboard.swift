import CTerminal
package import Interface
package import Workers

/// Takes the terminal and shows the content until the end; then the terminal is as it was before.
///
/// The thread that calls it is the one that has the screen: it waits in `poll` alone. Effects that
/// concern the terminal are done here, `perform` gets the others and must not wait for anything.
package func runDashboard(
  _ content: some DashboardContent, on profile: TerminalProfile, options: DashboardOptions,
  mailbox: Mailbox<Message>, perform: @escaping (Effect) -> Void
) throws(TerminalProblem) -> DashboardEnd {
  // Before curses, which would put handlers of its own in these places.
  let bell = ct_listen()
  guard bell >= 0 else { throw .noResources }
  ct_remember_terminal()
  ct_catch_crashes()
  let theme = options.theme(named: content.theme)
  let screen = try CursesScreen(
    profile, theme: theme, patience: options.patience, mouse: options.mouse)
  if let log = options.log { _ = ct_redirect_errors(log) }
  defer {
    screen.close()
    ct_stand_down()
    ct_restore_errors()
  }
  let dashboard = Dashboard(
    content, screen: screen, bell: bell, options: options, mailbox: mailbox, perform: perform)
  return dashboard.run()
}
