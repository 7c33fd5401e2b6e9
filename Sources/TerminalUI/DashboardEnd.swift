import Glibc

/// How a dashboard came to its end.
package nonisolated enum DashboardEnd: Equatable, Sendable {
  /// The user is done.
  case quit
  /// SIGTERM, SIGHUP or SIGINT, by its number.
  case signal(CInt)
  /// The terminal is gone.
  case hangUp
  /// The terminal takes nothing any more.
  case stuck

  /// What the process should end with: 0, or 128 and the number of a signal as a shell has it.
  ///
  /// A terminal that is gone or takes nothing counts as one that has hung up.
  package var exitCode: CInt {
    switch self {
    case .quit: 0
    case .signal(let number): 128 + number
    case .hangUp, .stuck: 128 + SIGHUP
    }
  }
}
