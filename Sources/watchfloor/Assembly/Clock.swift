import Events
import Glibc

/// What counts as now: the machine's clock, or a moment that was asked for.
///
/// A moment that was asked for goes on from there in step with the machine.
struct Clock: Sendable {
  private let offset: Int64
  private let stopped: Timestamp?

  init(startingAt start: Timestamp? = nil) {
    stopped = nil
    offset = start.map { $0.seconds - Clock.machine().seconds } ?? 0
  }

  /// A clock that stands still: what is drawn by it is the same every time.
  init(stoppedAt moment: Timestamp) {
    offset = 0
    stopped = moment
  }

  func now() -> Timestamp { stopped ?? Clock.machine() + offset }

  private static func machine() -> Timestamp { Timestamp(seconds: Int64(time(nil))) }
}
