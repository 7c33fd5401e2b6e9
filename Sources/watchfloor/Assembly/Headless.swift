import Events
import Glibc
import Storage
import Workers

/// Follows and stores without a screen, until SIGTERM or SIGINT.
struct Headless {
  let floor: Floor

  func run() throws {
    if case .viewer(pid: let pid) = floor.store.access {
      throw Failure(
        "process \(pid) follows these paths already, with its state in "
          + "'\(floor.store.directory)'")
    }
    // Blocked before any thread is made, so that only sigwait below takes them.
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&signals, signal) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    floor.start {}
    let watch = RuleWatch(floor: floor) { rules in
      for problem in rules.problems { StandardError.write(problem + "\n") }
    }
    watch.start()
    StandardError.write("watchfloor: following, state in '\(floor.store.directory)'\n")
    var signal: CInt = 0
    sigwait(&signals, &signal)
    watch.finish()
    floor.finish()
    if signal == SIGINT { exit(130) }
  }
}
