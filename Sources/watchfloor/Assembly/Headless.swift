import Events
import Glibc
import Storage
import Workers

/// Follows and stores without a screen, until SIGTERM or SIGINT, or until nothing can be stored.
struct Headless {
  let floor: Floor
  let alerts: AlertSettings

  func run() throws {
    if case .viewer(pid: let pid) = floor.store.access {
      throw Failure(
        "process \(pid) follows these paths already, with its state in "
          + "'\(floor.store.directory)'")
    }
    let signals = EndSignals()
    let reason: Shared<String?> = Shared(nil)
    let alertWatch = AlertWatch(floor: floor, alerts: alerts)
    floor.start(ended: { sentence in
      reason.withLock { $0 = sentence }
      kill(getpid(), SIGTERM)
    }) { alertWatch.storeChanged() }
    let watch = RuleWatch(floor: floor) { _, rules in
      for problem in rules.problems { StandardError.write(problem + "\n") }
    }
    watch.start()
    alertWatch.start()
    let troubles = TroubleTeller(floor: floor)
    StandardError.write("watchfloor: following, state in '\(floor.store.directory)'\n")
    troubles.start()
    let signal = signals.wait()
    troubles.finish()
    alertWatch.finish()
    watch.finish()
    floor.finish()
    if let reason = reason.snapshot { throw Failure(reason) }
    if signal == SIGINT { exit(130) }
  }
}
